"""Products of ours and of competitors: reps read them anywhere, those who lead keep them."""

import pytest

from webapp.foundation.db import db, new_id
from webapp.outbox import gate
from webapp.playbook.models import Product


def typed(**changes):
    said = {
        "submission_id": new_id(),
        "side": "ours",
        "group": "6205轴承",
        "name": "进口6205",
        "price_cents": "3,600",
        "unit": "套",
        "attributes-0-name": "寿命",
        "attributes-0-value": "100000",
        "attributes-0-unit": "小时",
        "attributes-0-worth": "0.2",
        "attributes-1-name": "材质",
        "attributes-1-value": "轴承钢",
        "attributes-2-name": "",
    }
    return said | changes


def the_product() -> Product:
    db.session.rollback()
    return db.session.query(Product).one()


def test_a_supervisor_writes_a_product_that_reps_read(zhou, lin):
    answer = zhou.post("/playbook/products", data=typed())
    product = the_product()
    assert answer.location == f"/playbook/products/{product.id}"
    assert (product.price_cents, product.is_ours, product.version) == (360_000, True, 1)
    assert [(a.name, a.number, a.text, a.cents_per_unit) for a in product.attributes] == [
        ("寿命", 100_000.0, "", 20),
        ("材质", None, "轴承钢", None),
    ]
    assert product.attribute("寿命").cents == 2_000_000
    page = lin.get(answer.location).text
    assert all(words in page for words in ("¥3,600", "100,000 小时", "轴承钢", "每小时值¥0.20"))
    assert "/edit" not in page.partition("<main")[2]
    assert "进口6205" in lin.get("/playbook/products").text


def test_reps_do_not_write_them(lin, zhou):
    zhou.post("/playbook/products", data=typed())
    url = f"/playbook/products/{the_product().id}"
    assert lin.post("/playbook/products", data=typed()).status_code == 404
    assert lin.post(url, data=typed()).status_code == 404
    assert lin.post(f"{url}/retirement", data={"submission_id": new_id()}).status_code == 404
    for path in ("/playbook/products/new", f"{url}/edit", "/playbook/files", "/playbook/files/products.csv"):
        assert lin.get(path).status_code == 404


def test_a_product_meets_those_of_the_other_side_that_it_is_compared_with(zhou, lin, cast):
    zhou.post("/playbook/products", data=typed())
    zhou.post(
        "/playbook/products", data=typed(submission_id=new_id(), side="theirs", name="国产6205", price_cents="680")
    )
    zhou.post("/playbook/products", data=typed(submission_id=new_id(), side="theirs", name="国产6206", group="6206"))
    db.session.rollback()
    ours = db.session.query(Product).filter_by(is_ours=True).one()
    [theirs] = ours.rivals()
    assert (theirs.name, theirs.rivals()) == ("国产6205", [ours])
    assert [name for name, _ours, _theirs in ours.paired(theirs)] == ["寿命", "材质"]
    assert "国产6205" in lin.get(f"/playbook/products/{ours.id}").text.partition("跟谁比")[2]


def test_opening_the_form_and_saving_changes_nothing(zhou):
    zhou.post("/playbook/products", data=typed())
    product = the_product()
    page = zhou.get(f"/playbook/products/{product.id}/edit").text
    assert 'value="100000"' in page
    assert 'value="0.20"' in page
    assert page.count('aria-label="第') == 5  # two that are written, and room for three more
    zhou.post(f"/playbook/products/{product.id}", data=typed(version="1"))
    assert the_product().version == 1


def test_what_is_taken_out_is_gone_and_what_stays_keeps_its_place(zhou):
    zhou.post("/playbook/products", data=typed())
    changed = typed(version="1", **{"attributes-0-name": "", "attributes-0-value": "", "attributes-0-worth": ""})
    zhou.post(f"/playbook/products/{the_product().id}", data=changed)
    product = the_product()
    assert ([a.name for a in product.attributes], product.version) == (["材质"], 2)


def test_nobody_overwrites_what_he_has_not_seen(zhou):
    zhou.post("/playbook/products", data=typed())
    url = f"/playbook/products/{the_product().id}"
    zhou.post(url, data=typed(version="1", name="进口6205二代"))
    late = zhou.post(url, data=typed(version="1", name="晚到的名字"))
    assert late.status_code == 422
    assert "晚到的名字" in late.text
    assert the_product().name == "进口6205二代"


def test_what_is_put_away_leaves_the_list_but_can_be_read(zhou, lin):
    zhou.post("/playbook/products", data=typed())
    product = the_product()
    zhou.post(f"/playbook/products/{product.id}/retirement", data={"submission_id": new_id()})
    assert product.name not in lin.get("/playbook/products").text
    assert "收起来了" in lin.get(f"/playbook/products/{product.id}").text


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "名字"),
        ("group", "", "6205轴承"),
        ("side", "", "选一个"),
        ("side", "nobody", "没有这个选项"),
        ("price_cents", "-1", "不能是负数"),
        ("price_cents", "便宜", "这不像一个数"),
        ("attributes-1-name", "", "这一行说的是什么"),
        ("attributes-0-worth", "不少", "这不像一个数"),
        ("attributes-0-name", "名" * 41, "最多40字"),
        ("source", "源" * 201, "最多200字"),
        ("valid_until", "明天", "这不像一个日子"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(zhou, field, value, says):
    answer = zhou.post("/playbook/products", data=typed(**{field: value}))
    assert answer.status_code == 422
    assert says in answer.text
    assert "轴承钢" in answer.text
    assert db.session.query(Product).count() == 0


def test_old_figures_are_marked(zhou, lin):
    from datetime import date

    zhou.post("/playbook/products", data=typed())
    with gate.transaction():
        db.session.query(Product).one().valid_until = date(2026, 11, 1)
    assert "数字过期" in lin.get("/playbook/products").text
    assert "里面的数字过了期" in lin.get(f"/playbook/products/{the_product().id}").text
