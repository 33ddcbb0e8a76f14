"""Nobody sees or touches what is not his: a foreign customer and one that never was are answered alike."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from tests import making
from tests.customers.acting import names, see, send
from webapp.foundation.db import new_id
from webapp.outbox import gate

PAGES = ("/edit", "/history", "/level", "/next-step", "/notes/new", "/contacts/new", "/merge", "/owner")
FORMS: dict[str, dict[str, str]] = {
    "": {"name": "我的了"},
    "/notes": {"kind": "call", "text": "喂"},
    "/level": {"level": "A", "reason": "因为"},
    "/next-step": {"next_step": "抢过来", "when": "2026-11-25"},
    "/contacts": {"name": "陈国栋"},
    "/position": {"latitude": "31", "longitude": "120"},
    "/merge": {"gone": ""},
    "/owner": {"owner_id": ""},
}


@pytest.fixture
def wus(cast: SimpleNamespace) -> SimpleNamespace:
    with gate.transaction():
        customer = making.a_customer(cast.wu, "南京长江轴承", industry="轴承", area="南京")
        customer.tag_with(["南京重点"])
        person = making.a_contact(customer, "吴总")
        change = customer.propose_level("A", "要签了", cast.wu)
        return SimpleNamespace(customer=customer, person=person, change=change)


@pytest.mark.parametrize("page", PAGES)
def test_wus_customer_is_unknown_to_lin(lin: FlaskClient, wus: SimpleNamespace, page: str) -> None:
    assert lin.get(f"/customers/{wus.customer.id}{page}").status_code == 404
    assert lin.get(f"/customers/{new_id()}{page}").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_lin_changes_nothing_at_wus_customer(lin: FlaskClient, wus: SimpleNamespace, form: str) -> None:
    for customer_id in (wus.customer.id, new_id()):
        assert send(lin, f"/customers/{customer_id}{form}", **FORMS[form]).status_code == 404


def test_wus_people_and_proposals_are_unknown_to_lin_and_to_zhou(
    lin: FlaskClient, zhou: FlaskClient, wus: SimpleNamespace
) -> None:
    for client in (lin, zhou):
        assert client.get(f"/contacts/{wus.person.id}/edit").status_code == 404
        assert send(client, f"/contacts/{wus.person.id}", name="陈国栋").status_code == 404
        assert send(client, f"/contacts/{wus.person.id}/departure").status_code == 404
        assert send(client, f"/level-changes/{wus.change.id}/approval").status_code == 404


def test_neither_list_nor_filters_nor_words_of_others_are_told(
    lin: FlaskClient, cast: SimpleNamespace, wus: SimpleNamespace
) -> None:
    for url in (
        "/customers",
        "/customers?q=cjzc",
        f"/customers?owner={cast.wu.id}",
        "/customers/filter",
        "/customers/new",
    ):
        page = see(lin, url)
        for word in ("长江轴承", "轴承</option>", "南京", "吴俊"):
            assert word not in page, (url, word)


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("lin", {"林的客户"}),
        ("sun", {"孙的客户"}),
        ("wu", {"吴的客户"}),
        ("zhou", {"林的客户", "孙的客户"}),
        ("manager", {"林的客户", "孙的客户", "吴的客户"}),
        ("director", {"林的客户", "孙的客户", "吴的客户"}),
        ("admin", {"林的客户", "孙的客户", "吴的客户"}),
    ],
)
def test_everyone_sees_what_his_place_lets_him_see(
    cast: SimpleNamespace, client_of: Callable[..., FlaskClient], who: str, seen: set[str]
) -> None:
    with gate.transaction():
        for owner, name in ((cast.lin, "林的客户"), (cast.sun, "孙的客户"), (cast.wu, "吴的客户")):
            making.a_customer(owner, name)
    client = client_of(getattr(cast, who))
    assert set(names(see(client, "/customers"))) == seen
    assert f"{len(seen)}家 · 本周该走0家" in see(client, "/customers")
    assert set(names(see(client, "/customers?q=kehu"))) == seen


def test_a_supervisor_edits_the_files_of_his_people(zhou: FlaskClient, cast: SimpleNamespace) -> None:
    with gate.transaction():
        customer = making.a_customer(cast.lin, "恒润纺机")
    assert send(zhou, f"/customers/{customer.id}", name="恒润纺机二厂").status_code == 303
    assert send(zhou, f"/customers/{customer.id}/notes", kind="note", text="一起去过").status_code == 303
    assert "林晓岚" in see(zhou, "/customers")


def test_who_has_not_signed_in_sees_nothing(app: object, cast: SimpleNamespace, wus: SimpleNamespace) -> None:
    client = app.test_client()  # type: ignore[attr-defined]
    for page in ("/customers", "/customers/new", f"/customers/{wus.customer.id}/edit"):
        assert client.get(page).status_code == 303
