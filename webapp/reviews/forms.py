from typing import Any

from wtforms import HiddenField

from webapp.foundation.forms import Choices, FieldForm, LongText
from webapp.foundation.i18n import _, _l


class RemarkForm(FieldForm):
    """Words for the rep: tapped phrases, typed text, or both."""

    phrases = Choices(_l("批示"), choices=[])
    text = LongText(_l("再说两句"), most=2000)

    @property
    def words(self) -> str:
        """Phrases and text as one remark."""
        return _("；").join([*(self.phrases.data or []), *filter(None, [self.text.data])])

    def offer(self, phrases: tuple[object, ...]) -> "RemarkForm":
        """Let these phrases be tapped; what was tapped is stored as the words it showed."""
        self.phrases.choices = [(str(phrase), str(phrase)) for phrase in phrases]
        return self

    def about(self, _subject: Any) -> "RemarkForm":
        """Let this be what the remark is about, as it stands now."""
        return self


class VerdictForm(RemarkForm):
    """A decision about the version that was seen."""

    version = HiddenField()

    def about(self, subject: Any) -> "RemarkForm":
        self.version.data = str(subject.version) if subject else ""
        return self

    def refuse_without_reason(self) -> bool:
        """A return needs a word why; says so beside the field."""
        if self.words:
            return False
        self.text.errors = [*self.text.errors, _("退回要说一句为什么。")]
        return True


class CommentForm(RemarkForm):
    def refuse_empty(self) -> bool:
        if self.words:
            return False
        self.text.errors = [*self.text.errors, _("写一句再发。")]
        return True


class DismissalForm(FieldForm):
    """Why something that a phone brought is not filed; its author reads it."""

    reason = LongText(_l("为什么不收"), most=300, required=True, missing=_l("说一句为什么，他会看到。"))
