"""What an administrator fills in about people and teams."""

from typing import Any

import wtforms
from flask_login import current_user
from wtforms.validators import ValidationError

from webapp.accounts import admin_queries, queries, words
from webapp.accounts.forms import PhoneField
from webapp.accounts.models import Team, User
from webapp.accounts.models.team import DEEPEST
from webapp.foundation.forms import Choice, FieldForm, Text
from webapp.foundation.i18n import _, _l

NOT_OFFERED = _l("没有这个选项，重新选一个。")


def plain_username(text: str | None) -> str:
    return (text or "").strip().lower()


class UserForm(FieldForm):
    name = Text(_l("名字"), most=64, required=True, missing=_l("写上名字。"))
    username = Text(
        _l("用户名"),
        most=32,
        required=True,
        missing=_l("写上用户名。"),
        description=_l("用来登录：小写字母开头，可以有数字、点和横线。"),
    )
    phone = PhoneField(_l("手机号"), description=_l("也可以用它登录。"))
    role = Choice(_l("角色"), list(words.ROLES.items()), required=True)
    team_id = wtforms.SelectField(
        _l("团队"), validate_choice=False, description=_l("没有团队的人，工作只有自己和管理员看得到。")
    )

    def __init__(self, user: User | None = None, **kwargs: Any) -> None:
        super().__init__(obj=user, **kwargs)
        self.user, self.whose = user, user.id if user else None
        self.team_id.choices = [("", _("没有团队")), *admin_queries.team_choices()]

    def validate_username(self, field: wtforms.Field) -> None:
        field.data = plain_username(field.data)
        if not words.USERNAME.fullmatch(field.data):
            raise ValidationError(_("用户名要小写字母开头，后面是字母、数字、点或横线，至少两个字符。"))
        if queries.username_is_taken(field.data, by_other_than=self.whose):
            raise ValidationError(_("已经有人叫这个用户名。"))

    def validate_role(self, field: wtforms.Field) -> None:
        if self.user == current_user and field.data != "admin":
            raise ValidationError(_("自己的管理员角色不能自己去掉，请另一位管理员来改。"))

    def validate_team_id(self, field: wtforms.Field) -> None:
        if field.data and field.data not in dict(self.team_id.choices):
            raise ValidationError(NOT_OFFERED)

    def values(self) -> dict[str, Any]:
        """What was filled in, as the columns of a user."""
        filled = {"name": self.name.data, "username": self.username.data, "phone": self.phone.data or ""}
        return filled | {"role": self.role.data, "team_id": self.team_id.data or None}


class HandoverForm(FieldForm):
    to_id = wtforms.SelectField(_l("移交给"), validate_choice=False)

    def __init__(self, user: User, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.to_id.choices = [("", _("选一个人")), *admin_queries.successors_of(user)]

    def validate_to_id(self, field: wtforms.Field) -> None:
        if not field.data:
            raise ValidationError(_("选一个接手的人。"))
        if field.data not in dict(self.to_id.choices):
            raise ValidationError(NOT_OFFERED)


class TeamForm(FieldForm):
    name = Text(_l("团队名称"), most=100, required=True, missing=_l("写上名称。"))
    region = Text(_l("区域"), most=100, description=_l("比如华东、苏南；报表按它分。"))
    parent_id = wtforms.SelectField(_l("上级团队"), validate_choice=False)

    def __init__(self, team: Team | None = None, **kwargs: Any) -> None:
        super().__init__(obj=team, **kwargs)
        self.team = team
        self.parent_id.choices = [("", _("没有上级")), *admin_queries.team_choices(without=team)]

    def validate_name(self, field: wtforms.Field) -> None:
        if admin_queries.has_sibling_named(field.data, self.parent_id.data or None, self.team):
            raise ValidationError(_("上级下面已经有一个同名的团队。"))

    def validate_parent_id(self, field: wtforms.Field) -> None:
        if field.data and field.data not in dict(self.parent_id.choices):
            raise ValidationError(NOT_OFFERED)
        if (parent := self.parent()) and not parent.has_room_for(self.team):
            raise ValidationError(_("太深了：团队最多%(n)s层。", n=DEEPEST))

    def parent(self) -> Team | None:
        """The team chosen to stand above, if one was."""
        return admin_queries.team(self.parent_id.data) if self.parent_id.data else None
