"""The visit report as a form: the full one, and the one of the hallway that has only what can be tapped."""

from typing import Any

from flask import request
from flask_wtf.file import FileField, MultipleFileField
from wtforms import FormField
from wtforms.widgets import Select

from webapp.attention.wording import still_so
from webapp.customers.models import LEVELS
from webapp.foundation.date_chips import PICK, as_day
from webapp.foundation.forms import Choice, Choices, Day, Hidden, Text, Tick, Time
from webapp.foundation.i18n import _, _l
from webapp.foundation.words import day_short
from webapp.playbook.models import TalkTrack
from webapp.visits.models import Report
from webapp.visits.next_step import NONE, NONE_CHIP, PICK_CHIP, NextDate
from webapp.visits.report_checks import ASKED_FOR, CheckedForm
from webapp.visits.report_desk import Desk
from webapp.visits.report_question import answers_to, read
from webapp.visits.report_rows import OpenerRow, PromiseRow, Rows, SeenRow, SettleRow, refuse, rows
from webapp.visits.words import HALLWAY, OBJECTIONS, OUTCOMES, PURPOSES, RESULTS
from webapp.visits.words_form import WordsForm

SEEN_ROWS, PROMISE_ROWS, MOST_ROWS = 3, 2, 9
UNUSED = "unused"


class ReportForm(CheckedForm):
    """All that DOMAIN.md §8 asks of a visit. What an old form does not have is taken from the plan or left out."""

    mode = Hidden()
    stop_id = Hidden()
    check_in_id = Hidden()
    met = Choices(_l("见了谁"), choices=[])
    met_new = Text(_l("新的人叫什么"), most=64)
    purpose = Choice(_l("来做什么"), choices=list(PURPOSES.items()))
    result = Choice(_l("结果"), choices=list(RESULTS.items()), validators=[ASKED_FOR])
    objections = Choices(_l("怎么推脱的"), choices=list(OBJECTIONS.items()))
    track_id = Choice(_l("用的话术"), choices=[], widget=Select())
    track_outcome = Choice(_l("话术灵不灵"), choices=list(OUTCOMES.items()))
    seen = Rows(FormField(SeenRow), _l("留心到的"), min_entries=SEEN_ROWS, max_entries=MOST_ROWS)
    asked = Choice(_l("问一句"), choices=[])
    openers = Rows(FormField(OpenerRow), _l("破冰用了哪句"), max_entries=MOST_ROWS)
    photos = MultipleFileField(_l("照片"))
    voice = FileField(_l("录音"))
    promises = Rows(FormField(PromiseRow), _l("新的承诺"), min_entries=PROMISE_ROWS, max_entries=MOST_ROWS)
    settled = Rows(FormField(SettleRow), _l("以前的承诺"), max_entries=MOST_ROWS)
    level = Choice(_l("等级"), choices=[], widget=Select())
    level_reason = Text(_l("为什么改等级"), most=300)
    complaint_settled = Tick(_l("客诉解决了，客户满意"))
    day = Day(_l("哪天拜访的"), past_years=1, future_years=1, follows_today=True)
    arrived = Time(_l("几点到"))
    left = Time(_l("几点走"), description=_l("空着就按交报告的时候算。"))
    is_urgent = Tick(_l("马上报给主管"), description=_l("客诉、竞品促销、人事变动，不等日报"))

    def __init__(self, desk: Desk, sent: bool) -> None:
        """A blank form knows what the desk knows; of one that was sent only a missing purpose is looked up."""
        known = {} if sent and "purpose" in request.form else {"purpose": desk.purpose}
        super().__init__(data=known if sent else desk.prefill())
        self.desk = desk
        self.met.choices = [(person.id, person.name) for person in desk.people]
        self._offer_tracks([] if sent else desk.tracks)
        self.level.choices = [("", _("保持%(level)s", level=desk.customer.level))]
        self.level.choices += [(level, level) for level in LEVELS if level != desk.customer.level]
        self._offer_people()
        self._ask(sent)
        self.offer_dates()

    def _ask(self, sent: bool) -> None:
        """The question that was answered; on a blank form the one to be asked. What is gone meanwhile is not answered."""
        answered = read(self.asked.data)[1]
        question = None if answered or sent else self.desk.question
        self.asked_of = self.desk.asked(answered) if answered else question.item if question else None
        self.asked.choices = answers_to(self.asked_of) if self.asked_of else []
        if self.asked_of:
            self.asked.label.text = still_so(self.asked_of)
        else:
            self.asked.data = None

    def _offer_people(self) -> None:
        for row in rows(self.seen):
            row.contact_id.choices = [("", _("公司的"))] + [(person.id, person.name) for person in self.desk.noticeable]

    def _offer_tracks(self, likely: list[TalkTrack]) -> None:
        """These, and the one that was named if this person may use it."""
        named = self.desk.track(self.track_id.data)
        offered = likely if named is None or named in likely else [*likely, named]
        self.track_id.choices = [(track.id, track.title) for track in offered]

    def show_again(self) -> None:
        """Make a refused form whole: with the tracks to choose from, and rows to write into."""
        self._offer_tracks(self.desk.tracks)
        if self.asked_of is None:
            self._ask(sent=False)
        self.seen.show_again()
        self.promises.show_again()
        self._offer_people()


class CorrectionForm(WordsForm):
    """Texts, sums and the next step of a report that was filed."""

    def __init__(self, report: Report) -> None:
        names = ("needs", "objection_said", "competitor_news", "customer_said", "insight", "expense_for", "next_step")
        values = {name: getattr(report, name) for name in names}
        values |= {"order": report.order_cents, "collection": report.collection_cents, "expense": report.expense_cents}
        if report.next_step_on:
            values |= {"next_on": PICK, "next_pick": report.next_step_on}
        super().__init__(data=values)
        self.report = report
        self.next_on.offer_days(PICK_CHIP, NONE_CHIP)

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        if self.order.data and self.report.result in ("refused", "absent"):
            fine = refuse(self.order, _("这趟的结果不是下单，金额填不进来。下单了就另写一份报告。"))
        return self.next_is_after(self.report.day) and fine


class HallwayForm(ReportForm):
    """Four questions, a tap each. Whom one met and what for is known from the plan and the last visit."""

    is_short = True

    result = Choice(_l("谈得怎么样？"), choices=list(HALLWAY["result"].items()), validators=[ASKED_FOR])
    objections = Choices(_l("他怎么说的？"), choices=list(HALLWAY["objections"].items()))
    track_outcome = Choice(_l("话术灵不灵？"), choices=[*OUTCOMES.items(), (UNUSED, _l("没用话术"))])
    next_on = NextDate(_l("下次哪天来？"), choices=[])

    def __init__(self, desk: Desk, sent: bool) -> None:
        super().__init__(desk, sent)
        self.mode.data = "hallway"
        if self.next_on.data == PICK:
            self.next_on.data = self.next_pick.data = self.next_step.data = None
        if track := desk.track(self.track_id.data):
            self.track_outcome.label.text = _("“%(title)s”灵不灵？", title=track.title)

    @property
    def next_icons(self) -> dict[str, str]:
        return {value: "close" if value == NONE else "calendar" for value, *_rest in self.next_on.iter_choices()}

    @property
    def next_hints(self) -> dict[str, str]:
        days = {value: as_day(value) for value, *_rest in self.next_on.iter_choices()}
        return {value: day_short(day) for value, day in days.items() if day}
