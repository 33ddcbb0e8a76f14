"""What the page of each kind of thing needs besides the thread and the form."""

from typing import Any

from webapp.accounts.models import User
from webapp.bargain.queries import of_customer
from webapp.reviews.thread_queries import standing_doubt, thread
from webapp.urgent import queries as urgent
from webapp.visits import words as visits_words
from webapp.visits.reminders import reminders_for
from webapp.visits.report_queries import shown


def of(kind: str, subject: Any, user: User) -> dict[str, Any]:
    talk = thread(kind, subject, user)
    return {"spoken": talk, "doubt": standing_doubt(talk, user), "words": visits_words, **_more(kind, subject, user)}


def _more(kind: str, subject: Any, user: User) -> dict[str, Any]:
    if kind == "visit":
        return {"shown": shown(subject, user)}
    if kind == "plan":
        return {"reminders": reminders_for([stop.customer for stop in subject.stops], subject.day)}
    if kind == "complaint":
        return {**urgent.page_of(urgent.find_complaint(subject.id, user), user), "from_review": True}
    if kind == "concession":
        return {"given": of_customer(subject.customer_id, but=subject.id)}
    return {"report": subject} if kind == "market" else {}
