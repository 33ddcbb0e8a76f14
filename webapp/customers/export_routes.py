from flask import Blueprint, Response, request
from flask_login import current_user

from webapp.customers.exporting import Sheet, export
from webapp.customers.filters import Filters
from webapp.customers.spreadsheet import XLSX, as_csv, as_xlsx, download
from webapp.foundation import clock
from webapp.foundation.i18n import _
from webapp.outbox import gate

bp = Blueprint("exports", __name__, url_prefix="/customers")


@bp.get("/export.csv")
def as_comma_separated() -> Response:
    """The list with its filters, as a table for any program."""
    return download(as_csv(_sheet()), "text/csv", _filename("csv"))


@bp.get("/export.xlsx")
def as_workbook() -> Response:
    return download(as_xlsx(_sheet(), _("客户")), XLSX, _filename("xlsx"))


def _sheet() -> Sheet:
    """What is asked for; that it was asked for is on record before the first row leaves the house."""
    with gate.transaction():
        return export(current_user, Filters.of(request.args))


def _filename(ending: str) -> str:
    return f"{_('客户')}-{clock.today().isoformat()}.{ending}"
