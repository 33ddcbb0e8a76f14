"""One of everything, all of it lin's and in Latin letters, so that whatever Chinese an English page shows is ours.

The tests that go through all routes and pages take their ids from here; `keep()` and `put_back()` let many of them share
one office: what a request changed is undone by laying the kept rows back.
"""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import select, text

from tests import afresh, making
from webapp.accounts import sessions
from webapp.accounts.models import Device, Team
from webapp.agenda.models import CalendarFeed
from webapp.attention.models import AttentionItem
from webapp.bargain.models import Concession
from webapp.customers.importing.beginning import Upload, begin
from webapp.customers.importing.models import ImportFault
from webapp.customers.models import Contact, Customer
from webapp.foundation import clock
from webapp.foundation.db import db, new_id
from webapp.foundation.files import store
from webapp.foundation.settings import ROOT
from webapp.outbox import gate
from webapp.outbox.arrivals import Quarantined
from webapp.outbox.models import Receipt
from webapp.playbook.models import Product, TalkTrack, TrackProposal, TrackUse
from webapp.privacy.models import Erasure
from webapp.push.models import Channel, Notice
from webapp.reviews.models import Comment
from webapp.urgent.models import Complaint, MarketReport, Said
from webapp.visits.daily_figures import figures_of
from webapp.visits.models import CheckIn, DailyReport, DayPlan, Promise, Report
from webapp.visits.models.attachment import THUMB, Attachment
from webapp.visits.models.check_in import Fix
from webapp.visits.models.told import NextStep, Promised, Told, Words
from webapp.worth.models import Comparison, Worked
from webapp.worth.rules import Side, Sums, reckon

NAMES = {
    "lin": "Lin Xiaolan",
    "sun": "Sun Haitao",
    "wu": "Wu Jun",
    "zhou": "Zhou Jianguo",
    "manager": "Fang Min",
    "director": "Shen Ping",
    "admin": "House Keeper",
}
LIST = b"Company,Phone,Level\nNew Works Ltd,0512-66889999,B\nHengrun Textile Machinery Ltd,,C\n"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c020000000b4944415478da6364600000000600023081d02f0000000049454e44ae426082"
)


def furnish() -> SimpleNamespace:
    """The whole office, committed; `office.<argument of a route>` is the id of the one that lin has."""
    with gate.transaction():
        people = making.the_cast()
        for name, whole in NAMES.items():
            getattr(people, name).name = whole
        people.east.name, people.east.region = "East", "East China"
        people.suzhou.name, people.suzhou.region = "Suzhou", "South"
        people.nanjing.name, people.nanjing.region = "Nanjing", "North"
        office = SimpleNamespace(people=people, ids={}, tokens={}, day=clock.today())
        _customers(office)
        _playbook(office)
        _days(office)
        _visits(office)
        _reviews(office)
        _held(office)
        _imports(office)
        _devices(office)
        _oddities(office)
        _schema()
        db.session.flush()
        office.ids |= {"user_id": people.sun.id, "team_id": people.nanjing.id}
    return SimpleNamespace(ids=office.ids, tokens=office.tokens, day=office.day)


def _customers(office: SimpleNamespace) -> None:
    lin, wu = office.people.lin, office.people.wu
    customer = Customer.begin(lin, lin, name="Hengrun Textile Machinery Ltd", short_name="Hengrun", level="C")
    place = {"area": "Jiangsu", "city": "Suzhou", "district": "Wuzhong", "address": "8 East Hill Road"}
    customer.revise(stage="persuade", industry="Textile", latitude=31.27, longitude=120.62, **place)
    customer.revise(phone="0512-66881234", pain="Bearings every year", budget_cents=5_000_000)
    customer.tag_with(["key"])
    customer.plan_next_step("Bring the test report", office.day)
    office.customer = customer
    _contacts(office)
    office.twin = Customer.begin(lin, lin, name="Hengrun Textile Machinery", short_name="Hengrun 2", level="E")
    _noticed(office)
    change = customer.propose_level("B", "Wants to try two", lin)
    office.foreign = Customer.begin(wu, wu, name="Jinling Paper", level="D")
    office.ids |= {"customer_id": customer.id, "change_id": change.id}
    office.ids |= {"other_id": office.twin.id, "foreign_id": office.foreign.id}


