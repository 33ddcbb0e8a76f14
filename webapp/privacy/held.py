"""All that we hold about one person, in words that he can read: for the page, and for the copy that he is handed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, or_, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.accounts.leaders import leaders_of
from webapp.accounts.models import User
from webapp.attention.care_words import OCCASIONS
from webapp.attention.models import AttentionItem, Confirmation, Greeting
from webapp.attention.words import ANSWERS, CATEGORIES, SURENESS
from webapp.customers.models import Contact, HistoryEntry
from webapp.customers.models.consent import TOPICS as CODES
from webapp.customers.words import CHANNELS, CONSENT, DECISION_ROLES, TOPICS
from webapp.door.portrait import born
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.i18n import _
from webapp.foundation.words import day_short
from webapp.visits.models import Promise, Report
from webapp.visits.models.report import ReportContact

WHO = ("name", "title", "phone", "wechat", "email", "best_time", "note")


@dataclass(frozen=True)
class Section:
    """`rows`: (label, what stands there)."""

    code: str
    title: str
    rows: list[tuple[str, str]]


@dataclass(frozen=True)
class Held:
    contact: Contact
    at: datetime
    sections: list[Section]
    readers: list[str]
    """Who in the house sees it because of his work."""

    def as_data(self) -> dict[str, Any]:
        """The same for a program."""
        sections = {
            part.code: [{"label": label, "value": value} for label, value in part.rows] for part in self.sections
        }
        return {"person": self.contact.name, "customer": self.contact.customer.name, "at": self.at.isoformat(), **sections,
                "readers": self.readers}  # fmt: skip


def held(contact: Contact) -> Held:
    """Everything, in a number of queries that does not grow."""
    sections = [
        Section("who", _("您是谁，怎么找到您"), _who(contact)),
        Section("consent", _("您怎么说的"), consents(contact)),
        Section("noticed", _("我们留意到的"), _noticed(contact)),
        Section("greetings", _("生日和节日的问候"), _greetings(contact)),
        Section("promises", _("答应过的事"), _promises(contact)),
        Section("visits", _("见面"), _visits(contact)),
        Section("history", _("往来里提到您的"), _history(contact)),
    ]
    owner = contact.customer.owner
    readers = [owner.name, *(leader.name for leader in leaders_of(owner))]
    return Held(contact, clock.here(), [part for part in sections if part.rows], list(dict.fromkeys(readers)))


def _who(contact: Contact) -> list[tuple[str, str]]:
    labels = (_("姓名"), _("职务"), _("手机或座机"), _("微信号"), _("邮箱"), _("什么时候好找"), _("备注"))
    rows = list(zip(labels, (getattr(contact, name) or "" for name in WHO), strict=True))
    rows.append((_("生日"), born(contact)))
    rows.append((_("喜欢怎么联系"), str(CHANNELS.get(contact.preferred_channel or "", ""))))
    rows.append((_("在采购里是"), str(DECISION_ROLES.get(contact.decision_role or "", ""))))
    rows.append((_("公司"), contact.customer.name))
    rows.append((_("哪天记下的"), day_short(contact.created_at)))
    return [(label, value) for label, value in rows if value]


def consents(contact: Contact) -> list[tuple[str, str]]:
    """What he said of everything and of each topic, with who noted it and when."""
    told = [(_("用来拜访和服务您"), contact.says(), contact.consent_at, contact.consent_by_id)]
    for topic in CODES:
        noted = (contact.agreed or {}).get(topic)
        if noted:
            told.append((str(TOPICS[topic]), noted["said"], datetime.fromisoformat(noted["at"]), noted["by_id"]))
    ids = {by_id for *_rest, by_id in told if by_id}
    names: dict[str, str] = (
        dict(db.session.execute(select(User.id, User.name).where(User.id.in_(ids))).all()) if ids else {}
    )
    return [
        (label, " · ".join(filter(None, (str(CONSENT[said]), day_short(at) if at else "", names.get(by_id or "", "")))))
        for label, said, at, by_id in told
    ]


def _noticed(contact: Contact) -> list[tuple[str, str]]:
    whole = joinedload(AttentionItem.by), selectinload(AttentionItem.confirmations).joinedload(Confirmation.by)
    found = select(AttentionItem).where(AttentionItem.contact_id == contact.id).options(*whole)
    return [
        (
            f"{CATEGORIES[item.category]} · {day_short(item.noticed_on)} · {item.by.name} · {SURENESS[item.sureness]}",
            " → ".join(filter(None, (item.observed, item.opener, _looked_again(item)))),
        )
        for item in db.session.scalars(found.order_by(AttentionItem.noticed_on))
    ]


def _looked_again(item: AttentionItem) -> str:
    """Who asked whether it is still so, when, and what he found."""
    return " / ".join(f"{ANSWERS[one.outcome]} {day_short(one.at)} {one.by.name}" for one in item.confirmations)


def _greetings(contact: Contact) -> list[tuple[str, str]]:
    found = select(Greeting).where(Greeting.contact_id == contact.id).options(joinedload(Greeting.by))
    return [
        (f"{OCCASIONS[greeting.occasion]} · {day_short(greeting.day)}", greeting.by.name)
        for greeting in db.session.scalars(found.order_by(Greeting.day))
    ]


def _promises(contact: Contact) -> list[tuple[str, str]]:
    found = select(Promise).where(Promise.contact_id == contact.id).order_by(Promise.made_at)
    whose = {"ours": _("我们答应"), "theirs": _("对方答应")}
    return [(f"{whose[one.direction]} · {day_short(one.made_at)}", one.text) for one in db.session.scalars(found)]


def _visits(contact: Contact) -> list[tuple[str, str]]:
    met = select(Report).join(ReportContact, ReportContact.report_id == Report.id)
    met = met.where(ReportContact.contact_id == contact.id).options(joinedload(Report.author)).order_by(Report.day)
    return [
        (
            f"{day_short(report.day)} · {report.author.name}",
            " / ".join(filter(None, (report.customer_said, report.needs))) or "—",
        )
        for report in db.session.scalars(met)
    ]


def _history(contact: Contact) -> list[tuple[str, str]]:
    said = or_(
        HistoryEntry.text.contains(contact.name, autoescape=True), cast(HistoryEntry.detail, Text).contains(contact.id)
    )
    found = select(HistoryEntry).where(HistoryEntry.customer_id == contact.customer_id, said)
    return [
        (f"{entry.label} · {day_short(entry.at)}", entry.said)
        for entry in db.session.scalars(found.order_by(HistoryEntry.at))
    ]
