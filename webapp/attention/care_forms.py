from webapp.attention.calendar import OCCASIONS
from webapp.foundation.forms import Choice, Day, FieldForm, Hidden
from webapp.foundation.i18n import _l


class GreetingForm(FieldForm):
    """One tap; all that it says stands in the page. `then`: the page that follows, for a phone without a line."""

    occasion = Choice(_l("为了什么问候"), choices=[(code, code) for code in OCCASIONS], required=True)
    day = Day(_l("哪一天的"), required=True, past_years=1, future_years=1)
    then = Hidden()
