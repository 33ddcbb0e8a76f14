import calendar
from typing import Any

from wtforms.validators import ValidationError

from webapp.customers.forms.parts import free_line, is_mail, is_phone, one_of
from webapp.customers.models import Contact
from webapp.customers.words import CHANNELS, CONSENT, DECISION_ROLES
from webapp.foundation.forms import Choice, FieldForm, Text, Whole
from webapp.foundation.i18n import _, _l, lazy_pgettext

TEXTS = ("name", "title", "phone", "wechat", "email", "preferred_channel", "best_time", "decision_role", "note")
CALENDARS = {"solar": _l("公历"), "lunar": _l("农历"), "leap": _l("农历闰月")}
LONGEST_LUNAR_MONTH = 30
EVER_LEAP = range(2, 12)
"""From 1900 to 2100 no first and no twelfth month comes twice."""


def _number(month: int | None) -> int | None:
    """Of a leap month, which is kept as its negative (foundation/lunar.py), the number that people write."""
    return abs(month) if month else month


class ContactForm(FieldForm):
    name = Text(_l("姓名"), most=64, required=True, missing=_l("怎么称呼？写个姓也行。"))
    title = Text(_l("职务"), most=64)
    decision_role = one_of(_l("在采购里是"), DECISION_ROLES)
    phone = Text(_l("手机或座机"), most=60, validators=[is_phone])
    wechat = Text(_l("微信号"), most=64)
    email = Text(_l("邮箱"), most=120, validators=[is_mail])
    preferred_channel = one_of(_l("喜欢怎么联系"), CHANNELS)
    best_time = Text(_l("什么时候好找"), most=60, description=_l("比如：周五上午，下午三点后。"))
    calendar = Choice(_l("生日按"), choices=list(CALENDARS.items()), default="solar")
    birthday_month = Whole(lazy_pgettext("birthday", "月"), least=1, most=12, filters=[_number])
    birthday_day = Whole(lazy_pgettext("birthday", "日"), least=1, most=31)
    note = free_line(_l("备注"), most=500)
    consent = Choice(
        _l("记他的信息，他知道吗"),
        choices=list(CONSENT.items()),
        default="not_asked",
        description=_l("告诉他记来做什么：只用于拜访和服务。他不同意，就不再提示他的喜好。"),
    )

    def validate_birthday_day(self, field: Any) -> None:
        month, day = self.birthday_month.data, field.data
        if day and not month:
            raise ValidationError(_("还差月份。"))
        if month and day and day > _longest(month, self.is_lunar):
            raise ValidationError(_("%(month)s月没有%(day)s日。", month=month, day=day))

    def validate_birthday_month(self, field: Any) -> None:
        day = self.birthday_day
        if field.data and not (day.data or day.typed):
            raise ValidationError(_("还差日子。"))
        if field.data and self.is_leap and field.data not in EVER_LEAP:
            raise ValidationError(_("农历没有闰%(month)s月。", month=field.data))

    @property
    def is_lunar(self) -> bool:
        return self.calendar.data in ("lunar", "leap")

    @property
    def is_leap(self) -> bool:
        return self.calendar.data == "leap"

    @staticmethod
    def more_of(contact: Contact) -> dict[str, Any]:
        """What a form that shows this person begins with, beside the columns of the same name."""
        is_leap = (contact.birthday_month or 0) < 0
        return {"calendar": "leap" if is_leap else "lunar" if contact.birthday_is_lunar else "solar"}

    def values(self) -> dict[str, Any]:
        """Column → value, but for the consent, which is dated when it changes."""
        said: dict[str, Any] = {name: self[name].data or "" for name in TEXTS}
        month = self.birthday_month.data
        said |= {"birthday_month": -month if month and self.is_leap else month, "birthday_day": self.birthday_day.data}
        return said | {"birthday_is_lunar": self.is_lunar and bool(month)}


def _longest(month: int, is_lunar: bool) -> int:
    leap_year = 2024
    return LONGEST_LUNAR_MONTH if is_lunar else calendar.monthrange(leap_year, month)[1]
