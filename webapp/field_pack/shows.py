"""Which page shows what: for every table the pages that change with its rows. The one place to look, and to add to.

A change marks more pages than it alters where telling them apart would cost more than rendering them: a page that comes
out as it was is not sent (field_pack.feed). `tests/field_pack/test_every_change.py` proves that none is forgotten.
"""

from dataclasses import dataclass
from typing import Any

from webapp.accounts.models import Device, Team, User
from webapp.attention.models import AttentionItem, Greeting
from webapp.bargain.models import Concession, Limit
from webapp.customers.models import Contact, Customer, HistoryEntry, LevelChange, Tag
from webapp.field_pack.contents import FORMS
from webapp.outbox.arrivals import Announced, Quarantined
from webapp.outbox.models import Receipt
from webapp.playbook.models import Attribute, Misfit, Product, TalkTrack, TrackProposal, TrackUse, TrackVersion
from webapp.push.models import Notice
from webapp.reviews.models import Comment, Review
from webapp.spin.models import SpinTalk
from webapp.visits.models import Attachment, CheckIn, DailyReport, DayPlan, Promise, Report, Stop
from webapp.worth.models import Comparison


@dataclass(frozen=True)
class Shown:
    """When one of `columns` changes (any, if none are named; a row that comes or goes changes them all), these change:

    `door`: kinds of pages of the customer named by the column `at` · `lists`: lists of all who see that customer ·
    `days`: kinds of pages of days, of his owner and of whoever plans to go there · `own`: kinds of pages of the person
    named by the column `of`; of his days those that are near at once, the others a little later · `on`: at once also the
    day in this column · `about_day`: at once also the days about the one in this column, whose strips count what is planned
    on it · `due`: of the days that are near none shows it while the one in this column is farther off than SOON, nor, unless
    `undated`, when there is none ·
    `seen`: lists of all who see that person's work · `all`: kinds of pages of everybody, only those of the subject named
    by the column `about`, if one is named · `belongs`: what belongs to the packs of that person ("*": of everybody) ·
    `theirs`: what belongs to the pack of the owner of the customer named by `at` · `moves`: of that, or of what `belongs`,
    also what every customer or every person has · `lines`: which talk tracks fit whom.
    A column may be one of another table: `report.author_id`.
    """

    columns: str = ""
    at: str = ""
    door: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    of: str = ""
    own: tuple[str, ...] = ()
    on: str = ""
    about_day: str = ""
    due: str = ""
    undated: bool = False
    seen: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    about: str = ""
    belongs: str = ""
    theirs: bool = False
    moves: bool = False
    lines: bool = False


EVERYTHING = ("*",)
DAYS, DAY = ("day", "daily"), ("day",)
REPORTS = ("report", "hallway")
SIGHT = ("customers", "filter", "reports", "promises", "settings", "new", "care")
"""What hangs on who sees whom."""
TITLE = "name short_name"
STEP = "next_step next_step_on"
PRESSING = "level relation open_complaint complaint_since overdue_cents overdue_since latitude longitude"
FILE = (
    "name short_name code industry area city district address latitude longitude phone website size source key_rank level "
    "stage relation lifecycle next_step next_step_on pain latent_need budget_cents sensitive_to decision_process "
    "prefers_communication prefers_product personal_interests is_strategic is_growing nps receivable_cents overdue_cents "
    "overdue_since open_complaint complaint_since note"
)
"""What the form for a customer's whole file asks for."""
FITS = "stage level industry open_complaint"