def _contacts(office: SimpleNamespace) -> None:
    lin, customer, day = office.people.lin, office.customer, office.day
    chen = customer.add_contact(lin, name="Chen Guodong", title="Equipment manager", phone="13912345678")
    chen.revise(birthday_month=day.month, birthday_day=day.day, preferred_channel="wechat", wechat="chen88")
    chen.revise(decision_role="decision_maker")
    left = customer.add_contact(lin, name="Gu Hai", title="Buyer")
    left.leave(lin)
    left.left_at = clock.now() - timedelta(days=400)
    office.ids |= {"contact_id": chen.id, "left_id": left.id}


def _noticed(office: SimpleNamespace) -> None:
    lin, chen = office.people.lin, office.ids["contact_id"]
    seen, opener = "A tin of oolong on the table", "Ask him what he thinks of this one"
    item = AttentionItem.notice(office.customer, lin, "taste", seen, opener, chen)
    half_a_year_ago = office.day - timedelta(days=200)
    aged = AttentionItem.notice(
        office.customer, lin, "supplier", "Bearings from Luoyang", "", chen, half_a_year_ago, sureness="heard"
    )
    office.ids |= {"item_id": item.id, "aged": aged.id}


def _playbook(office: SimpleNamespace) -> None:
    words = {
        "situation": "objection",
        "heard": "Too expensive\nThey are cheaper",
        "line": "One stop costs more.",
        "language": "en",
    }
    parts = {
        "pain": "Stops",
        "selling_point": "Ten years",
        "solution": "The sum of ten years",
        "call_to_action": "Try two",
    }
    lists: dict[str, Any] = {"product": "", "industries": [], "stages": [], "levels": [], "next_slugs": []}
    zhou, lin = office.people.zhou, office.people.lin
    track = office.track = TalkTrack.write(zhou, title="Ten years' sum", **words, **parts, **lists)
    draft = TalkTrack.write(lin, title="A draft of mine", **{**words, **parts, **lists})
    db.session.flush()
    TrackUse.record(track.id, "worked", lin.id, customer_id=office.customer.id)
    office.draft = draft
    office.ids |= {"track_id": draft.id, "approved_track_id": track.id, "improved": _improved(office, words, parts)}
    attributes: list[dict[str, Any]] = [{"name": "Life", "number": 100_000.0, "unit": "h", "cents_per_unit": 20}]
    ours = Product.add(zhou, new_id(), attributes, group="6205", name="6205 Mk 2", is_ours=True, price_cents=360_000)
    Product.add(zhou, new_id(), attributes, group="6205", name="Domestic 6205", is_ours=False, price_cents=68_000)
    office.ids |= {"product_id": ours.id}
    sums = Sums(Side(360_000, 100_000, 90_000), Side(68_000, 8_000, 90_000), quantity=12)
    row = {"name": "Delivery", "unit": "days", "ours": "3", "theirs": "15", "cents_per_unit": -20_000}
    worked = Worked("6205", "Domestic", sums, [row], reckon(sums))
    office.ids |= {"comparison_id": Comparison.lay(office.customer, lin, worked, new_id()).id}


def _improved(office: SimpleNamespace, words: dict[str, Any], parts: dict[str, Any]) -> str:
    """lin's track that is in use in its second version, and that he would have read otherwise again."""
    zhou, lin = office.people.zhou, office.people.lin
    track = TalkTrack.write(lin, title="Try before you buy", **{**words, **parts, "heard": "Does it work"})
    db.session.flush()
    track.approve(zhou)
    track.revise(zhou, line="Try two for three months.")
    track.revise(lin, line="Try two for three months, or I take them out.")
    db.session.flush()
    proposal = TrackProposal.of(track.id)
    assert proposal
    office.ids |= {"proposed": f"{track.version}-{proposal.id[-8:]}"}
    return track.id


