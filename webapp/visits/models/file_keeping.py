"""What a visit changes in the customer's file, and how to take it back: needs that were heard, debts that were paid."""

from datetime import date
from typing import Any

from webapp.customers.models import Customer

MOST_PAIN = 4000
"""Characters of needs that the customer's file carries; older ones stay in the reports."""


def take_off_debts(customer: Customer, cents: int) -> dict[str, Any]:
    """Let a payment reduce what is owed, never below nothing; returns what it took off, so that it can be put back."""
    paid: dict[str, Any] = {}
    for debt in ("overdue_cents", "receivable_cents"):
        owed = getattr(customer, debt) or 0
        if off := min(owed, cents):
            paid[debt] = off
            setattr(customer, debt, owed - off)
    if paid.get("overdue_cents") and not customer.overdue_cents:
        paid["overdue_since"] = spelled(customer.overdue_since)
        customer.overdue_since = None
    return paid


def put_back_debts(customer: Customer, paid: dict[str, Any]) -> None:
    for debt in ("overdue_cents", "receivable_cents"):
        if debt in paid:
            setattr(customer, debt, (getattr(customer, debt) or 0) + paid[debt])
    if paid.get("overdue_since"):
        customer.overdue_since = date.fromisoformat(paid["overdue_since"])


def add_to_pain(pain: str, line: str) -> str:
    """The needs heard so far with this one behind them; the oldest lines make room."""
    lines = [*pain.splitlines(), line] if line else pain.splitlines()
    while len("\n".join(lines)) > MOST_PAIN and len(lines) > 1:
        lines.pop(0)
    return "\n".join(lines)


def without(pain: str, line: str) -> str:
    return "\n".join(other for other in pain.splitlines() if other != line) if line else pain


def spelled(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
