from typing import Any

from flask import Blueprint, Response, flash, g, redirect, request, url_for
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from webapp.customers import export_routes
from webapp.customers.importing import queries, words, work
from webapp.customers.importing.beginning import Reading, begin, limit_mb, reread
from webapp.customers.importing.forms import ReadingForm, RunForm, UploadForm, columns_form
from webapp.customers.importing.models import ImportRun
from webapp.customers.importing.reading import Unreadable
from webapp.customers.importing.stored import forget
from webapp.customers.spreadsheet import as_csv, download
from webapp.foundation.i18n import _
from webapp.foundation.pages import page
from webapp.outbox import gate

bp = Blueprint("imports", __name__, url_prefix="/customers/import")
blueprints = [bp, export_routes.bp]


@bp.context_processor
def _at_hand() -> dict[str, Any]:
    return {"import_words": words}


@bp.get("")
def new() -> Response:
    return _upload(UploadForm())


@bp.post("")
def create() -> Any:
    form, upload = UploadForm(), g.upload
    if upload.problem:
        form.refuse(upload.problem)
    if upload.problem or not form.validate():
        return _upload(form, 422)
    run = begin(current_user, upload, gate.submission_id())
    return redirect(url_for(".columns", run_id=run.id), 303)


@bp.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """So big that it was not even read; said where the file was chosen."""
    form = UploadForm(formdata=None)
    form.file.errors = [words.why_unreadable("too_big", most=limit_mb())]
    return _upload(form, 413)


@bp.errorhandler(Unreadable)
def unreadable(error: Unreadable) -> Any:
    """The file of a run cannot be read any more."""
    flash(words.why_unreadable(error.code, **error.values), "error")
    return redirect(url_for(".new"), 303)


@bp.get("/sample.csv")
def sample() -> Response:
    """A list to fill in, with the headings that are understood best."""
    return download(as_csv(words.sample_rows()), "text/csv", _("客户名单样本") + ".csv")


@bp.get("/<id:run_id>/columns")
def columns(run_id: str) -> Response:
    """What the columns mean; `?encoding=&separator=&sheet=&header=` reads the file another way."""
    run = queries.find_unstarted(run_id)
    reading = reread(run, request.args)
    return _columns(run, reading, columns_form(reading.layout, reading.samples, reading.mapping))


@bp.post("/<id:run_id>/columns")
def assign(run_id: str) -> Any:
    run, reading = queries.find_unstarted(run_id), g.reading
    form = columns_form(reading.layout, reading.samples, reading.mapping)
    if reading.problem or not form.validate():
        return _columns(run, reading, form, 422)
    run.choose(form.mapping, **vars(reading.layout))
    return redirect(url_for(".preview", run_id=run.id), 303)


@bp.get("/<id:run_id>/preview")
def preview(run_id: str) -> Response:
    """What would happen, row by row, before anything does."""
    run = queries.find_unstarted(run_id)
    return _preview(run, RunForm(formdata=None))


@bp.post("/<id:run_id>/run")
def run(run_id: str) -> Any:
    found = queries.find_unstarted(run_id)
    form = RunForm().offer(queries.owners_for(current_user), found)
    if not form.validate():
        return _preview(found, form, 422)
    found.begin(form.owner.data, form.duplicates.data)
    gate.describe("import", found.filename)
    work.start(found)
    return redirect(url_for(".show", run_id=found.id), 303)


@bp.get("/<id:run_id>")
def show(run_id: str) -> Any:
    """How far it is, or what became of it."""
    found = queries.find(run_id)
    if found.state == "mapping":
        return redirect(url_for(".columns", run_id=found.id), 303)
    return page("customers/import/show.html", run=found, faults=list(queries.faults(found, queries.SHOWN)))


@bp.post("/<id:run_id>/resumption")
def resume(run_id: str) -> Any:
    """Go on with a run that got stuck."""
    found = queries.find(run_id)
    if found.state == "running":
        work.start_again(found)
    return redirect(url_for(".show", run_id=found.id), 303)


@bp.post("/<id:run_id>/cancellation")
def cancel(run_id: str) -> Any:
    """Before it has begun: as if it had never been. Later: no further rows."""
    found = queries.find(run_id)
    if found.state == "mapping":
        forget(found)
        return redirect(url_for(".new"), 303)
    found.stop()
    return redirect(url_for(".show", run_id=found.id), 303)


@bp.get("/<id:run_id>/faults.csv")
def faults(run_id: str) -> Response:
    """The rows that were left out, to be mended and imported again."""
    found = queries.find(run_id)
    return download(as_csv(words.fault_rows(queries.faults(found))), "text/csv", _("没导入的行") + ".csv")


def _upload(form: UploadForm, status: int = 200) -> Response:
    return page("customers/import/new.html", status, form=form, runs=queries.latest(current_user), limit=limit_mb())


def _columns(run: ImportRun, reading: Reading, form: Any, status: int = 200) -> Response:
    how = ReadingForm.of(reading.table, reading.layout, reading.problem)
    return page("customers/import/columns.html", status, run=run, reading=reading, form=form, how=how)


def _preview(run: ImportRun, form: RunForm, status: int = 200) -> Response:
    found = queries.preview(run, current_user)
    return page("customers/import/preview.html", status, run=run, form=form.offer(found.owners, run), found=found)
