"""What the administrator's pages show: people, teams, and what was done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import joinedload

from webapp.accounts import words
from webapp.accounts.models import REVIEWERS, Device, Team, User
from webapp.accounts.phones import plain_phone
from webapp.foundation.db import as_id, db

PEOPLE = 50


@dataclass
class People:
    """One page of the list of people: each with when he was last seen; and how many there are in all."""

    rows: Sequence[Row[User, datetime | None]]
    total: int
    more: bool


def people(q: str = "", role: str = "", state: str = "", team_id: str = "", at_page: int = 1) -> People:
    """The people who fit the filters, by name; `state`: 'off' are the disabled, else those who are here."""
    fitting = select(User.id).where(User.disabled_at.is_not(None) if state == "off" else User.disabled_at.is_(None))
    if role in words.ROLES:
        fitting = fitting.where(User.role == role)
    if team_id:
        fitting = fitting.where(User.team_id.in_(_branch(team_id)))
    if q:
        fitting = fitting.where(_says(q))
    seen = select(func.max(Device.seen_at)).where(Device.user_id == User.id).scalar_subquery()
    wanted = select(User, seen).where(User.id.in_(fitting)).options(joinedload(User.team)).order_by(User.name, User.id)
    rows = db.session.execute(wanted.offset((at_page - 1) * PEOPLE).limit(PEOPLE + 1)).all()
    total = db.session.scalar(select(func.count()).select_from(fitting.subquery())) or 0
    return People(rows[:PEOPLE], total, len(rows) > PEOPLE)


def _says(q: str) -> ColumnElement[bool]:
    anywhere = [User.name.icontains(q, autoescape=True), User.username.icontains(q, autoescape=True)]
    if number := plain_phone(q) or (q if q.isdigit() else ""):
        anywhere.append(func.replace(User.phone, " ", "").contains(number, autoescape=True))
    return or_(*anywhere)


def _branch(team_id: str) -> Select[str]:
    top = select(Team.path).where(Team.id == team_id).scalar_subquery()
    return select(Team.id).where(Team.path.startswith(top))


@dataclass
class Node:
    """A team in the tree, with the people in it and what hangs under it."""

    team: Team
    people: int = 0
    leads: list[str] = field(default_factory=list)
    under: "list[Node]" = field(default_factory=list)


def team_tree() -> list[Node]:
    """All teams as a tree, siblings by name; only people who are here are counted."""
    nodes = {team.id: Node(team) for team in db.session.scalars(select(Team).order_by(Team.name))}
    here = select(User.team_id, User.name, User.role).join(User.team).where(User.disabled_at.is_(None))
    for team_id, name, role in db.session.execute(here.order_by(User.name)):
        node = nodes[team_id or ""]
        node.people += 1
        if role in REVIEWERS:
            node.leads.append(name)
    for node in nodes.values():
        if node.team.parent_id:
            nodes[node.team.parent_id].under.append(node)
    return [node for node in nodes.values() if node.team.parent_id is None]


def team_choices(without: Team | None = None) -> list[tuple[str, str]]:
    """Id and full name (华东区 / 苏州办事处) of each team, in the order of the tree; without this team's branch."""
    found: list[tuple[str, str]] = []

    def walk(nodes: list[Node], above: str) -> None:
        for node in nodes:
            if without is None or not without.holds(node.team):
                found.append((node.team.id, above + node.team.name))
                walk(node.under, f"{above}{node.team.name} / ")

    walk(team_tree(), "")
    return found


def team(team_id: str | None) -> Team | None:
    return db.session.get(Team, known) if (known := as_id(team_id)) else None


def has_sibling_named(name: str | None, parent_id: str | None, other_than: Team | None) -> bool:
    same = select(Team.id).where(Team.name == name, Team.parent_id == parent_id)
    return db.session.scalar(same.where(Team.id != (other_than.id if other_than else "")).limit(1)) is not None


def what_hangs_on(team: Team) -> tuple[int, int]:
    """How many teams stand directly under this one, and how many people are in it, the disabled ones too."""
    teams = select(func.count()).select_from(Team).where(Team.parent_id == team.id)
    people = select(func.count()).select_from(User).where(User.team_id == team.id)
    return db.session.scalar(teams) or 0, db.session.scalar(people) or 0


def successors_of(user: User) -> list[tuple[str, str]]:
    """Whom this person's customers can be handed to: everyone who is here; those of his team come first."""
    others = select(User).where(User.id != user.id, User.disabled_at.is_(None), User.role != "admin")
    found = db.session.scalars(others.options(joinedload(User.team)).order_by(User.name))
    near = sorted(found, key=lambda other: (other.team_id != user.team_id, other.role != "rep"))
    return [(other.id, f"{other.name} · {other.team.name if other.team else words.role(other.role)}") for other in near]
