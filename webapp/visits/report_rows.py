"""The repeated parts of a report: a thing noticed, a promise given, an opener tried, a promise settled."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import wtforms
from wtforms.widgets import Select

from webapp.attention.words import CATEGORIES
from webapp.foundation.forms import Choice, Day, Text
from webapp.foundation.i18n import _, _l
from webapp.visits.words import DIRECTIONS, OUTCOMES

SETTLEMENTS = {"kept": _l("做到了"), "broken": _l("没做到")}


class SeenRow(wtforms.Form):
    category = Choice(_l("留心到的"), choices=list(CATEGORIES.items()))
    contact_id = Choice(_l("谁的"), choices=[], widget=Select())
    observed = Text(_l("看到什么"), most=300)
    opener = Text(_l("下次怎么开口"), most=300)

    @property
    def is_empty(self) -> bool:
        return not (self.category.data or self.observed.data or self.opener.data)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if not self.is_empty and not self.observed.data:
            fine = refuse(self.observed, _("写几个字就行。"))
        if self.observed.data and not self.category.data:
            fine = refuse(self.category, _("先点一类。"))
        return fine


class PromiseRow(wtforms.Form):
    text = Text(_l("答应了什么"), most=300)
    direction = Choice(_l("谁答应的"), choices=list(DIRECTIONS.items()), default="ours")
    due_on = Day(_l("哪天前"), past_years=1, future_years=5)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if self.due_on.data and not self.text.data:
            fine = refuse(self.text, _("写一下答应了什么。"))
        return fine

    def not_before(self, day: date) -> bool:
        if self.due_on.data and self.due_on.data < day:
            return refuse(self.due_on, _("说好的日子不能比拜访还早。"))
        return True


class OpenerRow(wtforms.Form):
    item_id = wtforms.HiddenField()
    outcome = Choice(_l("灵不灵"), choices=list(OUTCOMES.items()))


class SettleRow(wtforms.Form):
    promise_id = wtforms.HiddenField()
    state = Choice(_l("做到了吗"), choices=list(SETTLEMENTS.items()))


class Rows(wtforms.FieldList):
    """A list of rows: a blank form has `min_entries` of them, one that was sent as many as somebody wrote into."""

    entries: list[Any]
    object_data: Any

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        if formdata and not any(name.startswith(self.name) for name in formdata):
            self.entries, self.last_index, self.object_data = [], -1, ()
            return
        least: Any = getattr(self, "min_entries")  # noqa: B009 (WTForms says no type)
        self.min_entries = 0 if formdata else least
        super().process(formdata, *args, **kwargs)
        self.min_entries = least

    def _extract_indices(self, prefix: str, formdata: Any) -> Iterator[int]:
        """Up to the last row in which anything stands; the names of those before keep their numbers."""
        names = [name for name in formdata if name.startswith(prefix)]
        row = re.compile(rf"{re.escape(prefix)}-(\d+)-")
        written = (row.match(name) for name in names if any(formdata.getlist(name)))
        last = max((int(name[1]) for name in written if name), default=-1)
        yield from (index for index in super()._extract_indices(prefix, names) if index <= last)

    def show_again(self) -> None:
        """Have rows to write into again."""
        while len(self.entries) < self.min_entries:
            self._add_entry()


def refuse(field: wtforms.Field, why: str) -> bool:
    """Say beside this field what is wrong; always false."""
    field.errors = [*field.errors, why]
    return False


def rows(fields: wtforms.FieldList) -> Iterator[Any]:
    """The forms of a list of rows."""
    return (entry.form for entry in fields.entries)
