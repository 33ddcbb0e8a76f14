"""Other ways to reach a person, set by an administrator."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from webapp.accounts.access import find_or_404, only
from webapp.accounts.models import User, note
from webapp.foundation import filing, later
from webapp.foundation.db import db
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.push import queries, trials, words
from webapp.push.forms import ChannelForm
from webapp.push.models import Channel

bp = Blueprint("channels", __name__)


@bp.get("/users/<id:user_id>/channels")
@only("admin")
def index(user_id: str) -> ResponseReturnValue:
    return _page(_person(user_id), ChannelForm(formdata=None))


@bp.post("/users/<id:user_id>/channels")
@only("admin")
def create(user_id: str) -> ResponseReturnValue:
    user, form = _person(user_id), ChannelForm()
    if not form.validate_on_submit():
        return _page(user, form, 422)
    channel = Channel(id=filing.submission_id(), user_id=user.id, kind=form.kind.data, name=form.name.data or "")
    channel.secret = form.secret
    db.session.add(channel)
    note("channel_added", user, kind=channel.kind)
    return _back(user, _("加好了，试一下收不收得到。"))


@bp.post("/users/<id:user_id>/channels/<id:channel_id>/trial")
@only("admin")
def try_it(user_id: str, channel_id: str) -> ResponseReturnValue:
    later.put_off(trials.try_channel, _channel(user_id, channel_id).id)
    return _back(_person(user_id), _("发出去了，去那边看看收到没有。"))


@bp.post("/users/<id:user_id>/channels/<id:channel_id>/removal")
@only("admin")
def remove(user_id: str, channel_id: str) -> ResponseReturnValue:
    channel = _channel(user_id, channel_id)
    note("channel_removed", channel.user, kind=channel.kind)
    db.session.delete(channel)
    return _back(channel.user, _("去掉了。"))


def _person(user_id: str) -> User:
    return find_or_404(select(User).where(User.id == user_id))


def _channel(user_id: str, channel_id: str) -> Channel:
    return find_or_404(select(Channel).where(Channel.id == channel_id, Channel.user_id == user_id))


def _page(user: User, form: ChannelForm, status: int = 200) -> ResponseReturnValue:
    return page("push/channels.html", status, user=user, form=form, channels=queries.channels(user), words=words)


def _back(user: User, said: str) -> ResponseReturnValue:
    flash(said)
    return redirect(url_for("channels.index", user_id=user.id), 303)