def _days(office: SimpleNamespace) -> None:
    lin = office.people.lin
    plan = office.plan = DayPlan.of(lin, office.day)
    stop = plan.add(office.customer, at="09:30", purpose="service", objective="Get the answer")
    plan.add(office.twin, at="11:00", purpose="order", objective="Close")
    plan.hand_in("As agreed")
    db.session.flush()
    office.ids |= {"stop_id": stop.id, "plan": plan.id}


def _visits(office: SimpleNamespace) -> None:
    lin, customer = office.people.lin, office.customer
    here = CheckIn.arrive(customer, lin, Fix(31.27, 120.62, 12, 3), new_id())
    db.session.flush()
    report = office.report = Report.file(customer, lin, _told(office, here), new_id())
    db.session.flush()
    with clock.at_the_time_of(clock.now() - timedelta(days=1)):
        item = db.session.get_one(AttentionItem, office.ids["item_id"])
        item.use("worked", lin, visit_id=report.id)
        item.confirm("still", lin, visit_id=report.id)
    promise = db.session.scalars(select(Promise)).first()
    daily = office.daily = DailyReport.of(lin, office.day, new_id())
    daily.hand_in(figures_of(lin, office.day), "field", "A new buyer", "Ask first")
    office.ids |= {"report_id": report.id, "daily_id": daily.id, "promise_id": promise.id}
    _photo(office)
    _receipts(office)


def _told(office: SimpleNamespace, here: CheckIn) -> Told:
    heard = {"needs": "Stops twice a year", "competitor_news": "A rival gives ten for one", "insight": "Ask first"}
    track = {"track_id": office.track.id, "track_outcome": "worked"}
    return Told(
        day=office.day,
        purpose="service",
        result="progress",
        words=Words(order_cents=1_280_000, **heard),
        met=office.customer.people[:1],
        objections=["too_expensive"],
        check_in_id=here.id,
        stop_id=office.ids["stop_id"],
        next=NextStep("Bring two on trial", office.day + timedelta(days=3), True),
        promised=[Promised("The life test report", "ours", office.day + timedelta(days=2))],
        is_urgent=True,
        **track,
    )


def _photo(office: SimpleNamespace) -> None:
    key = f"photos/{new_id()}.png"
    about = {"kind": "photo", "media_type": "image/png", "bytes": len(PIXEL), "sha256": "0" * 64}
    photo = Attachment(id=new_id(), report_id=office.report.id, key=key, width=1, height=1, **about)
    store().write(key, PIXEL, "image/png")
    store().write(key + THUMB, PIXEL, "image/png")
    db.session.add(photo)
    office.ids |= {"attachment_id": photo.id}


def _receipts(office: SimpleNamespace) -> None:
    for kind, row, title in (
        ("report", office.report, "Hengrun"),
        ("daily", office.daily, "24 Nov"),
        ("plan", office.plan, "24 Nov"),
    ):
        about = {"kind": kind, "title": title, "subject_id": row.id}
        receipt = Receipt(id=new_id(), user_id=office.people.lin.id, path="/", fingerprint="", location="/", **about)
        db.session.add(receipt)


def _reviews(office: SimpleNamespace) -> None:
    words = {"subject": "daily", "subject_id": office.daily.id, "by_id": office.people.zhou.id}
    db.session.add(Comment(id=new_id(), text="Well asked", **words))
    office.ids |= {"daily": office.daily.id, "visit": office.report.id}
    complaint = office.complaint = Complaint.open(
        office.twin, office.people.lin, Said("It rattles", "quality", "6205", "A new one")
    )
    told = {
        "kind": "promotion",
        "who": "A rival",
        "what": "Ten for one until Friday",
        "effect": "Three ask",
        "advice": "A bundle",
    }
    market = MarketReport.file(office.people.lin, office.customer, new_id(), **told)
    told = {"kind": "discount", "amount": 500, "in_return": "date", "what": "The first order"}
    asked = Concession.offer(office.customer, office.people.lin, new_id(), **told)
    office.ids |= {"complaint_id": complaint.id, "market_id": market.id, "concession_id": asked.id}


