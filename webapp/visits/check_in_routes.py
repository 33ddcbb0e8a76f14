"""«I'm here»: noted at once, whatever the phone knows of its position; then the report."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.customers.queries import find
from webapp.foundation.i18n import _
from webapp.outbox import gate
from webapp.visits.check_in_forms import CheckInForm
from webapp.visits.models import CheckIn

bp = Blueprint("check_ins", __name__)


@bp.post("/customers/<id:customer_id>/check-ins")
def create(customer_id: str) -> ResponseReturnValue:
    customer = find(customer_id)
    knew_the_place = customer.place is not None
    here = CheckIn.arrive(customer, current_user, CheckInForm().fix(), gate.submission_id())
    if customer.place and not knew_the_place:
        flash(_("顺手记下了%(customer)s的位置。", customer=customer.title))
    gate.describe("check_in", customer.title)
    return redirect(url_for("reports.new", customer_id=customer.id, check_in=here.id), 303)
