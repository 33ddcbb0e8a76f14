"""What happened with people, for the rooms above."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CustomersHandedOver:
    """Someone leaves, or cannot go on: all customers of one person are another's from now on."""

    from_id: str
    to_id: str
    by_id: str
