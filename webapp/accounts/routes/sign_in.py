from flask import Blueprint, Response, abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import refresh
from flask_login import current_user

from webapp.accounts import entry, sessions
from webapp.accounts.access import public
from webapp.accounts.forms import SignInForm
from webapp.foundation.i18n import LANGUAGES
from webapp.foundation.pages import page
from webapp.foundation.settings import VERSION

bp = Blueprint("accounts", __name__)
YEAR = 365 * 86400


@bp.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    wish = entry.local_path(request.args.get("next"))
    return (
        redirect(wish, 303) if current_user.is_authenticated else _door(SignInForm(formdata=None, data={"next": wish}))
    )


@bp.post("/sign-in")
@public
def enter() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate_on_submit():
        return _door(form, 422)
    try:
        token = entry.come_in(form.name.data or "", form.password.data or "")
    except entry.Refused as refused:
        return _refuse(form, refused)
    return sessions.remember(make_response(redirect(entry.local_path(form.next.data), 303)), token)


def _refuse(form: SignInForm, refused: entry.Refused) -> Response:
    form.password.errors = [str(refused)]
    answer = _door(form, 429 if refused.minutes else 422)
    if refused.minutes:
        answer.headers["Retry-After"] = str(refused.minutes * 60)
    return answer


def _door(form: SignInForm, status: int = 200) -> Response:
    answer = page(
        "accounts/sign_in.html", status, form=form, demo=entry.demo_people(), demo_password=entry.DEMO_PASSWORD
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    sessions.end()
    return sessions.forget(make_response(redirect(url_for("accounts.sign_in"), 303)))


@bp.post("/language")
@public
def language() -> ResponseReturnValue:
    chosen = request.form.get("language") or None
    if chosen and chosen not in LANGUAGES:
        abort(400, description="language")
    if current_user.is_authenticated:
        current_user.language = chosen
    return speak(make_response(redirect(entry.local_path(request.form.get("next")), 303)), chosen)


def speak(response: Response, chosen: str | None) -> Response:
    """Let this browser remember the language, for the pages before signing in too; none means its own wishes."""
    if chosen:
        response.set_cookie("language", chosen, max_age=YEAR, samesite="Lax", httponly=True, secure=request.is_secure)
    else:
        response.delete_cookie("language", samesite="Lax", httponly=True, secure=request.is_secure)
    refresh()
    return response


@bp.get("/about")
@public
def about() -> ResponseReturnValue:
    return page("accounts/about.html", version=VERSION)
