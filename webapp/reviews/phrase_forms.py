"""What one says often, kept a phrase a line."""

from typing import Any

from wtforms.validators import ValidationError

from webapp.foundation.forms import FieldForm, LongText
from webapp.foundation.i18n import _
from webapp.reviews.models import Phrases
from webapp.reviews.words import SUBJECTS

MOST_PHRASES, LONGEST_PHRASE = 8, 40


def _one_a_line(_form: Any, field: Any) -> None:
    lines = lines_of(field)
    if len(lines) > MOST_PHRASES:
        raise ValidationError(_("最多%(n)s句，多了手指点不过来。", n=MOST_PHRASES))
    if any(len(line) > LONGEST_PHRASE for line in lines):
        raise ValidationError(_("一句最多%(n)s字。", n=LONGEST_PHRASE))


def lines_of(field: Any) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in (field.data or "").splitlines() if line.strip()))


class PhrasesForm(FieldForm):
    """What one says often: a phrase a line, for each kind of thing."""

    plan = LongText(SUBJECTS["plan"], most=600, validators=[_one_a_line])
    daily = LongText(SUBJECTS["daily"], most=600, validators=[_one_a_line])
    visit = LongText(SUBJECTS["visit"], most=600, validators=[_one_a_line])
    complaint = LongText(SUBJECTS["complaint"], most=600, validators=[_one_a_line])
    market = LongText(SUBJECTS["market"], most=600, validators=[_one_a_line])

    KINDS = ("plan", "daily", "visit", "complaint", "market")

    def fill(self, user: Any) -> "PhrasesForm":
        for kind in self.KINDS:
            self[kind].data = "\n".join(str(phrase) for phrase in Phrases.of(user, kind))
        return self

    def keep_for(self, user: Any) -> None:
        for kind in self.KINDS:
            Phrases.keep(user, kind, lines_of(self[kind]))
