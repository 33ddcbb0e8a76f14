from datetime import datetime, timedelta
from typing import Any

from wtforms import HiddenField
from wtforms.validators import StopValidation

from webapp.foundation import clock
from webapp.foundation.forms import Choices, FieldForm, Hidden, LongText
from webapp.foundation.i18n import _, _l
from webapp.foundation.pages import clean
from webapp.reviews.phrase_forms import LONGEST_PHRASE, MOST_PHRASES

OLDEST = timedelta(days=60)
"""No phone tells of what is older."""


class Tapped(Choices):
    """Phrases of one's own: one that was offered once and is not any more is still what was said."""

    data: list[str] | None

    def pre_validate(self, form: Any) -> None:
        said = [clean(phrase) for phrase in self.data or ()]
        self.data = said
        if len(said) > MOST_PHRASES or any(len(phrase) > LONGEST_PHRASE for phrase in said):
            raise StopValidation(_("没有这个选项，重新选一个。"))


class RemarkForm(FieldForm):
    """Words for the rep: tapped phrases, typed text, or both. `then`: the page that follows, for a phone without a line."""

    phrases = Tapped(_l("批示"), choices=[])
    text = LongText(_l("再说两句"), most=2000)
    then = Hidden()

    @property
    def words(self) -> str:
        """Phrases and text as one remark."""
        return _("；").join(filter(None, [*(self.phrases.data or []), self.text.data]))

    def offer(self, phrases: Any) -> "RemarkForm":
        """Let these phrases be tapped; what was tapped is stored as the words it showed."""
        self.phrases.choices = [(str(phrase), str(phrase)) for phrase in phrases]
        return self

    def about(self, _subject: Any, then: str = "") -> "RemarkForm":
        """Let this be what the remark is about, as it stands now, and what comes next."""
        self.then.data = then
        return self


class VerdictForm(RemarkForm):
    """A decision about the version that was seen."""

    version = HiddenField()

    def about(self, subject: Any, then: str = "") -> "RemarkForm":
        super().about(subject, then)
        self.version.data = str(getattr(subject, "version", "")) if subject else ""
        return self

    @property
    def seen(self) -> int:
        """The version that was seen; -1 if the form does not say."""
        said = self.version.data or ""
        return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else -1

    def refuse_beyond(self, subject: Any, user: Any) -> bool:
        """What is more than this person may say yes to is for the one above him; says so beside the field."""
        may = getattr(subject, "may_be_approved_by", None)
        if may is None or may(user):
            return False
        self.text.errors = [*self.text.errors, _("超过你能批的数，同意要上一级定。")]
        return True

    def refuse_without_reason(self) -> bool:
        """A return needs a word why; says so beside the field."""
        if self.words:
            return False
        self.text.errors = [*self.text.errors, _("退回要说一句为什么。")]
        return True


class CommentForm(RemarkForm):
    parent_id = Hidden()

    def refuse_empty(self) -> bool:
        if self.words:
            return False
        self.text.errors = [*self.text.errors, _("写一句再发。")]
        return True


class OpenedForm(FieldForm):
    """What a phone says that tells of an opening later: how many seconds ago it was (`ago`), and how many seconds ago the
    page was known to be the newest (`fresh`). What is no number counts as nothing said."""

    ago = Hidden()
    fresh = Hidden()

    @property
    def at(self) -> datetime | None:
        return _before(self.ago.data)

    @property
    def seen(self) -> datetime | None:
        known = [moment for moment in (self.at, _before(self.fresh.data)) if moment]
        return min(known, default=None)


def _before(seconds: str | None) -> datetime | None:
    said = seconds or ""
    if not (said.isascii() and said.isdigit() and len(said) < 9):
        return None
    return clock.now() - min(timedelta(seconds=int(said)), OLDEST)


class DismissalForm(FieldForm):
    """Why something that a phone brought is not filed; its author reads it."""

    reason = LongText(_l("为什么不收"), most=300, required=True, missing=_l("说一句为什么，他会看到。"))
