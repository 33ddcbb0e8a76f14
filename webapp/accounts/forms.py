"""What people fill in about themselves. Passwords are never kept to be shown again, so these forms carry no submission id."""

from typing import Any

import wtforms
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms.validators import InputRequired, ValidationError

from webapp.accounts import passwords, queries, words
from webapp.accounts.phones import plain_phone
from webapp.foundation.forms import Choice, FieldForm, Text
from webapp.foundation.i18n import LANGUAGES, _, _l, lazy_pgettext
from webapp.foundation.pages import clean


class PasswordForm(FlaskForm):
    class Meta:
        csrf = False


class SignInForm(PasswordForm):
    name = wtforms.StringField(_l("手机号或用户名"), [InputRequired(_l("写上手机号或用户名。"))], filters=[clean])
    password = wtforms.PasswordField(_l("密码"), [InputRequired(_l("写上密码。"))])
    next = wtforms.HiddenField()


class OwnPassword(PasswordForm):
    """A new password by one who has already shown who he is."""

    new = wtforms.PasswordField(
        _l("新密码"), [InputRequired(_l("写上新密码。"))], description=_l("至少10个字符，不必有数字和符号。")
    )
    again = wtforms.PasswordField(_l("新密码，再写一遍"), [InputRequired(_l("再写一遍。"))])

    def validate_new(self, field: wtforms.Field) -> None:
        if fault := passwords.fault(field.data, current_user.username, current_user.name, current_user.phone):
            raise ValidationError(fault)
        if current_user.has_password(field.data):
            raise ValidationError(_("这就是现在的密码，换一个。"))

    def validate_again(self, field: wtforms.Field) -> None:
        if field.data != self.new.data:
            raise ValidationError(_("两遍不一样。"))


class ChangedPassword(OwnPassword):
    current = wtforms.PasswordField(_l("现在的密码"), [InputRequired(_l("写上现在的密码。"))])

    def validate_current(self, field: wtforms.Field) -> None:
        if not current_user.has_password(field.data):
            raise ValidationError(_("现在的密码不对。"))


class PhoneField(Text):
    """A phone number; it opens the door too, so nobody else here may have the same one."""

    data: str | None

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label, most=32, **kwargs)

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        if validation_stopped or self.errors or not self.data:
            return
        if not (number := plain_phone(self.data)):
            raise ValidationError(_("这不像电话号码。"))
        self.data = number
        if queries.phone_is_taken(number, by_other_than=form.whose):
            raise ValidationError(_("已经有人用这个号码登录。"))


class SettingsForm(FieldForm):
    name = Text(_l("名字"), most=64, required=True, missing=_l("写上名字。"))
    phone = PhoneField(_l("手机号"), description=_l("可以用它登录。"))
    language = Choice(_l("语言"), [("", lazy_pgettext("language", "跟手机走")), *LANGUAGES.items()])
    scheme = Choice(_l("颜色"), list(words.SCHEMES.items()))
    zone = wtforms.SelectField(_l("时区"), validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whose = current_user.id
        self.zone.choices = queries.zones(current_user.zone)

    def validate_zone(self, field: wtforms.Field) -> None:
        if field.data not in {value for value, _label in self.zone.choices}:
            raise ValidationError(_("没有这个选项，重新选一个。"))
