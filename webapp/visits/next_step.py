"""When to come again: the chips that a rep taps, and what they mean."""

from datetime import date

from webapp.foundation import clock
from webapp.foundation.date_chips import PICK, DateChoice, date_chips
from webapp.foundation.i18n import _, _l
from webapp.visits.models.told import NextStep

NONE = "none"


class NextDate(DateChoice):
    """A day from the chips, 'pick', or 'none'."""

    others = (PICK, NONE)

    def offer_days(self, *others: tuple[str, str]) -> None:
        """Offer the days that one usually says and these others; a day that was chosen from older chips stands among them.
        They are thought of when they are shown: what a phone sends is never shown."""
        self.choices = lambda: self.with_the_chosen([*date_chips(clock.today()), *others])


def understand(choice: NextDate, picked: date | None, text: str, short: bool) -> NextStep:
    """What was said about the next step; `short`: nobody could type, so a date alone means another visit."""
    if choice.data == NONE:
        return NextStep(text, None, is_said=True)
    on = picked if choice.data in (None, PICK) else choice.on
    if short and on and not text:
        text = _("再去拜访")
    return NextStep(text, on, is_said=bool(on or text))


PICK_CHIP = (PICK, _l("选日子"))
NONE_CHIP = (NONE, _l("先不约"))
