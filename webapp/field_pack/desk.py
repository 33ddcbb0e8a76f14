"""What a phone carries of all that is urgent, and of a supervisor's desk: the queue and each thing that waits in it."""

from collections.abc import Iterator

from webapp.accounts.models import User
from webapp.reviews.queries import order
from webapp.urgent.queries import market_reports, open_now, settled

URGENT = (
    ("complaint", "/complaints"),
    ("market", "/market-reports"),
    ("market", "/market-reports/new"),
    ("forms", "/insight/forms"),
)
"""(Kind, page) that everybody carries."""


def pages(user: User) -> Iterator[tuple[str, str, str]]:
    """(address, kind, subject): what waits for a supervisor in its order; complaints and market reports with what was said."""
    if user.may_review:
        yield "/reviews", "queue", ""
        yield "/reviews/phrases", "phrases", ""
        for path in order(user):
            yield path, "review", path.rsplit("/", 1)[-1]
    yield from ((url, kind, "") for kind, url in URGENT)
    yield f"/mentions/{user.id}", "people", ""
    for complaint in (*open_now(user), *settled(user)):
        yield complaint.url, "complaint", complaint.id
        yield f"/threads/complaint/{complaint.id}", "thread", complaint.id
    for report in market_reports(user):
        yield report.url, "market", report.id
        yield f"/threads/market/{report.id}", "thread", report.id
