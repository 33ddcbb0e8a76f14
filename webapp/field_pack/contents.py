"""The packing list of a phone: the pages that its user needs without a signal, in the order in which he will miss them."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from webapp.accounts.models import User
from webapp.field_pack import belongings as mine
from webapp.field_pack import desk
from webapp.foundation.packing import STRANGER
from webapp.playbook.carried import PAGE as ANSWERS

DAYS_AHEAD = 14
"""After today."""
TALKED_OF = timedelta(days=14)
"""How long what was said about something handed in is carried with it."""
STRIP = 3
"""So many days before and after a day its page leads to."""

LISTS = (
    ("customers", "/customers"),
    ("filter", "/customers/filter"),
    ("offline", "/levels"),
    ("playbook", "/playbook"),
    ("outbox", "/outbox"),
    ("promises", "/promises"),
    ("promises", "/promises?settled=1"),
    ("reports", "/reports"),
    ("care", "/care"),
    ("new", "/customers/new"),
    ("new_report", "/new-report"),
    ("inbox", "/inbox"),
    ("settings", "/settings"),
    ("install", "/install"),
    ("offline", "/offline"),
    ("offline", "/about"),
    ("written", "/playbook/new"),
    ("products", "/playbook/products"),
    ("worth", "/worth"),
)
"""(Kind, page) that everybody carries."""

CARD = "/customers/{}"
FORMS = {
    "report": "/customers/{}/reports/new",
    "hallway": "/customers/{}/reports/new?mode=hallway",
    "attention": "/customers/{}/attention/new",
    "promise": "/customers/{}/promises/new",
    "contact": "/customers/{}/contacts/new",
    "note": "/customers/{}/notes/new",
    "step": "/customers/{}/next-step",
    "level": "/customers/{}/level",
    "complain": "/customers/{}/complaints/new",
    "spin": "/customers/{}/spin/new",
    "concession": "/customers/{}/concessions/new",
}
"""Kind → the forms that start at a customer's door."""
SELDOM = {"history": "/customers/{}/history", "edit": "/customers/{}/edit"}
"""Kind → what one opens less often."""
PLAN = f"/days/2000-01-01/stops/new?add={STRANGER}"
"""The form that puts somebody on a day's plan; the phone puts in whom and when."""

WORTH = f"/customers/{STRANGER}/comparisons/new"
"""The calculator, for whomever the phone puts in."""

OF_CUSTOMER = {"card": CARD, **FORMS, **SELDOM}


class Page(NamedTuple):
    url: str
    kind: str
    subject: str = ""


def pages(user: User, today: date, settled: Collection[str] = ()) -> Iterator[Page]:
    """All that this person's phone is to carry today, in a number of queries that does not grow; without what every
    customer has, or every person (`settled`: kinds of which these are known to be carried)."""
    customers = [] if "card" in settled else mine.customers(user)
    yield from _days(today)
    yield from (Page(url, kind) for kind, url in LISTS)
    yield from (Page(*found) for found in desk.pages(user))
    yield from _of_strangers()
    yield from (Page(CARD.format(id), "card", id) for id in customers)
    yield from _playbook(user)
    yield from (Page(f"/stops/{id}/edit", "planned", at) for id, at in mine.stops(user, today))
    yield from (Page(url.format(id), kind, id) for id in customers for kind, url in FORMS.items())
    yield from _written(user, today)
    yield from (Page(f"/comparisons/{id}", "sums", at) for id, at in mine.comparisons(user, today))
    yield from (Page(url.format(id), kind, id) for id in customers for kind, url in SELDOM.items())
    yield from (
        Page(f"/contacts/{id}/edit", "person", at) for id, at in (() if "person" in settled else mine.people(user))
    )
    yield from (Page(f"/attention/{id}/edit", "noticed", at) for id, at in mine.notices(user))


def _days(today: date) -> Iterator[Page]:
    """Today, what is to come, then the days before and after to which the strips of these days lead."""
    for n in (*range(DAYS_AHEAD + 1), *range(-1, -STRIP - 1, -1), *range(DAYS_AHEAD + 1, DAYS_AHEAD + STRIP + 1)):
        day = (today + timedelta(days=n)).isoformat()
        yield Page(f"/days/{day}", "day", day)
        if n <= 0:
            yield Page(f"/days/{day}/report", "daily", day)


def _of_strangers() -> Iterator[Page]:
    """What may be done with a customer whom only the phone knows; his card and the form for his level, for each of them."""
    for kind, url in {"card": CARD, **FORMS}.items():
        if kind not in ("card", "level"):
            yield Page(url.format(STRANGER), kind, STRANGER)
        else:
            yield from (Page(f"{url.format(STRANGER)}?level={level}", kind, STRANGER) for level in "ABCDEF")
    yield Page(PLAN, "stop", STRANGER)
    yield Page(WORTH, "worth", STRANGER)


def _playbook(user: User) -> Iterator[Page]:
    yield Page(ANSWERS, "playbook")
    for id, is_his, version in mine.tracks(user):
        yield Page(f"/playbook/{id}", "track", id)
        if version > 1:
            yield Page(f"/playbook/{id}/versions", "versions", id)
        if is_his:
            yield Page(f"/playbook/{id}/edit", "written", id)
    yield from (Page(f"/playbook/products/{id}", "product", id) for id in mine.products(user))


def _written(user: User, today: date) -> Iterator[Page]:
    """What he has handed in of late, and how it may be put right."""
    for id, day, may_be_corrected in mine.reports(user, today):
        yield Page(f"/reports/{id}", "visit", id)
        if may_be_corrected:
            yield Page(f"/reports/{id}/edit", "visit", id)
        if day >= today - TALKED_OF:
            yield Page(f"/threads/visit/{id}", "thread", id)
    for id, day in mine.daily_reports(user, today):
        yield Page(f"/daily-reports/{id}", "handed", day.isoformat())
        if day >= today - TALKED_OF:
            yield Page(f"/threads/daily/{id}", "thread", id)
    for id in mine.concessions(user, today):
        yield Page(f"/concessions/{id}", "given", id)
        yield Page(f"/threads/concession/{id}", "thread", id)
    yield from (Page(f"/threads/plan/{id}", "thread", id) for id in mine.plans(user, today - timedelta(days=STRIP)))
