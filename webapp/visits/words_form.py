"""The part of a report that may still be corrected after it was filed: texts, sums and the next step."""

from typing import Any

from webapp.foundation.date_chips import PICK
from webapp.foundation.forms import Day, FieldForm, LongText, Money, Text
from webapp.foundation.i18n import _, _l, lazy_pgettext
from webapp.visits.models.told import NextStep, Words
from webapp.visits.next_step import NONE_CHIP, PICK_CHIP, NextDate, understand
from webapp.visits.report_rows import refuse


class WordsForm(FieldForm):
    needs = LongText(_l("痛点和需求"), most=2000)
    objection_said = Text(_l("原话怎么说的"), most=300)
    competitor_news = LongText(_l("竞品动静"), most=2000)
    customer_said = LongText(_l("对我们怎么说"), most=2000)
    insight = LongText(_l("今天的心得"), most=2000)
    order = Money(lazy_pgettext("report", "订货"))
    collection = Money(lazy_pgettext("report", "收款"))
    expense = Money(_l("花费"))
    expense_for = Text(_l("花在哪儿"), most=200)
    next_on = NextDate(_l("下一步"), choices=[])
    next_pick = Day(_l("哪一天"), past_years=1, future_years=3)
    next_step = Text(_l("做什么"), most=200)

    is_short = False

    def words(self) -> Words:
        return Words(
            needs=self.needs.data or "",
            objection_said=self.objection_said.data or "",
            competitor_news=self.competitor_news.data or "",
            customer_said=self.customer_said.data or "",
            insight=self.insight.data or "",
            expense_for=self.expense_for.data or "",
            order_cents=self.order.data or None,
            collection_cents=self.collection.data or None,
            expense_cents=self.expense.data or None,
        )

    def next(self) -> NextStep:
        return understand(self.next_on, self.next_pick.data, self.next_step.data or "", self.is_short)

    def offer_dates(self) -> None:
        self.next_on.offer_days(NONE_CHIP if self.is_short else PICK_CHIP)

    def next_is_after(self, day: Any) -> bool:
        step = self.next()
        if self.next_on.data == PICK and not self.next_pick.data and not self.next_pick.errors:
            return refuse(self.next_pick, _("选一个日子。"))
        if step.on and day and step.on < day:
            wrong = self.next_pick if self.next_on.data in (None, PICK) else self.next_on
            return refuse(wrong, _("下一步的日子不能比拜访还早。"))
        return True
