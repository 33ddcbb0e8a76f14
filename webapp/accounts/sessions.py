"""Signed-in devices. The cookie holds a random token; the server keeps its digest and may forget it at any time."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask_login import LoginManager, current_user
from sqlalchemy import select

from webapp.accounts.models import Device, User
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.origin import SAFE

COOKIE = "doorstep"


def prepare(app: Flask) -> None:
    manager = LoginManager(app)
    manager.session_protection = None
    manager.request_loader(_who)
    app.before_request(_sign_in_first)
    app.before_request(_own_password_first)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def begin(user: User, label: str) -> str:
    """Sign a device in; returns the token for its cookie, which is nowhere else."""
    token = secrets.token_urlsafe(32)
    days = current_app.config["SETTINGS"].session_days
    device = Device(
        user_id=user.id, token_hash=digest(token), label=label[:100], expires_at=clock.here() + timedelta(days=days)
    )
    db.session.add(device)
    return token


def end() -> None:
    """Sign this device out, if it is signed in."""
    if device := this_device():
        device.revoke()


def remember(response: Response, token: str) -> Response:
    settings = current_app.config["SETTINGS"]
    response.set_cookie(
        COOKIE,
        token,
        max_age=settings.session_days * 86400,
        httponly=True,
        secure=settings.secure_cookies,
        samesite="Lax",
    )
    return response


def forget(response: Response) -> Response:
    response.delete_cookie(COOKIE, httponly=True, secure=current_app.config["SETTINGS"].secure_cookies, samesite="Lax")
    return response


@contextmanager
def in_the_name_of(user: User) -> Iterator[None]:
    """Inside, what is filed is filed by this person; who may ask for that, the caller has made sure."""
    before = current_user._get_current_object()
    g._login_user = user  # where Flask-Login keeps the person of a request
    try:
        yield
    finally:
        g._login_user = before


def this_device() -> Device | None:
    """The device of this request, if it is signed in."""
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    device = db.session.scalar(select(Device).where(Device.token_hash == digest(token), Device.signed_in()))
    return device if device and device.user.is_active else None


def touch() -> None:
    """Note, at most once an hour, that this device was here."""
    if current_user.is_authenticated:
        device = db.session.get(Device, g.get("device_id"))
        if device and clock.here() - device.seen_at > timedelta(hours=1):
            device.seen_at = clock.here()


def _who(_request: object) -> User | None:
    device = this_device()
    if device is None:
        return None
    g.device_id = device.id
    return device.user


def is_open() -> bool:
    """Whether the address asked for is open to all: public, or unknown to all."""
    if request.endpoint is None or request.endpoint == "static":
        return True
    return getattr(current_app.view_functions[request.endpoint], "is_public", False)


def _sign_in_first() -> Response | None:
    """Everything needs a signed-in person, except what says that it does not; an unknown address is unknown to all."""
    if is_open() or current_user.is_authenticated:
        return None
    if request.method not in SAFE:
        abort(401)
    return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")), 303)  # type: ignore[return-value]


def _own_password_first() -> Response | None:
    """Who came in with a one-time password chooses his own before anything else."""
    if (
        is_open()
        or not current_user.must_change_password
        or request.endpoint in ("accounts.password", "accounts.change_password")
    ):
        return None
    if request.method not in SAFE:
        abort(401)
    return redirect(url_for("accounts.password"), 303)  # type: ignore[return-value]
