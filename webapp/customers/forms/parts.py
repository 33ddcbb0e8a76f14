"""Fields and checks that several forms of the room share."""

import re
from datetime import date
from typing import Any

from wtforms.validators import ValidationError

from webapp.foundation import clock
from webapp.foundation.date_chips import PICK, DateChoice
from webapp.foundation.forms import Choice, Choices, Day, FieldForm, LongText, Text
from webapp.foundation.i18n import _, _l

_BETWEEN = re.compile(r"[,，、;；\n]+")
_PHONE = re.compile(r"[\d\s()（）+＋./\-－—#*０-９,，;；、|转extEXT分机]*")
_MAIL = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+")
TAG, TAGS = 30, 20


def one_of(label: Any, words: dict[str, Any], **kwargs: Any) -> Choice:
    """A choice among the codes of a room's words; the first chip takes an answer back."""
    return Choice(label, choices=[("", _l("还不清楚")), *words.items()], **kwargs)


def free_text(label: Any, most: int = 2000, **kwargs: Any) -> LongText:
    return LongText(label, most=most, **kwargs)


def free_line(label: Any, most: int = 200, **kwargs: Any) -> Text:
    return Text(label, most=most, **kwargs)


def is_phone(_form: Any, field: Any) -> None:
    if field.data and not (_PHONE.fullmatch(field.data) and sum(map(str.isdigit, field.data)) >= 3):
        raise ValidationError(_("这不像电话号码：写成 0512-6688 1234 或 138 1234 5678。"))


def is_mail(_form: Any, field: Any) -> None:
    if field.data and not _MAIL.fullmatch(field.data):
        raise ValidationError(_("这不像邮箱：写成 chen@example.cn。"))


def is_website(_form: Any, field: Any) -> None:
    if field.data and (re.search(r"\s", field.data) or "." not in field.data):
        raise ValidationError(_("这不像网址：写成 www.example.cn。"))


class NextStepFields(FieldForm):
    """What comes next and when: by a chip, or picked. A day that has passed is refused unless it stood there before;
    the chip of a form that was opened days ago is good as it is."""

    next_step = free_line(_l("下一步"), description=_l("比如：送样品，约陈经理。"))
    when = DateChoice(_l("哪天"), choices=[])
    next_step_on = Day(_l("挑个日子"), past_years=10, future_years=3)

    def __init__(self, *args: Any, day_before: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day_before = day_before
        self.when.offer(clock.today())

    def validate_next_step_on(self, field: Any) -> None:
        if (
            self.when.data in (None, PICK)
            and field.data
            and field.data < clock.today()
            and field.data != self.day_before
        ):
            raise ValidationError(_("这天已经过了。选今天以后的日子。"))

    def validate_when(self, field: Any) -> None:
        if field.data == PICK and not self.next_step_on.data and not self.next_step_on.errors:
            raise ValidationError(_("挑一个日子。"))

    @property
    def planned_on(self) -> date | None:
        """The day of the chip; without one, or with «pick», the one that was picked."""
        return self.when.on or self.next_step_on.data


def tags_in(text: str | None) -> list[str]:
    """The tags that somebody typed, between commas."""
    return [word for part in _BETWEEN.split(text or "") if (word := " ".join(part.split()))]


class TagChips(Choices):
    """Tags that are in use. A tag is a free word: one that was offered on an older page is still one."""

    def offer(self, words: list[str]) -> None:
        every = list(dict.fromkeys([*words, *(self.data or [])]))
        self.choices = [(word, word) for word in every]

    def pre_validate(self, form: Any) -> None:
        check_tags(self.data or [])


def are_tags(_form: Any, field: Any) -> None:
    check_tags(tags_in(field.data))


def check_tags(words: list[str]) -> None:
    """Raises ValidationError if there are too many, or one is too long."""
    if long := next((word for word in words if len(word) > TAG), None):
        raise ValidationError(
            _("标签太长：一个最多%(most)s字，“%(word)s…”有%(n)s字。用逗号隔开。", most=TAG, word=long[:8], n=len(long))
        )
    if len(words) > TAGS:
        raise ValidationError(_("标签太多了：最多%(most)s个。", most=TAGS))


def position_in(text: str | None) -> tuple[float, float] | None:
    """'31.2989, 120.5853' → (latitude, longitude) in degrees; None for an empty text; raises ValueError."""
    if not text:
        return None
    latitude, longitude = (float(part) for part in re.split(r"[,，\s]+", text.strip()))
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError(text)
    return latitude, longitude


def is_position(_form: Any, field: Any) -> None:
    try:
        position_in(field.data)
    except ValueError as error:
        raise ValidationError(_("这不像位置：先纬度后经度，写成 31.2989, 120.5853。")) from error
