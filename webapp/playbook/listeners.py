from webapp.customers.facts import CustomersMerged
from webapp.customers.following import follow
from webapp.foundation.facts import hears
from webapp.playbook import notices  # noqa: F401 (registers itself)
from webapp.playbook.models import Gap, Misfit, TrackUse


@hears(CustomersMerged)
def move_to_the_kept_customer(fact: CustomersMerged) -> None:
    """What was said to one company was said to the one it turned out to be."""
    follow(fact, TrackUse.customer_id, Gap.customer_id, Misfit.customer_id)
    TrackUse.settle(TrackUse.customer_id == fact.kept_id)
