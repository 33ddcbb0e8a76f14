"""How to reach the people behind the door: whom to call, whose WeChat to copy, which link opens the phone's own map."""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from webapp.customers.models import Customer

_APPLE = re.compile(r"iPhone|iPad|iPod|Macintosh")


@dataclass(frozen=True)
class Number:
    """A phone number and whose it is."""

    name: str
    title: str
    shown: str

    @property
    def url(self) -> str:
        return tel(self.shown)


def tel(phone: str) -> str:
    """The link that dials it, extension and all (RFC 3966; a comma waits for the line)."""
    return "tel:" + re.sub(r"[^\d+,*#]", "", re.sub(r"\s*(转|ext\.?|x)\s*", ",", phone, flags=re.IGNORECASE))


def numbers(customer: Customer) -> list[Number]:
    """Who decides comes first, the switchboard last."""
    people = [Number(person.name, person.title, person.phone) for person in customer.people if person.phone]
    switchboard = [Number(customer.title, "", customer.phone)] if customer.phone else []
    known = {number.url for number in people}
    return people + [number for number in switchboard if number.url not in known]


def address(customer: Customer) -> str:
    """The address as one says it, with what it lacks of city and district in front."""
    place = customer.address or ""
    before = [part for part in (customer.city, customer.district) if part and part.rstrip("市区县") not in place]
    return "".join(before) + place


def map_url(customer: Customer, agent: str) -> str:
    """A link that the phone's own map answers (RFC 5870, Apple's map links); nothing is asked of a map service here."""
    named = address(customer) or customer.name
    if customer.place is None and not (customer.address or customer.city):
        return ""
    at = "{:.6f},{:.6f}".format(*customer.place) if customer.place else ""
    if _APPLE.search(agent):
        return "maps://?" + urlencode({"ll": at, "q": customer.title} if at else {"q": named})
    return f"geo:{at}?q={at}({quote(customer.title)})" if at else f"geo:0,0?q={quote(named)}"
