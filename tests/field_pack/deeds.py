"""What people do: every unsafe route of the house with a body that it takes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

Body = Callable[[SimpleNamespace], dict[str, Any]]


@dataclass(frozen=True)
class Deed:
    """`who` sends this to the route of that name; `others` replace arguments of its address."""

    endpoint: str
    who: str = "lin"
    body: Body = lambda office: {}
    others: Body = lambda office: {}
    status: int = 303

    def __str__(self) -> str:
        return f"{self.endpoint}-{self.who}"


def said(**fields: Any) -> Body:
    return lambda office: fields


COMPANY = {"name": "Hengrun Spinning Ltd", "short_name": "Hengrun S", "level": "C", "stage": "persuade"}
TRACK: dict[str, Any] = {
    "version": "1",
    "situation": "objection",
    "heard": "Too dear",
    "line": "Ten years, not one.",
    "title": "Dear",
    "language": "en",
}
TRACK |= {"pain": "Stops", "selling_point": "x", "solution": "y", "call_to_action": "Try"}
ORDER = {
    "purpose": "order",
    "result": "ordered",
    "needs": "Two more",
    "order": "12000",
    "next_on": "2026-11-27",
    "next_step": "x",
}

SUM = {
    "title": "6205",
    "ours_price": "3600",
    "theirs_price": "680",
    "ours_life": "100000",
    "theirs_life": "8000",
    "years": "5",
}

DEEDS = (
    Deed("accounts.save_settings", body=said(name="Lin X", phone="", language="", scheme="dark", zone="")),
    Deed("accounts.language", body=said(language="en")),
    Deed("accounts.revoke_device"),
    Deed("accounts.revoke_other_devices"),
    Deed("attention.create", body=said(category="desk", observed="A model ship")),
    Deed("attention.update", body=said(category="desk", observed="A model ship", opener="Do you sail?")),
    Deed("attention.retire"),
    Deed("attention.use", body=said(outcome="flat")),
    Deed("attention.confirm", body=said(outcome="still"), others=lambda office: {"item_id": office.aged}),
    Deed("attention.confirm", body=said(outcome="changed"), others=lambda office: {"item_id": office.aged}),
    Deed("attention.confirm", "zhou", body=said(outcome="unsure"), others=lambda office: {"item_id": office.aged}),
    Deed("reports.create", body=lambda office: {"purpose": "service", "result": "progress", "asked": "still." + office.aged}),
    Deed("care.create", body=lambda office: {"occasion": "birthday", "day": office.day.isoformat(), "then": "/care"}),
    Deed("care.create", "zhou", body=lambda office: {"occasion": "birthday", "day": office.day.isoformat()}),
    Deed("check_ins.create", body=said(latitude="31.27", longitude="120.62", accuracy_m="10", age_s="1")),
    Deed("contacts.create", body=said(name="Wang Hai", phone="13812345678")),
    Deed("contacts.update", body=said(name="Chen Guo", phone="13812345678", title="Boss")),
    Deed("contacts.leave"),
    Deed("contacts.come_back"),
    Deed("customers.create", body=said(name="Blue Lake Dyeing", level="D", phone="0512-55550000")),
    Deed("customers.update", body=said(**COMPANY)),
    Deed("customers.update", "zhou", body=said(**COMPANY)),
    Deed("daily.hand_in", body=said(attendance="office", insight="Call first")),
    Deed("inbox.read"),
    Deed("interactions.create", body=said(kind="call", text="He asks for a price", next_step="Send it", when="2026-11-27")),
    Deed("levels.create", body=said(level="A", reason="Four lines")),
    Deed("levels.create", "zhou", body=said(level="A", reason="Four lines")),
    Deed("levels.accept", "zhou"),
    Deed("levels.decline", "zhou"),
    Deed("merges.create", "zhou", body=lambda office: {"gone": office.twin}),
    Deed("next_steps.update", body=said(next_step="Bring a sample", when="2026-11-26")),
    Deed("next_steps.position", body=said(latitude="31.3", longitude="120.7")),
    Deed("playbook.create", body=said(**TRACK)),
    Deed("playbook.create", "zhou", body=said(**TRACK)),
    Deed("playbook.update", body=said(**TRACK)),
    Deed("playbook.update", "zhou", body=said(**TRACK), others=lambda office: {"track_id": office.track}),
    Deed("erasures.erase_contact", body=said(with_files="y")),
    Deed("erasures.erase_customer", "zhou"),
    Deed("held.answer", body=said(said="refused", topic="")),
    Deed("held.answer", body=said(said="given", topic="family")),
    Deed("playbook.approve", "zhou", body=said(version="1")),
    Deed("playbook.approve", "zhou", body=lambda office: {"version": office.proposed},
         others=lambda office: {"track_id": office.improved}),
    Deed("playbook.update", body=said(**{**TRACK, "version": "2"}), others=lambda office: {"track_id": office.improved}),
    Deed("playbook.send_back", "zhou", body=said(remark="Say where the figure is from")),
    Deed("playbook.coach", "zhou", body=said(note="Watch whether they wait"), others=lambda office: {"track_id": office.track}),
    Deed("playbook.note_gap", body=lambda office: {"said": "Your van is dirty", "customer": office.customer}),
    Deed("products.create", "zhou", body=said(side="ours", group="6205", name="6205 Mk 3", price_cents="3600",
                                              **{"attributes-0-name": "Life", "attributes-0-value": "100000"})),
    Deed("products.update", "zhou", body=said(version="1", side="ours", group="6205", name="6205 Mk 2", price_cents="3500",
                                              **{"attributes-0-name": "Life", "attributes-0-value": "90000"})),
    Deed("products.retire", "zhou"),
    Deed("playbook.retire", "zhou", others=lambda office: {"track_id": office.track}),
    Deed("playbook.use", "sun", body=said(outcome="flat"), others=lambda office: {"track_id": office.track}),
    Deed("playbook.use", body=lambda office: {"outcome": "half", "customer_id": office.customer, "customer": office.customer},
         others=lambda office: {"track_id": office.track}),
    Deed("playbook.misfit", body=lambda office: {"customer": office.customer}, others=lambda office: {"track_id": office.track}),
    Deed("promises.create", body=said(text="A sample by Friday", direction="ours", due_on="2026-11-27")),
    Deed("promises.settle", body=said(outcome="kept")),
    Deed("reassignments.create", "zhou", body=lambda office: {"owner_id": office.sun}),
    Deed("reassignments.create_several", "zhou",
         body=lambda office: {"owner_id": office.sun, "customer_id": [office.customer, office.twin]}),
    Deed("reports.create", body=said(**ORDER)),
    Deed("reports.create", body=lambda office: {"mode": "hallway", "purpose": "service", "result": "absent"},
         others=lambda office: {"customer_id": office.twin}),
    Deed("reports.create", body=said(**{"purpose": "complaint", "result": "unchanged", "needs": "It leaks", "seen-0-category": "desk",
                                        "seen-0-observed": "A ship", "seen-0-opener": "You sail?"})),
    Deed("reports.correct", body=said(needs="Stops three times a year", order="900")),
    Deed("reviews.approve", "zhou", body=lambda office: {"version": office.plan_version}),
    Deed("reviews.send_back", "zhou", body=lambda office: {"version": office.daily_version, "text": "Say more"},
         others=lambda office: {"kind": "daily", "subject_id": office.daily}),
    Deed("reviews.approve", "zhou", body=lambda office: {"version": office.daily_version},
         others=lambda office: {"kind": "daily", "subject_id": office.daily}),
    Deed("reviews.open_it", "zhou", others=lambda office: {"kind": "visit", "subject_id": office.report}, status=204),
    Deed("threads.comment", "zhou", body=said(text="Well done")),
    Deed("threads.comment", body=said(text="@zjg please look"), others=lambda office: {"kind": "customer", "subject_id": office.customer}),
    Deed("threads.comment", "zhou", body=said(text="Go there today"),
         others=lambda office: {"kind": "complaint", "subject_id": office.complaint}),
    Deed("threads.open_it", status=204),
    Deed("reviews.open_it", "zhou", others=lambda office: {"kind": "market", "subject_id": office.market}, status=204),
    Deed("phrases.update", "zhou", body=said(daily="Well done\nCall me", plan="Good")),
    Deed("concessions.create", body=said(kind="discount", amount="1", in_return="date", what="The first order")),
    Deed("concessions.create", body=said(kind="discount", amount="4", in_return="prepay")),
    Deed("concessions.update", body=said(kind="discount", amount="3.5", in_return="prepay")),
    Deed("concessions.withdraw"),
    Deed("reviews.approve", "zhou", body=said(version="1"), others=lambda office: {"kind": "concession", "subject_id": office.concession}),
    Deed("reviews.send_back", "zhou", body=said(version="1", text="Keep the price"),
         others=lambda office: {"kind": "concession", "subject_id": office.concession}),
    Deed("limits.update_limits", "director", body=lambda office: {f"{role}-{kind}": 50 for role in ("rep", "supervisor", "manager")
         for kind in ("discount", "payment_days", "samples", "freight", "training", "warranty")}),
    Deed("spin.create", body=said(problem="It stops at night", need_payoff="A quiet night")),
    Deed("complaints.create", body=said(about="delivery", said="It came late", product="6205", wants="A refund")),
    Deed("complaints.take_step", body=said(step="apologise", text="Said sorry")),
    Deed("complaints.take_step", "zhou", body=said(step="solution", text="A new one on Friday")),
    Deed("complaints.hear", body=said(outcome="satisfied", text="Fine")),
    Deed("complaints.hear", "zhou", body=said(outcome="unsatisfied", text="It still rattles")),
    Deed("complaints.hand_on", "zhou", body=lambda office: {"handler_id": office.zhou}),
    Deed("market.create", body=lambda office: {"kind": "price", "what": "Two per cent up", "customer": office.customer}),
    Deed("visits.add_stop", body=lambda office: {"customer_id": office.twin, "purpose": "service"},
         others=lambda office: {"day": office.day + timedelta(days=1)}),
    Deed("visits.update_stop", body=said(at="15:00", purpose="order", objective="Sign")),
    Deed("visits.remove_stop"),
    Deed("visits.reorder", body=said(by="distance")),
    Deed("visits.copy_day", body=lambda office: {"source": office.plan},
         others=lambda office: {"day": office.day + timedelta(days=1)}),
    Deed("visits.hand_in", body=said(message="As agreed")),
    Deed("teams.create", "admin", body=lambda office: {"name": "Wuxi", "region": "South", "parent_id": office.east}),
    Deed("teams.update", "admin", body=lambda office: {"name": "Suzhou 2", "region": "South", "parent_id": office.east},
         others=lambda office: {"team_id": office.suzhou}),
    Deed("user_actions.close", "admin"),
    Deed("user_actions.reopen", "admin"),
    Deed("user_actions.reset_password", "admin"),
    Deed("user_actions.sign_out_devices", "admin"),
    Deed("user_actions.hand_over", "admin", body=lambda office: {"to_id": office.sun, "owner_id": office.sun},
         others=lambda office: {"user_id": office.lin}),
    Deed("worth.create", body=said(**SUM)),
    Deed("worth.create", "zhou", body=said(**SUM)),
    Deed("worth.update", body=said(**SUM)),
    Deed("users.create", "admin", body=lambda office: {"username": "xu", "name": "Xu Min", "role": "rep", "team_id": office.suzhou}),
    Deed("users.update", "admin", body=lambda office: {"username": "lin", "name": "Lin Xi", "role": "rep", "team_id": office.suzhou},
         others=lambda office: {"user_id": office.lin}),
)  # fmt: skip

UNTOLD = {
    "retention.keep": "shows on the page of what need not be kept only, which is not carried",
    "retention.set_terms": "the same",
    "erasures.tell_person": "shows on the page of the erasure only, which is not carried",
    **dict.fromkeys(("imports.create", "imports.assign", "imports.run", "imports.cancel"), "see test_imports"),
    "playbook_files.create": "writes tracks and products as the forms do; see tests/playbook/test_files.py",
    "accounts.enter": "one is signed out before it",
    "accounts.sign_out": "one is signed out after it",
    "accounts.change_password": "signs the other phones out, and shows nowhere else",
    "teams.remove": "only a team without anybody can be removed",
    "imports.resume": "only for a run that got stuck",
    "delivery.deliver": "hands each entry to the view of its address",
    "parcels.create": "the same",
    "pwa.share": "keeps nothing",
    **dict.fromkeys(("agenda.make", "agenda.withdraw"), "shows on the page of the calendar only, which is not carried"),
    "inbox.postpone": "shows nowhere; the notice is as it was",
    "push.subscribe": "shows on the settings of notices only, which are not carried",
    "push.unsubscribe": "shows on the settings of notices only, which are not carried",
    "wishes.update": "the same",
    **dict.fromkeys(("channels.create", "channels.remove", "channels.try_it"), "shows to the admin only"),
    "quarantine.file": "a report like any other, whose entry waited",
    "quarantine.dismiss": "shows on no page of a phone",
    "delivery.take_piece": "a piece shows only once the last one has arrived",
}
"""Unsafe routes that are not among the deeds, and why."""
