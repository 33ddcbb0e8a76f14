"""What stirs in the market goes up at once, with or without a customer."""

from sqlalchemy import select

from tests.making import a_customer
from webapp.customers.models import HistoryEntry
from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.push.models import Notice
from webapp.urgent.models import MarketReport


def post(client, **fields):
    return client.post("/market-reports", data={"submission_id": new_id(), **fields})


def test_the_supervisor_knows_at_once_and_the_customer_s_file_keeps_it(lin, cast):
    with gate.transaction():
        customer = a_customer(cast.lin)
    answer = post(lin, kind="promotion", who="华东轴承", what="买十送一，到月底", customer=customer.id)

    report = db.session.scalars(select(MarketReport)).one()
    assert answer.location == f"/market-reports/{report.id}"
    notice = db.session.scalars(select(Notice)).one()
    assert (notice.user_id, notice.kind, notice.url) == (cast.zhou.id, "market_report", f"/reviews/market/{report.id}")
    entry = db.session.scalars(select(HistoryEntry).where(HistoryEntry.kind == "market")).one()
    assert entry.said == "对手促销 · 买十送一，到月底"


def test_it_stands_without_a_customer_and_without_one_that_is_not_his(lin, cast):
    with gate.transaction():
        foreign = a_customer(cast.wu)
    for customer_id in ("", foreign.id, "nonsense"):
        assert post(lin, kind="price", what="涨了两个点", customer=customer_id).status_code == 303
    assert {report.customer_id for report in db.session.scalars(select(MarketReport))} == {None}


def test_what_is_missing_is_said_beside_its_field(lin):
    answer = post(lin, who="华东轴承")
    assert answer.status_code == 422
    assert "选一个" in answer.text and "写一句看到了什么" in answer.text and "华东轴承" in answer.text


def test_sun_does_not_read_what_lin_reported(lin, cast, client_of):
    post(lin, kind="price", what="涨了两个点")
    report = db.session.scalars(select(MarketReport)).one()
    assert client_of(cast.sun).get(f"/market-reports/{report.id}").status_code == 404
    assert "涨了两个点" in client_of(cast.zhou).get("/market-reports").text
