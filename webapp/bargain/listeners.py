from webapp.accounts.leaders import leaders_of, supervisors_of
from webapp.bargain import reading  # noqa: F401 (registers itself)
from webapp.bargain.facts import ConcessionAsked
from webapp.bargain.models import Concession
from webapp.bargain.words import RETURNS, STATES, amount_words
from webapp.customers import telling
from webapp.customers.facts import CustomersMerged
from webapp.customers.following import follow
from webapp.foundation.facts import hears
from webapp.push.models import notify


@telling.tells("concession")
def say_what_was_given(text: str, detail: telling.Detail) -> str:
    amount = detail.get("amount")
    given = amount_words(str(detail.get("what")), amount if isinstance(amount, int) else 0)
    state = STATES.get(str(detail.get("state")), ("", ""))[0]
    return " · ".join(str(part) for part in (given, RETURNS.get(str(detail.get("for")), ""), text, state) if part)


@hears(CustomersMerged)
def move_to_the_kept_customer(fact: CustomersMerged) -> None:
    follow(fact, Concession.customer_id)


@hears(ConcessionAsked)
def tell_who_may_decide(fact: ConcessionAsked) -> None:
    """The supervisor, and if it is beyond him too, the next one up who may."""
    asked = fact.concession
    able = next((leader for leader in leaders_of(asked.by) if asked.may_be_approved_by(leader)), None)
    people = {leader.id for leader in (*supervisors_of(asked.by), able) if leader}
    told = {"url": f"/reviews/concession/{asked.id}", "title": asked.customer.title, "by": asked.by_id}
    notify("concession", people, subject=asked.id, text=asked.what, key=str(asked.version), **told)