def _held(office: SimpleNamespace) -> None:
    """A visit of lin's that came after its customer had gone to wu."""
    action = f"/customers/{office.foreign.id}/reports"
    row = Quarantined(id=new_id(), author_id=office.people.lin.id, action=action, customer_id=office.foreign.id)
    row.fields = [["purpose", "service"], ["result", "progress"], ["needs", "Stops twice a year"]]
    row.made_at, row.attachments = "2026-11-24T01:30:00+00:00", []
    db.session.add(row)
    office.ids |= {"entry_id": row.id}


def _imports(office: SimpleNamespace) -> None:
    run = begin(office.people.lin, Upload.taken("list.csv", LIST), new_id())
    db.session.flush()
    db.session.add(
        ImportFault(run_id=run.id, line=4, name="Broken Ltd", field="level", reason="not_a_level", value="Z")
    )
    office.ids |= {"run_id": run.id}


def _devices(office: SimpleNamespace) -> None:
    db.session.flush()
    for name in NAMES:
        office.tokens[name] = sessions.begin(getattr(office.people, name), "Phone")
    other = sessions.begin(office.people.lin, "Tablet")
    db.session.flush()
    tablet = select(Device.id).where(Device.token_hash == sessions.digest(other))
    office.ids |= {"device_id": db.session.scalar(tablet)}
    told = Notice(id=new_id(), user_id=office.people.lin.id, kind="care", url="/customers", title="Hengrun")
    robot = Channel(id=new_id(), user_id=office.people.sun.id, kind="wecom", name="Office group")
    robot.secret = "693a91f6-7xxx-4bc4-97a0"
    db.session.add_all([told, robot])
    office.ids |= {"notice_id": told.id, "channel_id": robot.id, "key": CalendarFeed.make(office.people.lin).key}


def _oddities(office: SimpleNamespace) -> None:
    """What only some forms are for: somebody closed out, an empty team, a draft, an import that got stuck."""
    people, day = office.people, office.day
    closed = making.a_user("gone", "rep", people.suzhou, name="Gone Away")
    closed.disable()
    empty = Team(name="Empty", region="", parent=people.east)
    db.session.add(empty)
    plan = DayPlan.of(people.lin, day + timedelta(days=1))
    plan.add(office.customer, at="10:00", purpose="service", objective="Look")
    stuck = begin(people.lin, Upload.taken("stuck.csv", LIST), new_id())
    stuck.begin(people.lin.id, "merge")
    stuck.advanced_at = clock.now() - timedelta(hours=1)
    erasure = Erasure(kind="contact", subject_id=new_id(), customer_id=office.customer.id, number=0)
    erasure.owner_id = erasure.by_id = people.lin.id
    db.session.add(erasure)
    db.session.flush()
    office.ids |= {"erasure_id": erasure.id}
    office.ids |= {"closed_id": closed.id, "empty_team_id": empty.id, "stuck_id": stuck.id}


def _schema() -> None:
    """What a migration leaves behind, for /healthz to tell."""
    db.session.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)"))
    head = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    once = text("INSERT INTO alembic_version SELECT :head WHERE NOT EXISTS (SELECT 1 FROM alembic_version)")
    db.session.execute(once, {"head": head})


def keep() -> afresh.Rows:
    """All rows of all tables; the files that they name are remembered too."""
    _files.update({name: (_folder() / name).read_bytes() for name in _stored()})
    db.session.rollback()
    return afresh.keep()


def put_back(rows: afresh.Rows) -> None:
    """Let the database hold these rows and no others, and let the files be there that they name."""
    for key in _files.keys() - _stored():
        store().write(key, _files[key], "application/octet-stream")
    afresh.put_back(rows)
    db.session.expunge_all()


_files: dict[str, bytes] = {}


def _stored() -> set[str]:
    return {str(path.relative_to(_folder())) for path in _folder().rglob("*") if path.is_file()}


def _folder() -> Path:
    return store().root  # type: ignore[attr-defined,no-any-return]


__all__ = ["NAMES", "Contact", "furnish", "keep", "put_back"]
