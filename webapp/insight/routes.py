"""The week in figures, how the forms are kept, and where everybody is in the day."""

from datetime import timedelta

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from webapp.accounts.access import only
from webapp.accounts.handsets import all_of
from webapp.foundation import clock
from webapp.foundation.pages import page
from webapp.insight.discipline import forms_of, window
from webapp.insight.playbook import library_of
from webapp.insight.queries import people_for, week_of
from webapp.insight.team import members
from webapp.playbook.models import APPROVERS

bp = Blueprint("insight", __name__)
blueprints = [bp]


@bp.get("/insight")
def index() -> ResponseReturnValue:
    """The week that `?weeks_ago=` names (0 is this one): a leader sees his people, a rep himself."""
    ago = request.args.get("weeks_ago", "0")
    back = min(int(ago), 520) if ago.isdigit() else 0
    today = clock.today()
    monday = today - timedelta(days=today.weekday(), weeks=back)
    return page(
        "insight/index.html",
        week=week_of(current_user, monday),
        back=back,
        phones=all_of(current_user) if not back else [],
    )


@bp.get("/insight/forms")
def forms() -> ResponseReturnValue:
    """A rep's own; a leader's people's."""
    return page("insight/forms.html", people=forms_of(people_for(current_user)), window=window())


@bp.get("/team")
@only("supervisor", "manager", "director", "admin")
def team() -> ResponseReturnValue:
    return page("insight/team.html", members=members(current_user))


@bp.get("/insight/playbook")
@only(*APPROVERS)
def playbook() -> ResponseReturnValue:
    """How the library does, and what is missing in it."""
    return page("insight/playbook.html", library=library_of(current_user))
