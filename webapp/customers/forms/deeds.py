from datetime import date, timedelta
from typing import Any

import wtforms
from wtforms.validators import ValidationError

from webapp.accounts.models import User
from webapp.customers.forms.parts import NotBefore, free_line, free_text
from webapp.customers.models import LEVELS
from webapp.customers.words import HISTORY, INTERACTIONS
from webapp.foundation import clock
from webapp.foundation.forms import Choice, Choices, Day, FieldForm, Hidden, Time
from webapp.foundation.i18n import _, _l
from webapp.foundation.words import day_short

KINDS = [(kind, HISTORY[kind][1]) for kind in INTERACTIONS]
AHEAD = {"tomorrow": 1, "three_days": 3, "week": 7, "month": 30}


class InteractionForm(FieldForm):
    """A call, a mail, a meeting, or just something to remember."""

    kind = Choice(_l("是什么"), choices=KINDS, default="call", required=True)
    text = free_text(_l("说了什么"), most=500, required=True, missing=_l("写几个字就行。"))
    day = Day(_l("哪天"), past_years=2, future_years=0)
    time = Time(_l("几点"))
    next_step = free_line(_l("下一步"))
    next_step_on = Day(_l("下一步哪天"), future_years=3, validators=[NotBefore()])


class NextStepForm(FieldForm):
    text = free_line(_l("下一步做什么"), required=True, missing=_l("写几个字：送样品，追报价。"))
    when = Choice(_l("哪天"), choices=[])
    on = Day(_l("挑个日子"), future_years=3, validators=[NotBefore()])

    def __init__(self, *args: Any, day_before: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day_before = day_before
        today = clock.today()
        words = {"tomorrow": _("明天"), "three_days": _("3天后"), "week": _("一周后"), "month": _("一个月后")}
        ahead = [(today + timedelta(days=AHEAD[code]), word) for code, word in words.items()]
        self.when.choices = [(on.isoformat(), f"{word} {day_short(on)}") for on, word in ahead] + [("pick", _("挑个日子"))]

    def validate_when(self, field: Any) -> None:
        if field.data == "pick" and not self.on.data and not self.on.errors:
            raise ValidationError(_("挑一个日子。"))

    @property
    def day(self) -> date | None:
        """The day that was chosen by a chip or picked; without a chip the one that was typed."""
        chip = self.when.data
        return date.fromisoformat(chip) if chip and chip != "pick" else self.on.data


class LevelForm(FieldForm):
    level = Choice(_l("改成"), choices=[(letter, letter) for letter in LEVELS], required=True)
    reason = free_line(_l("为什么"), most=300, required=True, missing=_l("说一句为什么。"))


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

    customer_id = Choices(_l("客户"), choices=[])

    def validate_customer_id(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("先勾几家。"))
