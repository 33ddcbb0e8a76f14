"""When to come again: the chips that a rep taps, and what they mean."""

from datetime import date

from webapp.foundation.date_chips import PICK, DateChoice
from webapp.foundation.i18n import _, _l
from webapp.visits.models.told import NextStep

NONE = "none"


class NextDate(DateChoice):
    """A day from the chips, 'pick', or 'none'."""

    others = (PICK, NONE)

    def offer_these(self, chips: list[tuple[str, str]]) -> None:
        """Offer these; a day that was chosen from older chips stands among them."""
        self.choices = self.with_the_chosen(chips)


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
