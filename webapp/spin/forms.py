from collections.abc import Sequence

from webapp.customers.models import Contact
from webapp.foundation.forms import Choice, FieldForm, Hidden, LongText
from webapp.foundation.i18n import _, _l
from webapp.spin.models import STEPS
from webapp.spin.words import STEPS as NAMES

MOST = 300


class SpinForm(FieldForm):
    """An answer to each of four questions, and whose answers they are. `then`: a path of this house to go on to."""

    contact_id = Choice(_l("谁说的"), choices=[])
    situation = LongText(NAMES["situation"][0], most=MOST)
    problem = LongText(NAMES["problem"][0], most=MOST)
    implication = LongText(NAMES["implication"][0], most=MOST)
    need_payoff = LongText(NAMES["need_payoff"][0], most=MOST)
    track_title = Hidden()
    then = Hidden()

    def __init__(self, people: Sequence[Contact] = (), **kwargs: object) -> None:
        super().__init__(**kwargs)
        self.people = {person.id: person for person in people}
        self.contact_id.choices = [(person.id, person.name) for person in people]

    @property
    def answers(self) -> dict[str, str]:
        return {step: self[step].data or "" for step in STEPS}

    @property
    def contact(self) -> Contact | None:
        return self.people.get(self.contact_id.data or "")

    def refuse_empty(self) -> bool:
        """Nothing was answered: says so beside the first question."""
        if any(self.answers.values()):
            return False
        self.situation.errors = [_("至少记一句他的回答。")]
        return True

    def way_on(self) -> str:
        path = self.then.data or ""
        return path if path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() else ""
