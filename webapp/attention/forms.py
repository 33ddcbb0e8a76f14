from typing import Any

from wtforms.validators import ValidationError

from webapp.accounts.models import User
from webapp.attention.models import OUTCOMES
from webapp.attention.words import ANSWERS, CATEGORIES, SURENESS
from webapp.attention.words import OUTCOMES as OUTCOME_WORDS
from webapp.customers.models import Contact
from webapp.customers.words import TOPICS
from webapp.foundation import clock
from webapp.foundation.forms import Choice, Day, FieldForm, Text, Tick
from webapp.foundation.i18n import _, _l

NOBODY = "company"


class NoticeForm(FieldForm):
    """Two taps and a few words: what kind of thing, whose, and what was seen."""

    category = Choice(_l("看到的是"), choices=list(CATEGORIES.items()), required=True, missing=_l("先点一类。"))
    contact_id = Choice(_l("谁的"), choices=[])
    observed = Text(_l("看到什么"), most=300, required=True, missing=_l("写几个字就行。"))
    opener = Text(_l("破冰点子"), most=300)
    sureness = Choice(_l("有多准"), choices=list(SURENESS.items()), default="seen")
    sensitive = Choice(
        _l("是身体、家里、信仰、钱上的事吗"),
        choices=[("", _l("都不是")), *TOPICS.items()],
        description=_l("这些要他本人点头才记。"),
    )
    agreed = Tick(_l("问过他，他说可以记"))
    noticed_on = Day(_l("哪天看到的"), past_years=30, future_years=0)

    def __init__(self, people: list[Contact], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.id: person for person in people}
        self.contact_id.choices = [(person.id, person.name) for person in people] + [(NOBODY, _l("公司的"))]

    def validate_agreed(self, field: Any) -> None:
        """What is sensitive is noted of somebody who has said yes to it, and of nobody else."""
        topic, person = self.sensitive.data, self.people.get(self.contact_id.data or "")
        if not topic:
            return
        if person is None:
            raise ValidationError(_("这类事要记在一个人名下：上面点一下是谁的。"))
        if not field.data and not person.allows(topic):
            raise ValidationError(_("这类事要先问他。他点头了，勾上再记。"))

    def record_consent(self, by: User) -> None:
        """He was asked and said yes: that is noted with it."""
        person = self.people.get(self.contact_id.data or "")
        if self.sensitive.data and self.agreed.data and person is not None:
            person.record_consent("given", by, self.sensitive.data)

    def values(self) -> dict[str, Any]:
        """What was said, as the verbs of an attention item take it."""
        whose = self.contact_id.data
        return {
            "category": self.category.data,
            "observed": self.observed.data,
            "opener": self.opener.data or "",
            "contact_id": None if whose in (None, NOBODY) else whose,
            "sensitive": self.sensitive.data or "",
            "sureness": self.sureness.data or "seen",
            "noticed_on": self.noticed_on.data or clock.today(),
        }


class UseForm(FieldForm):
    outcome = Choice(_l("灵不灵"), choices=[(code, OUTCOME_WORDS[code]) for code in OUTCOMES], required=True)


class ConfirmationForm(FieldForm):
    outcome = Choice(_l("还是这样吗"), choices=list(ANSWERS.items()), required=True)
