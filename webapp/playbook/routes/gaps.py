from typing import Any

from flask import flash, redirect, url_for
from flask_login import current_user

from webapp.foundation.i18n import _
from webapp.foundation.pages import clean, page
from webapp.outbox import gate
from webapp.playbook.answers import answers
from webapp.playbook.forms import GapForm
from webapp.playbook.models import Gap
from webapp.playbook.routes.room import bp, find_customer


@bp.post("/playbook/gaps")
def note_gap() -> Any:
    """Somebody heard this and found nothing: whoever keeps the library is told what is missing."""
    form = GapForm()
    customer = find_customer(form.customer.data)
    if not form.validate():
        said = clean(form.said.data)[:200]
        found = answers(said or "?", current_user, customer)
        return page("playbook/answers.html", 422, said=said, customer=customer, found=found, gap=form)
    with_whom = customer.id if customer else None
    Gap.note(form.said.data, current_user, with_whom, gate.submission_id())
    gate.describe("gap", form.said.data, gate.submission_id())
    flash(_("报上去了，有人写好就在这儿找得到。"))
    return redirect(url_for(".index", q=form.said.data, customer=with_whom), 303)
