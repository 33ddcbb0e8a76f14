from dataclasses import dataclass


@dataclass(frozen=True)
class Noticed:
    """Something was put on a customer's attention list."""

    item_id: str
    customer_id: str
    by_id: str


@dataclass(frozen=True)
class Greeted:
    """Somebody was greeted for his birthday or a festival."""

    contact_id: str
    occasion: str
