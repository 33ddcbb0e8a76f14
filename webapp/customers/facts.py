"""What happened with a customer, for the rooms above."""

from dataclasses import dataclass


@dataclass(frozen=True)
class LevelProposed:
    """A rep proposes another level; a supervisor accepts or declines `change_id`."""

    change_id: str
    customer_id: str
    by_id: str


@dataclass(frozen=True)
class LevelChanged:
    """A customer has another level now; nobody (`by_id` None) did it when it rose by itself."""

    customer_id: str
    before: str
    after: str
    by_id: str | None


@dataclass(frozen=True)
class CustomerReassigned:
    """A customer belongs to another person now; `is_one_of_all`: with everything else that he had."""

    customer_id: str
    from_id: str
    to_id: str
    by_id: str
    is_one_of_all: bool = False


@dataclass(frozen=True)
class CustomersMerged:
    """Two files became one: whatever names `gone_id` is to name `kept_id`."""

    kept_id: str
    gone_id: str


@dataclass(frozen=True)
class ContactsMerged:
    """The same person stood in both files: whatever names `gone_id` is to name `kept_id`, then `gone_id` is deleted."""

    kept_id: str
    gone_id: str


@dataclass(frozen=True)
class ConsentChanged:
    """A person said something else than before about being noted: of everything, or of one topic."""

    contact_id: str
    customer_id: str
