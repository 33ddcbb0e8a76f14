"""Whether what was said in a report goes together, and whether what it names is there."""

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from webapp.foundation import clock
from webapp.foundation.forms import Time
from webapp.foundation.i18n import _, _l
from webapp.foundation.needed import AskedFor
from webapp.visits import baggage
from webapp.visits.report_rows import refuse, rows
from webapp.visits.words import FILE_REFUSALS
from webapp.visits.words_form import WordsForm

OLDEST_DAYS = 31
ASKED_FOR = AskedFor(_l("谈得怎么样？点一个。"), instead="order")
LONGEST_VISIT = timedelta(hours=3)
"""A report written later than this after the arrival was not written on leaving."""


class CheckedForm(WordsForm):
    """A report that adds up; the fields are those of ReportForm."""

    def validate(self, extra_validators: Any = None) -> bool:
        checks = (super().validate(extra_validators), self._result_fits(), self._times_fit(), self._days_fit())
        return all((*checks, self._names_are_known(), self._level_has_a_reason(), self._files_are_fine()))

    def _result_fits(self) -> bool:
        """An order is an order: it sets the result, unless the result says that there was none."""
        if self.order.data and self.result.data in (None, "progress", "unchanged"):
            self.result.data = "ordered"
        if self.order.data and self.result.data in ("refused", "absent"):
            return refuse(self.result, _("填了订货金额，结果却不是下单。改一处。"))
        if not self.result.data and not self.result.errors:
            return refuse(self.result, str(ASKED_FOR.words))
        return not self.result.errors

    def _times_fit(self) -> bool:
        fine, today = True, clock.today()
        if self.visit_day > today:
            fine = refuse(self.day, _("还没到那天。拜访过了再写报告。"))
        elif self.visit_day < today - timedelta(days=OLDEST_DAYS):
            fine = refuse(self.day, _("只能补写最近%(n)s天的拜访。", n=OLDEST_DAYS))
        arrived, left = self.moment(self.arrived), self.moment(self.left)
        if arrived and left and left < arrived:
            fine = refuse(self.left, _("离开不能比到的早。"))
        if arrived and arrived > clock.now() + timedelta(minutes=10):
            fine = refuse(self.arrived, _("这个时间还没到。"))
        return fine

    def _days_fit(self) -> bool:
        fine = self.next_is_after(self.visit_day)
        for row in rows(self.promises):
            fine = row.not_before(self.visit_day) and fine
        return fine

    def _names_are_known(self) -> bool:
        fine = True
        if self.track_id.data and not self.track_id.errors and self.desk.track(self.track_id.data) is None:
            fine = refuse(self.track_id, _("没有这条话术，重新选一条。"))
        for row in rows(self.openers):
            if row.outcome.data and self.desk.opener(row.item_id.data) is None:
                fine = refuse(row.outcome, _("这句破冰找不到了，去掉再交。"))
        for row in rows(self.settled):
            if row.state.data and self.desk.promise(row.promise_id.data) is None:
                fine = refuse(row.state, _("这条承诺找不到了，去掉再交。"))
        return fine

    def _level_has_a_reason(self) -> bool:
        if self.level.data and self.level.data != self.desk.customer.level and not self.level_reason.data:
            return refuse(self.level_reason, _("说一句为什么。"))
        return True

    def _files_are_fine(self) -> bool:
        fine = True
        for name, why in baggage.refusals():
            fine = refuse(self[name], FILE_REFUSALS[name, why])
        return fine

    @property
    def files_came(self) -> bool:
        """Files were chosen. A page cannot give them back; where there is a script the browser has kept them."""
        return any(file and file.filename for file in [*(self.photos.data or []), self.voice.data])

    @cached_property
    def visit_day(self) -> date:
        return self.day.data or clock.today()

    @property
    def arrived_at(self) -> datetime | None:
        """As typed, else when he said «I'm here» on the day of which this tells."""
        here = self.desk.check_in
        knocked = here.at if here and clock.local(here.at).date() == self.visit_day else None
        return self.moment(self.arrived) or knocked

    @property
    def left_at(self) -> datetime | None:
        """When the visit ended: as typed, else now, if the report is written on leaving."""
        arrived, now = self.arrived_at, clock.now()
        if self.left.data or arrived is None:
            return self.moment(self.left)
        return now if timedelta(0) <= now - arrived <= LONGEST_VISIT else None

    def moment(self, field: Time) -> datetime | None:
        hour, minute = map(int, field.data.split(":")) if field.data else (0, 0)
        return clock.at(self.visit_day, hour, minute) if field.data else None
