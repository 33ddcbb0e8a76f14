"""How what was written at a customer's reads, field by field, when somebody else has to decide about it."""

from flask import request

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation.db import db, new_id
from webapp.foundation.i18n import _, pgettext
from webapp.outbox.quarantine import Lines, reads
from webapp.outbox.spelling import spell
from webapp.visits.promise_forms import PromiseForm
from webapp.visits.report_desk import Desk
from webapp.visits.report_forms import HallwayForm, ReportForm
from webapp.visits.report_rows import SETTLEMENTS, rows
from webapp.visits.words import OUTCOMES


@reads("reports")
def report(customer_id: str, author: User) -> Lines:
    desk = Desk(_customer(customer_id), author)
    form = (HallwayForm if request.form.get("mode") == "hallway" else ReportForm)(desk, sent=True)
    lines = spell(form, but=("openers", "settled"), first=("met", "purpose", "result"))
    for row in rows(form.openers):
        if row.outcome.data in OUTCOMES and (item := desk.opener(row.item_id.data)):
            lines.append((_("破冰"), f"{item.line} {OUTCOMES[row.outcome.data]}"))
    for row in rows(form.settled):
        if row.state.data in SETTLEMENTS and (promise := desk.promise(row.promise_id.data)):
            lines.append((_("以前的承诺"), f"{promise.text} {SETTLEMENTS[row.state.data]}"))
    return lines


@reads("promises")
def promise(customer_id: str, author: User) -> Lines:
    return spell(PromiseForm(_customer(customer_id)))


@reads("check-ins")
def check_in(customer_id: str, author: User) -> Lines:
    return [(pgettext("filed", "打卡"), _("记了位置") if request.form.get("latitude") else _("没有位置"))]


def _customer(customer_id: str) -> Customer:
    """The customer, or one of whom nothing is known, for a reader who must learn nothing of it."""
    return db.session.get(Customer, customer_id) or Customer(id=new_id(), level="", contacts=[])
