from wtforms import Field, HiddenField

from webapp.foundation.forms import FieldForm
from webapp.visits.models import Fix


class CheckInForm(FieldForm):
    """What the phone says of its position; nothing in it can be wrong enough to refuse that somebody is there."""

    latitude = HiddenField()
    longitude = HiddenField()
    accuracy_m = HiddenField()
    age_s = HiddenField()
    reason = HiddenField()

    def fix(self) -> Fix:
        return Fix(
            latitude=_figure(self.latitude),
            longitude=_figure(self.longitude),
            accuracy_m=_figure(self.accuracy_m),
            age_s=_figure(self.age_s),
            reason=(self.reason.data or "")[:20],
        )


def _figure(field: Field) -> float | None:
    try:
        return float(field.data)
    except (TypeError, ValueError):
        return None
