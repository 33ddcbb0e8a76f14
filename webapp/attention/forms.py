from typing import Any

from webapp.attention.models import OUTCOMES
from webapp.attention.words import CATEGORIES
from webapp.attention.words import OUTCOMES as OUTCOME_WORDS
from webapp.customers.models import Contact
from webapp.foundation import clock
from webapp.foundation.forms import Choice, Day, FieldForm, Text
from webapp.foundation.i18n import _l

NOBODY = "company"


class NoticeForm(FieldForm):
    """Two taps and a few words: what kind of thing, whose, and what was seen."""

    category = Choice(_l("看到的是"), choices=list(CATEGORIES.items()), required=True, missing=_l("先点一类。"))
    contact_id = Choice(_l("谁的"), choices=[])
    observed = Text(_l("看到什么"), most=300, required=True, missing=_l("写几个字就行。"))
    opener = Text(_l("破冰点子"), most=300)
    noticed_on = Day(_l("哪天看到的"), past_years=30, future_years=0)

    def __init__(self, people: list[Contact], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact_id.choices = [(person.id, person.name) for person in people] + [(NOBODY, _l("公司的"))]

    def values(self) -> dict[str, Any]:
        """What was said, as the verbs of an attention item take it."""
        whose = self.contact_id.data
        return {
            "category": self.category.data,
            "observed": self.observed.data,
            "opener": self.opener.data or "",
            "contact_id": None if whose in (None, NOBODY) else whose,
            "noticed_on": self.noticed_on.data or clock.today(),
        }


class UseForm(FieldForm):
    outcome = Choice(_l("灵不灵"), choices=[(code, OUTCOME_WORDS[code]) for code in OUTCOMES], required=True)
