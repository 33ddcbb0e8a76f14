"""@somebody: who is meant, by name, by pinyin or its initials, among those who may see what the talk is about."""

import re

from webapp.accounts.leaders import leaders_of
from webapp.accounts.models import User
from webapp.foundation.pinyin import matches

AT = re.compile(r"[@\uff20]([^\s@,.;:!?\u3000-\u303f\uff00-\uff20]{1,30})")


def people_of(owner: User) -> list[User]:
    """Whose work it is, and everybody who leads him: nobody else sees it."""
    return [owner, *leaders_of(owner)]


def named_in(text: str, people: list[User]) -> dict[str, User]:
    """What stands behind each @ → who is meant; who cannot be told apart from another is nobody."""
    found = {}
    for said in AT.findall(text):
        whole = [person for person in people if said.startswith(person.name)]
        like = whole[:1] or [person for person in people if matches(said, person.name)]
        if len(like) == 1:
            found[like[0].name if whole else said] = like[0]
    return found


def spelled_out(text: str, named: dict[str, User]) -> str:
    """The text with whole names in place of initials."""
    for said, person in named.items():
        for sign in "@\uff20":
            text = text.replace(sign + said, f"@{person.name}")
    return text
