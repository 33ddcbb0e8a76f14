"""What was noticed long ago and may be out of date by now; some of it was asked after since."""

from datetime import date, timedelta

from webapp.accounts.models import User
from webapp.attention.models import AttentionItem
from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import db

LONG_AGO = (
    ("恒润纺机", 120, "supplier", 1, "用洛轴的轴承，合同到年底", "听说他们交期拖到六周，您这儿受影响吗？", "heard", ""),
    ("恒润纺机", 150, "desk", 1, "桌上有台竞品送的台历", "他们明年交期还是六周吗？", "seen", ""),
    ("恒润纺机", 200, "hobby", 0, "周末打羽毛球", "我们周三也有局，缺个双打高手。", "told", "still"),
    ("宏锦印染", 210, "supplier", 0, "用瓦房店的，一直是老同学在供", "", "told", ""),
    ("德瑞水泵", 100, "supplier", 0, "用国产6205，说是便宜", "", "guessed", "unsure"),
    ("金禾造纸", 260, "reading", 0, "在读《活法》", "这本我也在看，您最喜欢哪一段？", "seen", ""),
    ("佳禾包装", 130, "supplier", 0, "用洛轴的轴承，嫌贵换过一回", "", "heard", "changed"),
)
"""Whose, days ago, category, which of his people, what, the opener, how sure, what was answered nine days ago."""


def remember(customers: dict[str, Customer], lin: User, today: date) -> None:
    for name, days, category, place, observed, opener, sureness, answer in LONG_AGO:
        customer, on = customers[name], today - timedelta(days=days)
        person = customer.people[min(place, len(customer.people) - 1)]
        item = AttentionItem.notice(customer, lin, category, observed, opener, person.id, on, sureness=sureness)
        db.session.flush()
        if answer:
            with clock.at_the_time_of(clock.now() - timedelta(days=9)):
                item.confirm(answer, lin)
