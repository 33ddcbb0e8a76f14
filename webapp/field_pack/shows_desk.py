"""Which page of the desk, and of what is urgent, shows what: what `shows` holds, gone on with for these kinds.

`queue` among the lists of those who see somebody's work means that what belongs to their packs is another, too.
"""

from typing import Any

from webapp.accounts.models import Team, User
from webapp.attention.models import AttentionItem
from webapp.bargain.models import Concession
from webapp.customers.models import Contact, Customer, LevelChange
from webapp.field_pack.shows import DAY, SHOWS, Shown
from webapp.outbox.arrivals import Announced, Quarantined
from webapp.playbook.models import TalkTrack, TrackProposal
from webapp.reviews.models import Comment, Opening, Phrases, Review
from webapp.urgent.models import Complaint, ComplaintStep, MarketReport
from webapp.visits.models import Attachment, CheckIn, DailyReport, DayPlan, Promise, Report, Stop

DESK = ("queue", "review")
CALLED = ("people", "thread")
"""What names those who may be called with an @."""
NAMED = "name short_name level owner_id merged_into_id open_complaint complaint_since overdue_cents overdue_since"

MORE: dict[Any, tuple[Shown, ...]] = {
    Customer: (
        Shown(NAMED, at="id", lists=(*DESK, "complaint", "market")),
        Shown("next_step next_step_on", at="id", lists=DESK),
        Shown("owner_id merged_into_id", of="owner_id", seen=(*DESK, "complaint"), all=("thread",)),
    ),
    Contact: (Shown(at="customer_id", lists=("review",)),),
    LevelChange: (Shown(at="customer_id", lists=DESK),),
    AttentionItem: (
        Shown(all=("review",), about="visit_id"),
        Shown("observed opener sensitive contact_id", at="customer_id", lists=("review",)),
    ),
    Promise: (Shown(at="customer_id", lists=("review",)), Shown(all=("review",), about="report_id")),
    CheckIn: (Shown(of="user_id", own=("forms",), seen=("forms",)),),
    Report: (
        Shown(of="author_id", seen=(*DESK, "forms")),
        Shown(all=("review",), about="id"),
    ),
    Attachment: (Shown(all=("review",), about="report_id"),),
    Announced: (Shown("complete_at refused entry_id", all=("review",), about="entry_id"),),
    Quarantined: (Shown(of="author_id", seen=("queue",)), Shown(at="customer_id", lists=("queue",))),
    DayPlan: (Shown(of="user_id", seen=(*DESK, "forms")),),
    Stop: (Shown(of="plan.user_id", seen=DESK),),
    DailyReport: (Shown(of="user_id", seen=(*DESK, "forms")),),
    Review: (Shown(all=("review",), about="subject_id"),),
    Comment: (
        Shown(all=("review", "complaint", "card"), about="subject_id"),
        Shown(of="subject", seen=("queue",)),
    ),
    Opening: (
        Shown(all=("review", "thread", "card"), about="subject_id"),
        Shown(of="by_id", own=DESK, belongs="by_id"),
    ),
    Phrases: (Shown(of="user_id", own=(*DESK, "phrases")),),
    TalkTrack: (Shown("title", all=("review",)), Shown("title state remark", all=("queue",))),
    TrackProposal: (Shown(all=("queue",)),),
    Concession: (
        Shown(of="by_id", seen=DESK),
        Shown(at="customer_id", lists=("review",)),
        Shown(all=("review",), about="id"),
    ),
    Complaint: (
        Shown(at="customer_id", door=("card",), lists=(*DESK, "complaint"), days=DAY),
        Shown(of="handler_id", own=(*DAY, "complaint"), seen=DESK, belongs="handler_id"),
        Shown(all=("complaint", "review", "thread"), about="id"),
    ),
    ComplaintStep: (Shown(all=("complaint", "review"), about="complaint_id"),),
    MarketReport: (Shown(of="author_id", own=("market",), seen=(*DESK, "market"), belongs="author_id"),),
    Team: (Shown("name", all=("queue",)), Shown("path", all=CALLED)),
    User: (
        Shown("phone role team_id disabled_at", all=("queue", "review", "complaint", "forms"), belongs="*"),
        Shown("role team_id disabled_at", all=CALLED),
    ),
}

for model, shown in MORE.items():
    SHOWS[model] = (*SHOWS.get(model, ()), *shown)
