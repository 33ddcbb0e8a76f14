from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from webapp.accounts import admin_queries
from webapp.accounts.access import find_or_404, only
from webapp.accounts.admin_forms import TeamForm
from webapp.accounts.models import Team, note
from webapp.foundation import filing
from webapp.foundation.db import db
from webapp.foundation.i18n import _
from webapp.foundation.pages import page

bp = Blueprint("teams", __name__)


@bp.get("/teams")
@only("admin")
def index() -> ResponseReturnValue:
    return page("accounts/teams/index.html", tree=admin_queries.team_tree())


@bp.get("/teams/new")
@only("admin")
def new() -> ResponseReturnValue:
    return page(
        "accounts/teams/form.html",
        form=TeamForm(formdata=None, data={"parent_id": request.args.get("under", "")}),
        team=None,
    )


@bp.post("/teams")
@only("admin")
def create() -> ResponseReturnValue:
    form = TeamForm()
    if not form.validate_on_submit():
        return page("accounts/teams/form.html", 422, form=form, team=None)
    team = Team(form.parent(), id=filing.submission_id(), name=form.name.data, region=form.region.data or "")
    db.session.add(team)
    note("team_created", team)
    return redirect(url_for("teams.index"), 303)


@bp.get("/teams/<id:team_id>")
@only("admin")
def edit(team_id: str) -> ResponseReturnValue:
    team = _known(team_id)
    return page(
        "accounts/teams/form.html",
        form=TeamForm(team, formdata=None),
        team=team,
        hanging=admin_queries.what_hangs_on(team),
    )


@bp.post("/teams/<id:team_id>")
@only("admin")
def update(team_id: str) -> ResponseReturnValue:
    team = _known(team_id)
    form = TeamForm(team)
    if not form.validate_on_submit():
        return page("accounts/teams/form.html", 422, form=form, team=team, hanging=admin_queries.what_hangs_on(team))
    parent = form.parent()
    team.name, team.region = form.name.data or "", form.region.data or ""
    team.move_under(parent)
    note("team_changed", team, under_id=parent.id if parent else "")
    flash(_("存好了。"))
    return redirect(url_for("teams.index"), 303)


@bp.post("/teams/<id:team_id>/removal")
@only("admin")
def remove(team_id: str) -> ResponseReturnValue:
    team = _known(team_id)
    if any(hanging := admin_queries.what_hangs_on(team)):
        return page("accounts/teams/form.html", 422, form=TeamForm(team, formdata=None), team=team, hanging=hanging)
    note("team_deleted", team)
    db.session.delete(team)
    flash(_("团队“%(name)s”删掉了。", name=team.name))
    return redirect(url_for("teams.index"), 303)


def _known(team_id: str) -> Team:
    return find_or_404(select(Team).where(Team.id == team_id))
