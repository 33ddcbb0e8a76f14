from typing import Any

import wtforms
from flask import Blueprint, Response, flash, g, redirect, request, url_for
from flask_login import current_user
from flask_wtf.file import FileField

from webapp.accounts.access import only
from webapp.customers.spreadsheet import XLSX, as_csv, as_xlsx, download
from webapp.foundation import clock
from webapp.foundation.forms import FieldForm
from webapp.foundation.i18n import _, _l
from webapp.foundation.pages import clean, page
from webapp.outbox import gate
from webapp.playbook.models import APPROVERS, may_approve
from webapp.playbook.texts import handing_out as out
from webapp.playbook.texts import wrong
from webapp.playbook.texts.taking import take, wrong_with
from webapp.playbook.texts.unpacking import Brought, unpack

bp = Blueprint("playbook_files", __name__, url_prefix="/playbook/files")
MOST_BYTES = 20 * 1024 * 1024


class BringForm(FieldForm):
    file = FileField(_l("话术或产品文件"))


@gate.before_the_lock
def _read_ahead() -> None:
    if request.endpoint == "playbook_files.create" and current_user.is_authenticated and may_approve(current_user):
        file = request.files.get("file")
        name = clean((file.filename or "").replace("\\", "/").rpartition("/")[2])[:200] if file else ""
        g.brought = unpack(name, file.stream.read(MOST_BYTES + 1)) if file and name else None
        if file:
            file.stream.seek(0)  # the gate reads it too


@bp.get("")
@only(*APPROVERS)
def index() -> Response:
    return _page(BringForm())


@bp.post("")
@only(*APPROVERS)
def create() -> Any:
    """Take a file in: all that is in it, or nothing and a list of what is wrong."""
    form, brought = BringForm(), g.brought
    problems = wrong_with(brought) if brought else []
    if brought is None:
        form.file.errors = [_("选一个文件。")]
    if brought is None or problems or not form.validate():
        return _page(form, 422, [wrong.sentence(problem) for problem in problems])
    _say_what_was_taken(brought)
    return redirect(url_for(".index"), 303)


@bp.get('/<any("tracks.csv", "tracks.xlsx", "tracks.zip", "products.csv", "products.xlsx", "products.zip"):sheet>')
@only(*APPROVERS)
def hand_out(sheet: str) -> Response:
    """The library as a table, or as text files."""
    kind, _dot, ending = sheet.partition(".")
    title = _("话术") if kind == "tracks" else _("产品")
    rows = list(out.track_rows() if kind == "tracks" else out.product_rows()) if ending != "zip" else []
    name = f"{title}-{clock.today().isoformat()}.{ending}"
    if ending == "zip":
        texts = out.track_texts() if kind == "tracks" else out.product_texts()
        return download([out.as_zip(list(texts))], "application/zip", name)
    whole = as_csv(rows) if ending == "csv" else as_xlsx(rows, title)
    return download(list(whole), "text/csv" if ending == "csv" else XLSX, name)


def _page(form: wtforms.Form, status: int = 200, problems: list[str] | None = None) -> Response:
    problems = problems or []
    more = max(0, len(problems) - wrong.SHOWN)
    return page("playbook/files.html", status, form=form, problems=problems[: wrong.SHOWN], more=more)


def _say_what_was_taken(brought: Brought) -> None:
    taken = take(brought, current_user)
    flash(_("新加%(a)s条，改了%(c)s条，%(s)s条没变。", a=taken.added, c=taken.changed, s=taken.same))
