from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from webapp.accounts import admin_queries
from webapp.accounts.access import only
from webapp.foundation.pages import page

bp = Blueprint("audit", __name__)


@bp.get("/audit")
@only("admin")
def index() -> ResponseReturnValue:
    action = request.args.get("action", "")[:40]
    entries = admin_queries.audit_log(action)
    return page("accounts/audit.html", entries=entries, action=action, actions=admin_queries.audited_actions())
