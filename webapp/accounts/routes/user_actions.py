"""What an administrator does with an account: a new password, signing out, closing, reopening, handing over."""

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.accounts.access import only
from webapp.accounts.admin_forms import HandoverForm
from webapp.accounts.models import User, note
from webapp.accounts.routes.users import hand_out_password, known
from webapp.foundation.i18n import _
from webapp.foundation.pages import page

bp = Blueprint("user_actions", __name__)


@bp.post("/users/<id:user_id>/one-time-password")
@only("admin")
def reset_password(user_id: str) -> ResponseReturnValue:
    user = _another(user_id)
    hand_out_password(user)
    note("password_reset", user)
    return redirect(url_for("users.one_time_password", user_id=user_id), 303)


@bp.post("/users/<id:user_id>/devices/revocation")
@only("admin")
def sign_out_devices(user_id: str) -> ResponseReturnValue:
    user = known(user_id)
    user.sign_out_devices()
    note("devices_signed_out", user)
    flash(_("%(name)s的设备都退出了。", name=user.name))
    return redirect(url_for("users.edit", user_id=user_id), 303)


@bp.post("/users/<id:user_id>/closure")
@only("admin")
def close(user_id: str) -> ResponseReturnValue:
    user = _another(user_id)
    user.disable()
    note("user_disabled", user)
    flash(_("%(name)s的账号停用了，设备都退出了。", name=user.name))
    return redirect(url_for("users.edit", user_id=user_id), 303)


@bp.post("/users/<id:user_id>/reopening")
@only("admin")
def reopen(user_id: str) -> ResponseReturnValue:
    user = known(user_id)
    user.enable()
    note("user_enabled", user)
    flash(_("%(name)s又可以登录了。", name=user.name))
    return redirect(url_for("users.edit", user_id=user_id), 303)


@bp.get("/users/<id:user_id>/handover")
@only("admin")
def handover(user_id: str) -> ResponseReturnValue:
    user = known(user_id)
    return page("accounts/users/handover.html", form=HandoverForm(user, formdata=None), user=user)


@bp.post("/users/<id:user_id>/handover")
@only("admin")
def hand_over(user_id: str) -> ResponseReturnValue:
    user = known(user_id)
    form = HandoverForm(user)
    if not form.validate_on_submit():
        return page("accounts/users/handover.html", 422, form=form, user=user)
    successor = known(form.to_id.data)
    user.hand_customers_to(successor, by=current_user)
    flash(_("%(name)s的客户都归%(other)s了。", name=user.name, other=successor.name))
    return redirect(url_for("users.edit", user_id=user_id), 303)


def _another(user_id: str) -> User:
    """The person, unless it is oneself: nobody closes the door on himself."""
    if user_id == current_user.id:
        abort(403)
    return known(user_id)
