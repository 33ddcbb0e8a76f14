from datetime import datetime
from typing import Any

import wtforms
from wtforms.validators import ValidationError

from webapp.accounts.models import User
from webapp.customers.forms.parts import NextStepFields, free_line, free_text
from webapp.customers.models import LEVELS
from webapp.customers.words import HISTORY, INTERACTIONS
from webapp.foundation import clock
from webapp.foundation.forms import Choice, Day, FieldForm, Hidden, Time
from webapp.foundation.i18n import _, _l

KINDS = [(kind, HISTORY[kind][1]) for kind in INTERACTIONS]


class InteractionForm(NextStepFields):
    """A call, a mail, a meeting, or just something to remember; and what came of it."""

    kind = Choice(_l("是什么"), choices=KINDS, default="call", required=True)
    text = free_text(_l("说了什么"), most=500, required=True, missing=_l("写几个字就行。"))
    day = Day(_l("哪天"), past_years=2, future_years=0, follows_today=True)
    time = Time(_l("几点"))

    def at(self) -> datetime:
        """When it was: on that day at that time, or at the same time of day as now; never later than now."""
        now = clock.local(clock.now())
        day, said = self.day.data or now.date(), self.time.data
        hour, minute = map(int, said.split(":")) if said else (now.hour, now.minute)
        return min(clock.at(day, hour, minute), clock.now())


class NextStepForm(NextStepFields):
    next_step = free_line(_l("下一步做什么"), required=True, missing=_l("写几个字：送样品，追报价。"))


class LevelForm(FieldForm):
    level = Choice(_l("改成"), choices=[(letter, letter) for letter in LEVELS], required=True)
    reason = free_line(_l("为什么"), most=300, required=True, missing=_l("说一句为什么。"))

    def __init__(self, *args: Any, now: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now

    def validate_level(self, field: Any) -> None:
        if field.data == self.now:
            raise ValidationError(_("现在就是%(level)s。", level=field.data))


class MergeForm(FieldForm):
    """`gone` is merged into the customer of the page; hidden, chosen by search before."""

    gone = Hidden()


class ReassignForm(FieldForm):
    owner_id = wtforms.SelectField(_l("交给谁"), choices=[], validate_choice=False)

    def __init__(self, people: list[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.id: person for person in people}
        self.owner_id.choices = [("", _("选一个人")), *((person.id, person.name) for person in people)]

    def validate_owner_id(self, field: Any) -> None:
        if field.data not in self.people:
            raise ValidationError(_("选一个人。"))

    @property
    def person(self) -> User:
        return self.people[self.owner_id.data]


class BulkForm(ReassignForm):
    """Several customers at once, by their ids."""

    customer_id = wtforms.SelectMultipleField(_l("客户"), choices=[], validate_choice=False)

    def validate_customer_id(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("先勾几家。"))

    def ids(self) -> list[str]:
        return list(self.customer_id.data or [])
