"""A browser says where it can be reached, or that it cannot any more. Asked by scripts only; the answers are empty."""

from flask import Blueprint, abort, g, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.push.forms import SubscriptionForm
from webapp.push.keys import public_key
from webapp.push.models import Subscription

bp = Blueprint("push", __name__)


@bp.post("/push/subscriptions")
def subscribe() -> ResponseReturnValue:
    """Said again at each start: what is known already is only marked as still there."""
    form = SubscriptionForm()
    if not public_key():
        abort(404)
    if not form.validate_on_submit():
        return " ".join(sorted(form.errors)), 422
    Subscription.keep(current_user, g.device_id, form.endpoint.data, form.p256dh.data, form.auth.data)
    return "", 204


@bp.post("/push/subscriptions/removal")
def unsubscribe() -> ResponseReturnValue:
    Subscription.drop(current_user.id, request.form.get("endpoint", ""))
    return "", 204
