from typing import Any

from wtforms import HiddenField
from wtforms.widgets import Select

from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.forms import Choice, Day, FieldForm, Text
from webapp.foundation.i18n import _, _l
from webapp.visits.report_rows import SETTLEMENTS, refuse
from webapp.visits.words import DIRECTIONS


class PromiseForm(FieldForm):
    text = Text(_l("答应了什么"), most=300, required=True, missing=_l("写一下答应了什么。"))
    direction = Choice(_l("谁答应的"), choices=list(DIRECTIONS.items()), default="ours")
    contact_id = Choice(_l("跟谁说的"), choices=[], widget=Select())
    due_on = Day(_l("哪天前"), past_years=1, future_years=5)

    def __init__(self, customer: Customer) -> None:
        super().__init__()
        self.contact_id.choices = [("", _("没说是谁"))] + [(person.id, person.name) for person in customer.people]

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if self.due_on.data and self.due_on.data < clock.today():
            fine = refuse(self.due_on, _("这个日子已经过了。"))
        return fine

    def values(self) -> dict[str, Any]:
        """What was said, as `Promise.give` takes it."""
        return {
            "text": self.text.data,
            "direction": self.direction.data or "ours",
            "contact_id": self.contact_id.data or None,
            "due_on": self.due_on.data,
        }


class SettlementForm(FieldForm):
    outcome = Choice(_l("做到了吗"), choices=list(SETTLEMENTS.items()), required=True)
    next = HiddenField()

    def way_back(self) -> str:
        """A path of this house, or nothing."""
        path = self.next.data or ""
        return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else ""
