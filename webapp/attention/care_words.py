"""What the occasions of a greeting are called."""

from webapp.attention.calendar import BIRTHDAY
from webapp.foundation.i18n import lazy_pgettext
from webapp.push.words import FESTIVALS

OCCASIONS = {BIRTHDAY: lazy_pgettext("occasion", "生日"), **{code: name for code, (name, _hint) in FESTIVALS.items()}}
