from flask import Blueprint, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from webapp.accounts import admin_queries, passwords
from webapp.accounts.access import find_or_404, only
from webapp.accounts.admin_forms import UserForm
from webapp.accounts.models import User, note
from webapp.foundation import filing
from webapp.foundation.db import as_id, db
from webapp.foundation.i18n import _
from webapp.foundation.pages import clean, page

bp = Blueprint("users", __name__)


@bp.get("/users")
@only("admin")
def index() -> ResponseReturnValue:
    asked = {name: clean(request.args.get(name))[:100] for name in ("q", "role", "state", "team")}
    number = request.args.get("page", 1, type=int)
    at_page = min(max(number, 1), 10_000)
    people = admin_queries.people(asked["q"], asked["role"], asked["state"], as_id(asked["team"]) or "", at_page)
    return page(
        "accounts/users/index.html", people=people, asked=asked, team=admin_queries.team(asked["team"]), at_page=at_page
    )


@bp.get("/users/new")
@only("admin")
def new() -> ResponseReturnValue:
    form = UserForm(formdata=None, data={"role": "rep", "team_id": request.args.get("team", "")})
    return page("accounts/users/form.html", form=form, user=None)


@bp.post("/users")
@only("admin")
def create() -> ResponseReturnValue:
    form = UserForm()
    if not form.validate_on_submit():
        return page("accounts/users/form.html", 422, form=form, user=None)
    user = User(id=filing.submission_id(), **form.values())
    hand_out_password(user)
    db.session.add(user)
    note("user_created", user, role=user.role)
    return redirect(url_for("users.one_time_password", user_id=user.id), 303)


@bp.get("/users/<id:user_id>")
@only("admin")
def edit(user_id: str) -> ResponseReturnValue:
    user = known(user_id)
    return page("accounts/users/form.html", form=UserForm(user, formdata=None), user=user)


@bp.post("/users/<id:user_id>")
@only("admin")
def update(user_id: str) -> ResponseReturnValue:
    user = known(user_id)
    form = UserForm(user)
    if not form.validate_on_submit():
        return page("accounts/users/form.html", 422, form=form, user=user)
    changed = [name for name, value in form.values().items() if getattr(user, name) != value]
    for name in changed:
        setattr(user, name, form.values()[name])
    note("user_changed", user, fields=changed)
    flash(_("存好了。"))
    return redirect(url_for("users.edit", user_id=user.id), 303)


@bp.get("/users/<id:user_id>/one-time-password")
@only("admin")
def one_time_password(user_id: str) -> ResponseReturnValue:
    """Shown once, to the administrator who has just made it."""
    whose, password = session.pop("one_time_password", ("", ""))
    answer = page(
        "accounts/users/one_time_password.html", user=known(user_id), password=password if whose == user_id else ""
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def hand_out_password(user: User) -> None:
    """Give him a password for one time, and keep it for the one page that shows it."""
    password = passwords.one_time()
    user.give_one_time_password(password)
    session["one_time_password"] = (user.id, password)


def known(user_id: str) -> User:
    return find_or_404(select(User).where(User.id == user_id))
