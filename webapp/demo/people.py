"""Who lives in the demo office."""

from types import SimpleNamespace

from webapp.accounts.models import Team, User
from webapp.foundation.db import db, new_id

PASSWORD = "doorstep-demo"
USERNAMES = ("lin", "sun", "wu", "zhou", "director", "admin")


def move_in() -> SimpleNamespace:
    """Make the teams and the people; they share one password hash, so that the demo loads quickly."""
    east = Team(name="华东大区", region="华东")
    suzhou = Team(name="苏南办事处", region="苏南", parent=east)
    nanjing = Team(name="南京办事处", region="苏北", parent=east)
    db.session.add_all([east, suzhou, nanjing])
    db.session.flush()  # people point to teams by id
    first = _person("lin", "林晓岚", "rep", suzhou, "13900002746")
    first.set_password(PASSWORD)
    people = {
        "lin": first,
        "sun": _person("sun", "孙海涛", "rep", suzhou, "13900002747"),
        "wu": _person("wu", "吴俊", "rep", nanjing, "13900002748"),
        "zhou": _person("zhou", "周建国", "supervisor", suzhou, "13900002749"),
        "director": _person("director", "沈明远", "director", east, "13900002750"),
        "admin": _person("admin", "何内勤", "admin", None, "13900002751"),
    }
    for person in people.values():
        person.password_hash = first.password_hash
        db.session.add(person)
    db.session.flush()  # customers point to people by id
    return SimpleNamespace(**people)


def _person(username: str, name: str, role: str, team: Team | None, phone: str) -> User:
    return User(id=new_id(), username=username, name=name, role=role, team=team, phone=phone, password_hash="")
