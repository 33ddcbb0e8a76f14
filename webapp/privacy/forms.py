from webapp.customers.models.consent import ANSWERS, TOPICS
from webapp.foundation.forms import Choice, FieldForm, Tick, Whole
from webapp.foundation.i18n import _l
from webapp.privacy.models import MONTHS
from webapp.privacy.words import REASONS, SAID, TERMS


class ErasureForm(FieldForm):
    with_files = Tick(_l("见过他的拜访，照片和录音也删"), default=True)


class ConsentForm(FieldForm):
    topic = Choice(_l("哪方面"), choices=[("", ""), *((code, code) for code in TOPICS)])
    said = Choice(_l("他怎么回答"), choices=[(code, SAID[code]) for code in ANSWERS], required=True)


class KeepForm(FieldForm):
    reason = Choice(_l("为什么留着"), choices=list(REASONS.items()), required=True)


class TermsForm(FieldForm):
    """How many months, by why somebody need not be kept."""

    silent = Whole(TERMS["silent"], least=0, most=240)
    left = Whole(TERMS["left"], least=0, most=240)
    refused = Whole(TERMS["refused"], least=0, most=240)

    def values(self) -> dict[str, int]:
        """Only what was filled in; the others stay as they are."""
        return {kind: self[kind].data for kind in MONTHS if self[kind].data is not None}
