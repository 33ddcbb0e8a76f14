"""What a person keeps about himself: name, language, password, devices."""

from flask import flash, g, make_response, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from webapp.accounts import entry, queries, sessions
from webapp.accounts.access import find_or_404
from webapp.accounts.forms import ChangedPassword, OwnPassword, SettingsForm
from webapp.accounts.models import Device
from webapp.accounts.routes.sign_in import bp, speak
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.foundation.settings import VERSION


@bp.get("/settings")
def settings() -> ResponseReturnValue:
    return _settings(SettingsForm(formdata=None, obj=current_user))


@bp.post("/settings")
def save_settings() -> ResponseReturnValue:
    form = SettingsForm()
    if not form.validate_on_submit():
        return _settings(form, 422)
    current_user.name, current_user.phone = form.name.data, form.phone.data or ""
    current_user.language, current_user.scheme = form.language.data, form.scheme.data or ""
    current_user.zone = form.zone.data or None
    answer = speak(make_response(redirect(url_for("accounts.settings"), 303)), form.language.data)
    flash(_("存好了。"))
    return answer


def _settings(form: SettingsForm, status: int = 200) -> ResponseReturnValue:
    devices = queries.devices_of(current_user, g.device_id)
    return page("accounts/settings.html", status, form=form, devices=devices, here=g.device_id, version=VERSION)


@bp.get("/settings/password")
def password() -> ResponseReturnValue:
    return page("accounts/password.html", form=_password_form())


@bp.post("/settings/password")
def change_password() -> ResponseReturnValue:
    form, forced = _password_form(), current_user.must_change_password
    if minutes := entry.minutes_to_wait(current_user.username):
        form.new.errors = [_("试得太多次了，%(n)s分钟后再来。", n=minutes)]
        return page("accounts/password.html", 429, form=form)
    if not form.validate_on_submit():
        if "current" in form.errors:
            entry.wrong_password(current_user.username)
        return page("accounts/password.html", 422, form=form)
    current_user.change_password(form.new.data, keep=g.device_id)
    flash(_("密码换好了，别的设备都退出了。"))
    return redirect("/" if forced else url_for("accounts.settings"), 303)


def _password_form() -> OwnPassword:
    """Who has just come in with a one-time password need not type it again."""
    return OwnPassword() if current_user.must_change_password else ChangedPassword()


@bp.post("/devices/<id:device_id>/revocation")
def revoke_device(device_id: str) -> ResponseReturnValue:
    find_or_404(select(Device).where(Device.id == device_id, Device.user_id == current_user.id)).revoke()
    if device_id == g.device_id:
        return sessions.forget(make_response(redirect(url_for("accounts.sign_in"), 303)))
    return redirect(url_for("accounts.settings"), 303)


@bp.post("/devices/others/revocation")
def revoke_other_devices() -> ResponseReturnValue:
    current_user.sign_out_devices(keep=g.device_id)
    flash(_("别的设备都退出了。"))
    return redirect(url_for("accounts.settings"), 303)
