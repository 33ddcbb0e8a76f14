import re
from datetime import datetime
from typing import Any

import wtforms
from flask import request
from flask_wtf import FlaskForm
from wtforms.validators import ValidationError

from webapp.accounts.models import User
from webapp.foundation.db import as_id
from webapp.foundation.forms import Choice, Choices, FieldForm, Hidden, Text, Time
from webapp.foundation.i18n import _, _l, lazy_pgettext
from webapp.push import robots, words
from webapp.push.addresses import Unwelcome, place
from webapp.push.models import CHANNELS, Wishes

_KEY = re.compile(r"[A-Za-z0-9_-]{20,120}={0,2}")
MOST = 500


class ReadForm(FieldForm):
    """`upto`: all that came until this moment; or `ids`, each by itself."""

    upto = Hidden()

    @property
    def moment(self) -> datetime | None:
        try:
            at = datetime.fromisoformat(self.upto.data or "")
        except ValueError:
            return None
        return at if at.tzinfo else None

    @property
    def ids(self) -> list[str]:
        return [known for text in request.form.getlist("ids")[:MOST] if (known := as_id(text))]


class SubscriptionForm(FlaskForm):
    """What a browser says of where its push service takes things for it."""

    class Meta:
        csrf = False

    endpoint = wtforms.StringField()
    p256dh = wtforms.StringField()
    auth = wtforms.StringField()

    def validate_endpoint(self, field: wtforms.Field) -> None:
        try:
            place(field.data or "")
        except Unwelcome as error:
            raise ValidationError(str(error)) from error

    def validate_p256dh(self, field: wtforms.Field) -> None:
        if not _KEY.fullmatch(field.data or ""):
            raise ValidationError("key")

    validate_auth = validate_p256dh


class WishesForm(FieldForm):
    """`known`: the kinds that the page offered; one that an old page does not know stays as it is."""

    known = Hidden()
    on = Choices(_l("这些事提醒我"), description=_l("没选的也在消息里，只是不响。"))
    quiet_from = Time(_l("安静从"), description=_l("这段时间只有急事会响；两个都空着就一直响。"))
    quiet_to = Time(lazy_pgettext("hours", "到"))

    def __init__(self, user: User, wishes: Wishes, **kwargs: Any) -> None:
        kinds = words.kinds_for(user)
        asked = {"on": [code for code in kinds if code not in wishes.off], "known": " ".join(kinds)}
        super().__init__(data={**asked, "quiet_from": wishes.quiet_from, "quiet_to": wishes.quiet_to}, **kwargs)
        self.on.choices = [(code, kind.said) for code, kind in kinds.items()]
        self.before = wishes.off

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Quiet that begins and never ends is none."""
        if not super().validate(*args, **kwargs):
            return False
        if bool(self.quiet_from.data) != bool(self.quiet_to.data):
            missing = self.quiet_to if self.quiet_from.data else self.quiet_from
            missing.errors = [_("从几点、到几点，两个都要填。")]
        return not self.errors

    @property
    def off(self) -> list[str]:
        offered = set((self.known.data or "").split()) & set(words.KINDS)
        return sorted((set(self.before) - offered) | (offered - set(self.on.data or ())))


class ChannelForm(FieldForm):
    kind = Choice(_l("发到哪里"), required=True)
    name = Text(_l("名字"), most=60, description=_l("自己认得出就行，比如“苏州办事处群”。"))
    key = Text(_l("机器人的地址，或者邮箱"), most=300, required=True, missing=_l("贴上机器人的地址，或者写上邮箱。"))
    signing = Text(_l("加签密钥"), most=100, description=_l("只有钉钉的“加签”要填，SEC开头。"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        offered = [kind for kind in CHANNELS if kind != "mail" or robots.can_mail()]
        self.kind.choices = [(kind, words.CHANNELS[kind]) for kind in offered]

    def validate_key(self, field: wtforms.Field) -> None:
        if self.kind.data and not robots.key_in(self.kind.data, field.data or ""):
            raise ValidationError(_("这不像%(kind)s的地址，再对一遍。", kind=words.CHANNELS[self.kind.data]))

    def validate_signing(self, field: wtforms.Field) -> None:
        if field.data and (self.kind.data != "dingtalk" or not robots.SIGNING.fullmatch(field.data)):
            raise ValidationError(_("加签密钥是钉钉给的，SEC开头。"))

    @property
    def secret(self) -> str:
        key = robots.key_in(self.kind.data or "", self.key.data or "")
        return f"{self.signing.data}@{key}" if self.signing.data else key
