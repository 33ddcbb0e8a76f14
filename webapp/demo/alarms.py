"""What does not wait in the demo office: a complaint under way, one that is late, one that is settled, and news of the market."""

from datetime import timedelta
from types import SimpleNamespace

from webapp.customers.models import Customer
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.reviews.models import Comment
from webapp.urgent.models import Complaint, MarketReport, Said


def stir_up(customers: dict[str, Customer], people: SimpleNamespace) -> None:
    """All through the verbs that the screens use, at the hours at which they happened. Sun is the new one."""
    now = clock.now()
    people.lin.created_at, people.wu.created_at = now - timedelta(days=900), now - timedelta(days=400)
    _noise(customers["金禾造纸"], people)
    _late(customers["太湖泵业"], people)
    _settled(customers["德瑞水泵"], people)
    clock.freeze(now - timedelta(hours=2))
    told = {"kind": "promotion", "who": "华东轴承", "what": "6205买十送一，到月底；当场带合同上门。"}
    told |= {"effect": "盛泽三家都来问我们跟不跟。", "advice": "不跟价，送两套试用，把停机账算给他们看。"}
    MarketReport.file(people.lin, customers["盛泽联纺"], new_id(), **told)
    clock.freeze(now)


def _ago(hours: float) -> None:
    clock.freeze(clock.now() - timedelta(hours=hours))


def _noise(customer: Customer, people: SimpleNamespace) -> None:
    """Heard yesterday evening, apologised for this morning; now a solution is wanted."""
    now = clock.now()
    _ago(20)
    said = Said("十月批次轴承异响，停机两次", "quality", "6205，批号2610", "换货，停机的工时要给个说法")
    complaint = Complaint.open(customer, people.lin, said)
    clock.freeze(now - timedelta(hours=14))
    complaint.take("apologise", "当面跟设备科张工道了歉，他说先看怎么换。", people.lin, new_id())
    clock.freeze(now - timedelta(hours=13))
    Comment.say("complaint", complaint, "换货我去批，今天给他准信。@林晓岚", people.zhou, new_id())
    clock.freeze(now)


def _late(customer: Customer, people: SimpleNamespace) -> None:
    now = clock.now()
    _ago(52)
    complaint = Complaint.open(customer, people.sun, Said("送货晚了三天，装配线等着", "delivery", "6308", "下次提前说"))
    clock.freeze(now - timedelta(hours=48))
    complaint.take("apologise", "打电话道了歉。", people.sun, new_id())
    clock.freeze(now - timedelta(hours=23))
    complaint.be_late()
    clock.freeze(now)


def _settled(customer: Customer, people: SimpleNamespace) -> None:
    now = clock.now()
    _ago(12 * 24)
    complaint = Complaint.open(customer, people.lin, Said("发票抬头开错了", "billing", "", "重开"))
    for days, step, text in (
        (11, "apologise", "当天去道了歉。"),
        (10, "solution", "财务重开，快递当天寄出。"),
        (8, "follow_up", "收到了，会计说没问题。"),
        (7, "root_cause", "开票资料是旧的，档案里改过来了。"),
    ):
        clock.freeze(now - timedelta(days=days))
        complaint.take(step, text, people.lin, new_id())
    complaint.hear("satisfied", "这回利索。", people.lin, new_id())
    db.session.flush()
    clock.freeze(now)
