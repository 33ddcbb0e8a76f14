"""What lin has reckoned for the company of the first screen: the bearing, twelve for ten years."""

from webapp.accounts.models import User
from webapp.customers.models import Customer
from webapp.foundation.db import new_id
from webapp.worth.models import Comparison, Worked
from webapp.worth.rules import Side, Sums, reckon

ROWS = (
    ("交期", "天", "3", "15", -20_000),
    ("质保", "月", "36", "12", 5_000),
    ("密封", "", "接触式双封", "防尘盖", None),
)


def reckon_bearings(customer: Customer, by: User) -> None:
    sums = Sums(Side(360_000, 100_000, 90_000), Side(68_000, 8_000, 90_000), quantity=12)
    answer = reckon(sums)
    assert answer is not None
    names = ("name", "unit", "ours", "theirs", "cents_per_unit")
    rows = [dict(zip(names, row, strict=True)) for row in ROWS]
    Comparison.lay(customer, by, Worked("6205轴承", "国产6205", sums, rows, answer), new_id())
