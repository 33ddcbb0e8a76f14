"""Whom one may call with an @ where the work is somebody's: read by people, and by the suggestions under a field."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select

from webapp.accounts.access import find_or_404, visible_to
from webapp.accounts.models import User
from webapp.foundation.pages import page
from webapp.reviews.mentions import people_of

bp = Blueprint("mentions", __name__, url_prefix="/mentions")


@bp.get("/<id:user_id>")
def index(user_id: str) -> ResponseReturnValue:
    owner = find_or_404(select(User).where(User.id == user_id, visible_to(current_user, User.id)))
    people = [person for person in people_of(owner) if person.id != current_user.id]
    return page("reviews/mentions.html", owner=owner, people=people)
