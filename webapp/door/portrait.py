"""The 360° portrait of a customer in a few labelled lines; what is not known is left out."""

from datetime import date

from flask_babel import format_date
from lunar_python.util import LunarUtil

from webapp.customers.models import Contact, Customer
from webapp.customers.rhythm import turn_by_rhythm
from webapp.customers.words import LIFECYCLES, RELATIONS, RHYTHMS, SENSITIVITIES, SIZES, SOURCES
from webapp.door.talking import dated_lines, pains
from webapp.foundation.i18n import _, get_locale, ngettext, tag
from webapp.foundation.words import SHORT_DAY, day_short, money

PAINS = 4
Rows = list[tuple[str, list[str]]]


def portrait(customer: Customer) -> Rows:
    """(label, lines) of all that is known, in the order in which one wants to know it."""
    rows = [
        (_("需求"), _needs(customer)),
        (_("偏好"), [customer.prefers_communication, customer.prefers_product, customer.personal_interests]),
        (_("价值"), _worth(customer)),
        (_("购买"), _purchases(customer)),
        (_("信用"), _credit(customer)),
        (_("节奏"), _rhythm(customer)),
        (_("公司"), _company(customer)),
        (_("备注"), (customer.note or "").splitlines()),
    ]
    return [(label, known) for label, lines in rows if (known := [line for line in lines if line])]


def birthday(person: Contact) -> str:
    """That it is his birthday, and when; an empty text if it is not known."""
    return _("生日%(day)s", day=born(person)) if born(person) else ""


def born(person: Contact) -> str:
    """The day as one says it; an empty text if it is not known."""
    month, day = person.birthday_month, person.birthday_day
    if not month or not day:
        return ""
    if person.birthday_is_lunar:
        number = abs(month)
        spoken = (number, day) if tag() == "en" else (LunarUtil.MONTH[number], LunarUtil.DAY[day])
        said = dict(zip(("month", "day"), spoken, strict=True))
        return _("农历闰%(month)s月%(day)s", **said) if month < 0 else _("农历%(month)s月%(day)s", **said)
    return format_date(date(2000, month, day), SHORT_DAY[str(get_locale())])


def _needs(customer: Customer) -> list[str]:
    sensitive = SENSITIVITIES.get(customer.sensitive_to)
    return [
        *_dated(pains(customer)[:PAINS]),
        *_dated(dated_lines(customer.latent_need)),
        _("最在意%(what)s", what=sensitive) if sensitive else "",
        _("预算%(sum)s", sum=money(customer.budget_cents)) if customer.budget_cents else "",
    ]


def _dated(lines: list[tuple[date | None, str]]) -> list[str]:
    return [_("%(what)s（%(day)s）", what=text, day=day_short(day)) if day else text for day, text in lines]


def _worth(customer: Customer) -> list[str]:
    worth = [
        _("重点目标第%(n)s名", n=customer.key_rank) if customer.key_rank else "",
        _("行业标杆") if customer.is_strategic else "",
        _("会替我们说好话（打%(n)s分）", n=customer.nps) if customer.recommends_us else "",
        _("打%(n)s分", n=customer.nps) if customer.nps is not None and not customer.recommends_us else "",
        _("长得快") if customer.is_growing else "",
    ]
    return [" · ".join(part for part in (str(LIFECYCLES.get(customer.lifecycle, "")), *worth) if part)]


def _purchases(customer: Customer) -> list[str]:
    if not customer.purchase_count:
        return []
    last = customer.last_purchase_at
    bought = ngettext("买过%(num)s次", "买过%(num)s次", customer.purchase_count)
    latest = _("最近%(day)s", day=day_short(last)) if last else ""
    return [" · ".join(part for part in (bought, latest) if part)]


def _credit(customer: Customer) -> list[str]:
    owed = [
        _("应收%(sum)s", sum=money(customer.receivable_cents)) if customer.receivable_cents else "",
        _("逾期%(sum)s", sum=money(customer.overdue_cents)) if customer.overdue_cents else "",
    ]
    return [" · ".join(part for part in owed if part)]


def _rhythm(customer: Customer) -> list[str]:
    step = customer.next_step
    when = day_short(customer.next_step_on) if customer.next_step_on else ""
    return [
        f"{RELATIONS[customer.relation]} · {RHYTHMS[customer.relation]}",
        _("下一步：%(what)s", what=" · ".join(part for part in (when, step) if part))
        if step or when
        else _("还没定下一步"),
        _("最近联系%(day)s", day=day_short(customer.last_contact_at)) if customer.last_contact_at else "",
        _("按节奏，%(day)s再走动", day=day_short(turn_by_rhythm(customer))) if customer.last_contact_at else "",
    ]


def _company(customer: Customer) -> list[str]:
    known = [customer.industry, str(SIZES.get(customer.size, "")), str(SOURCES.get(customer.source, ""))]
    name = customer.name if customer.short_name and customer.short_name != customer.name else ""
    return [name, " · ".join(part for part in known if part), customer.website]
