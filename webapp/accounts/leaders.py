"""Who leads whom: whoever is to hear of somebody's work, and whoever signs it off."""

from sqlalchemy import select

from webapp.accounts.models import User
from webapp.foundation import at_hand
from webapp.foundation.db import db

LEADING = ("supervisor", "manager", "director")


def leaders_of(user: User) -> list[User]:
    """Everybody up the tree of teams who sees this person's work, the nearest first."""
    if user.team is None:
        return []
    above = user.team.path.strip("/").split("/")
    leads = select(User).where(User.team_id.in_(above), User.disabled_at.is_(None), User.id != user.id)
    found = db.session.scalars(leads.where(User.role.in_(LEADING)).order_by(User.name))
    return sorted(found, key=lambda leader: -above.index(leader.team_id or above[0]))


def supervisors_of(user: User) -> list[User]:
    """The people who sign off this user's work: the nearest reviewers up the tree of teams."""
    return at_hand.keep("supervisors", user.id, lambda: _nearest_reviewers(user))


def _nearest_reviewers(user: User) -> list[User]:
    leaders = leaders_of(user)
    return [one for one in leaders if one.team_id == leaders[0].team_id]
