"""The door: who comes in with which password, and how often one may try. Whatever is wrong, the answer is the same one."""

from functools import lru_cache
from urllib.parse import urlsplit

from flask import current_app, g, request
from sqlalchemy import func, select

from webapp.accounts import browsers, sessions
from webapp.accounts.models import SignInAttempt, User
from webapp.accounts.models.user import matches, matches_nobody
from webapp.accounts.phones import plain_phone
from webapp.foundation import filing
from webapp.foundation.db import db
from webapp.foundation.i18n import _
from webapp.foundation.pages import clean

DEMO_NAMES = ("lin", "sun", "wu", "zhou", "manager", "director", "admin")
DEMO_PASSWORD = "doorstep-demo"


class Refused(Exception):
    """One may not come in. Its text says so to the person; `minutes`: how long to wait before the next try, or 0."""

    def __init__(self, sentence: str, minutes: int = 0) -> None:
        super().__init__(sentence)
        self.minutes = minutes


@filing.before_the_lock
def _weigh_the_password() -> None:
    """Hashing is slow on purpose: it is done before anybody has to wait for the database."""
    if request.endpoint == "accounts.enter" and not minutes_to_wait(typed := plain_name(request.form.get("name", ""))):
        user, password = person_named(typed), request.form.get("password", "")
        fits = user.has_password(password) if user else matches_nobody(password)
        g.knocker = user.id if user and fits else None


def come_in(name: str, password: str) -> str:
    """Let the person of this name in; returns the token of the new session, or raises Refused. A failed try is counted."""
    name = plain_name(name)
    if minutes := minutes_to_wait(name) or int("knocker" not in g):
        raise Refused(_("试得太多次了，%(n)s分钟后再来。", n=minutes), minutes)
    user = db.session.get(User, g.knocker) if g.knocker else None
    if user is None or not user.is_active or _is_demo_abroad(user, password):
        SignInAttempt.failed(name, _address())
        filing.keep_despite_refusal()
        raise Refused(_why_not(user))
    SignInAttempt.forgive(name)
    sessions.end()
    return sessions.begin(user, browsers.label(request.user_agent.string))


def _why_not(user: User | None) -> str:
    """Who gave the right password may know more than a stranger."""
    if user is None:
        return _("手机号、用户名或者密码不对。")
    return _("演示账号在正式使用的地方进不来。") if user.is_active else _("这个账号停用了，请找管理员。")


def _is_demo_abroad(user: User, password: str) -> bool:
    return bool(current_app.config["SETTINGS"].production) and user.username in DEMO_NAMES and password == DEMO_PASSWORD


def minutes_to_wait(name: str) -> int:
    return SignInAttempt.minutes_to_wait(name, _address())


def wrong_password(name: str) -> None:
    """Somebody who is in gave a wrong password for himself: it counts as a try at the door."""
    SignInAttempt.failed(plain_name(name), _address())
    filing.keep_despite_refusal()


def _address() -> str:
    return request.remote_addr or ""


def plain_name(name: str) -> str:
    """A user name or phone number in its one spelling."""
    return plain_phone(clean(name)[:200]) or clean(name).lower()[:200]


def person_named(name: str) -> User | None:
    """The person with this user name, or the only one with this phone number; those still here come first."""
    if user := db.session.scalar(select(User).where(User.username == name)):
        return user
    number = func.replace(func.replace(User.phone, " ", ""), "-", "")
    found = db.session.scalars(select(User).where(number == name, User.phone != "")).all() if plain_phone(name) else []
    here = [user for user in found if user.is_active] or found
    return here[0] if len(here) == 1 else None


def demo_people() -> list[User]:
    """The demo accounts that still have the demo password, where it opens this door; otherwise none."""
    if current_app.config["SETTINGS"].production:
        return []
    people = db.session.scalars(select(User).where(User.username.in_(DEMO_NAMES), User.disabled_at.is_(None)))
    known = [user for user in people if _is_demo(user.password_hash)]
    return sorted(known, key=lambda user: DEMO_NAMES.index(user.username))


@lru_cache(maxsize=64)
def _is_demo(password_hash: str) -> bool:
    return matches(password_hash, DEMO_PASSWORD)


def local_path(wish: str | None) -> str:
    """The wish if it is a path of this house, else “/”: nobody is sent elsewhere after signing in."""
    try:
        parts = urlsplit(wish or "")
    except ValueError:
        return "/"
    inside = wish and wish.isprintable() and "\\" not in wish and wish.startswith("/") and not wish.startswith("//")
    return wish if wish and inside and not (parts.scheme or parts.netloc) else "/"
