from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from webapp.accounts import auditing
from webapp.accounts.access import only
from webapp.foundation.pages import page

bp = Blueprint("audit", __name__)


@bp.get("/audit")
@only("admin")
def index() -> ResponseReturnValue:
    """`?action=`, `?actor=`, `?subject=`, `?since=`, `?until=` narrow it; `?before=` (a number) goes on into the past."""
    wanted = auditing.Wanted.read(request.args)
    log = auditing.page_of(wanted, request.args.get("before"))
    return page("accounts/audit.html", log=log, wanted=wanted, actions=auditing.actions(), actors=auditing.actors())


@bp.get("/audit/proof")
@only("admin")
def proof() -> ResponseReturnValue:
    """The whole chain is read: is it as it was written?"""
    return page("accounts/audit_proof.html", verdict=auditing.verify(), is_locked=auditing.is_locked())