SHOWS: dict[Any, tuple[Shown, ...]] = {
    Customer: (
        Shown(at="id", door=("card",), lists=("customers",)),
        Shown(FILE, at="id", door=("edit",)),
        Shown("stage level industry area owner_id merged_into_id", at="id", lists=("filter",)),
        Shown(
            TITLE,
            at="id",
            door=(*FORMS, "history", "person", "noticed", "planned", "sums"),
            lists=("promises", "reports", "visit", "handed", "given", "care"),
            days=(*DAYS, "reports"),
        ),
        Shown("level", at="id", days=DAYS),
        Shown(f"{PRESSING} last_contact_at merged_into_id owner_id", at="id", days=DAY),
        Shown(STEP, at="id", days=DAY, due="next_step_on", undated=True),
        Shown(FITS, at="id", door=REPORTS),
        Shown(f"{STEP} overdue_cents receivable_cents", at="id", door=("report",)),
        Shown("industry level prefers_product", at="id", door=("spin",)),
        Shown(STEP, at="id", door=("step", "note")),
        Shown("level", at="id", door=("level",), lists=("care",)),
        Shown("relation", at="id", lists=("care",)),
        Shown("industry area city", at="id", lists=("new",)),
        Shown(
            "owner_id merged_into_id",
            at="id",
            lists=("promises", "visit", "care"),
            of="owner_id",
            seen=("customers", "filter", "promises", "new", "visit", "care"),
        ),
        Shown("owner_id merged_into_id", belongs="owner_id", moves=True, of="owner_id", own=(*DAYS, "customers")),
    ),
    Contact: (
        Shown(at="customer_id", door=("card", "person")),
        Shown(
            "name title decision_role left_at consent agreed customer_id", at="customer_id", door=(*FORMS, "noticed")
        ),
        Shown(
            "name title phone left_at decision_role birthday_month birthday_day birthday_is_lunar consent customer_id",
            at="customer_id",
            lists=("customers", "promises", "care"),
            days=DAY,
        ),
        Shown("preferred_channel best_time agreed", at="customer_id", lists=("care",)),
        Shown("name title consent agreed customer_id", at="customer_id", lists=("visit",)),
        Shown("left_at consent agreed customer_id", at="customer_id", theirs=True, moves=True),
    ),
    Tag: (Shown(at="customer_id", door=("card", "edit"), lists=("customers", "filter", "new")),),
    HistoryEntry: (Shown(at="customer_id", door=("card", "history")),),
    LevelChange: (Shown(at="customer_id", door=("card", "level"), lists=("customers", "visit", "handed")),),
    AttentionItem: (
        Shown(at="customer_id", door=("card", "noticed", *REPORTS), lists=("care",)),
        Shown(all=("visit",), about="visit_id"),
        Shown("observed opener sensitive contact_id", at="customer_id", lists=("visit",)),
        Shown("retired_at sensitive contact_id customer_id", at="customer_id", theirs=True),
    ),
    Greeting: (Shown(at="contact.customer_id", door=("card",), lists=("care",), days=DAY),),
    Concession: (
        Shown(at="customer_id", door=("card", "concession")),
        Shown(all=("given",), about="id"),
        Shown("handed_in_at by_id", belongs="by_id"),
    ),
    Limit: (Shown(all=("concession", "given", "review")),),
    SpinTalk: (Shown(at="customer_id", door=("spin",)),),
    Promise: (
        Shown(at="customer_id", door=("card", "report"), lists=("promises",), days=DAY, due="due_on"),
        Shown(of="by_id", own=DAY, due="due_on", seen=("promises",)),
        Shown(all=("visit",), about="report_id"),
    ),
    CheckIn: (Shown(at="customer_id", door=("card", *REPORTS)), Shown(of="user_id", own=DAY)),
    Report: (
        Shown(at="customer_id", door=("card", "history", *REPORTS)),
        Shown(of="author_id", own=DAYS, on="day", seen=("reports",), belongs="author_id"),
        Shown(all=("visit",), about="id"),
        Shown(all=("handed",), about="day"),
    ),
    Attachment: (
        Shown(of="report.author_id", own=DAY, seen=("reports",)),
        Shown(at="report.customer_id", door=("card", "history")),
        Shown(all=("visit",), about="report_id"),
    ),
    Announced: (
        Shown("complete_at refused entry_id", at="customer", door=("card", "history")),
        Shown("complete_at refused entry_id", all=("visit",), about="entry_id"),
    ),
    Quarantined: (Shown(of="author_id", own=("outbox",)),),
    DayPlan: (Shown(of="user_id", own=DAYS, about_day="day", belongs="user_id"), Shown(all=("handed",), about="day")),
    Stop: (
        Shown(at="customer_id", door=("planned", *REPORTS)),
        Shown(of="plan.user_id", own=DAYS, about_day="plan.day", belongs="plan.user_id"),
        Shown(all=("handed",), about="plan.day"),
    ),
    DailyReport: (
        Shown(of="user_id", own=(*DAYS, "reports"), on="day"),
        Shown("state version day", of="user_id", own=("visit",), belongs="user_id"),
        Shown(all=("handed",), about="day"),
    ),
    Review: (Shown(of="subject", own=(*DAYS, "handed")), Shown(all=("visit", "thread"), about="subject_id")),
    Comment: (Shown(of="subject", own=(*DAYS, "handed")), Shown(all=("visit", "thread"), about="subject_id")),
    TalkTrack: (Shown(all=("playbook", "track", "versions", "written", "visit"), belongs="*", lines=True),),
    TrackVersion: (Shown(all=("track", "versions"), about="track_id"),),
    TrackProposal: (Shown(all=("playbook",)), Shown(all=("track", "written"), about="track_id")),
    Product: (Shown(all=("products", "product", "worth"), belongs="*"),),
    Attribute: (Shown(all=("product",), about="product_id"), Shown(all=("worth",))),
    Comparison: (Shown(at="customer_id", door=("sums",), theirs=True), Shown(of="by_id", own=("worth",))),
    TrackUse: (
        Shown(all=("playbook",)),
        Shown(all=("track",), about="track_id"),
        Shown(at="customer_id", door=("card", "spin", *REPORTS)),
    ),
    Misfit: (Shown(at="customer_id", door=("card",)),),
    Receipt: (Shown(of="user_id", own=("outbox",)), Shown(all=("visit",), about="id")),
    Notice: (Shown(of="user_id", own=("inbox",)),),
    Device: (Shown("label revoked_at user_id", of="user_id", own=("settings",)),),
    User: (
        Shown("language scheme zone name phone role team_id must_change_password", of="id", own=EVERYTHING),
        Shown("name", all=EVERYTHING),
        Shown("role team_id disabled_at", all=SIGHT, belongs="*"),
    ),
    Team: (Shown("name path", all=SIGHT, belongs="*"),),
}
