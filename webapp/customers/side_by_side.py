"""Two files of one company, field by field, and what will stand in the one that stays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from webapp.customers.models import Customer
from webapp.customers.models.merging import higher_level, richer
from webapp.customers.words import LIFECYCLES, RELATIONS, SENSITIVITIES, SIZES, SOURCES, STAGES
from webapp.foundation.i18n import _, _l, lazy_pgettext, pgettext
from webapp.foundation.words import day_short, money

FIELDS: Mapping[str, Any] = {
    "name": _l("公司名称"),
    "short_name": _l("简称"),
    "owner": _l("负责人"),
    "level": _l("等级"),
    "stage": _l("走到哪一步"),
    "relation": _l("关系"),
    "code": _l("客户编号"),
    "industry": _l("行业"),
    "area": _l("地区"),
    "city": _l("城市"),
    "district": _l("区县"),
    "address": _l("地址"),
    "phone": _l("公司电话"),
    "website": _l("网址"),
    "size": _l("规模"),
    "source": _l("怎么来的"),
    "lifecycle": _l("生命周期"),
    "key_rank": _l("重点目标排第几"),
    "pain": _l("痛点"),
    "latent_need": _l("潜在需求"),
    "budget_cents": _l("采购预算"),
    "sensitive_to": _l("最在意什么"),
    "decision_process": _l("怎么定的"),
    "prefers_communication": _l("怎么沟通好"),
    "prefers_product": _l("喜欢什么产品"),
    "personal_interests": _l("个人兴趣"),
    "is_strategic": lazy_pgettext("file", "行业标杆"),
    "is_growing": lazy_pgettext("file", "长得快"),
    "nps": _l("愿意推荐我们，打几分"),
    "purchase_count": _l("买过几次"),
    "receivable_cents": _l("应收"),
    "overdue_cents": _l("其中逾期"),
    "open_complaint": _l("没了结的客诉"),
    "next_step": _l("下一步"),
    "next_step_on": _l("哪天"),
    "last_contact_at": _l("最近联系"),
    "tags": _l("标签"),
    "contacts": _l("联系人"),
    "note": _l("备注"),
}
_CODES = {
    "stage": STAGES,
    "relation": RELATIONS,
    "lifecycle": LIFECYCLES,
    "size": SIZES,
    "source": SOURCES,
    "sensitive_to": SENSITIVITIES,
}


@dataclass(frozen=True)
class Line:
    """`changes`: the file that stays says something else than before once they are one."""

    label: str
    kept: str
    gone: str
    becomes: str

    @property
    def changes(self) -> bool:
        return self.kept != self.becomes

    @property
    def added(self) -> str:
        """What comes behind what stands there already; empty if that is replaced."""
        before = [f"{self.kept}{gap}" if self.kept else "" for gap in ("\n", _("、"))]
        return next((self.becomes[len(text) :] for text in before if self.becomes.startswith(text)), "")


def compare(kept: Customer, gone: Customer) -> list[Line]:
    """The fields of which either file says something; those that differ first."""
    will_be = _after(kept, gone)
    lines = [
        Line(str(label), spelled(name, _of(kept, name)), spelled(name, _of(gone, name)), spelled(name, will_be[name]))
        for name, label in FIELDS.items()
    ]
    said = [line for line in lines if line.kept or line.gone]
    return sorted(said, key=lambda line: line.kept == line.gone)


def _after(kept: Customer, gone: Customer) -> dict[str, Any]:
    values = {name: _of(kept, name) for name in FIELDS} | richer(kept, gone)
    values["level"] = higher_level(kept, gone)
    values["tags"] = list(dict.fromkeys([*_of(kept, "tags"), *_of(gone, "tags")]))
    twins = [person.name for person in gone.people if any(known.is_same_person_as(person) for known in kept.people)]
    values["contacts"] = [*_of(kept, "contacts"), *(name for name in _of(gone, "contacts") if name not in twins)]
    return values


def _of(customer: Customer, name: str) -> Any:
    if name == "tags":
        return [tag.word for tag in customer.tags]
    if name == "contacts":
        return [person.name for person in customer.people]
    return customer.owner.name if name == "owner" else getattr(customer, name)


def spelled(name: str, value: Any) -> str:
    """A value as one reads it; nothing for what is not known."""
    if name.endswith("_cents"):
        return money(value) if value else ""
    if isinstance(value, datetime | date):
        return day_short(value)
    if isinstance(value, list):
        return _("、").join(value)
    if isinstance(value, bool):
        return pgettext("fact", "是") if value else ""
    is_known = value not in (None, "") and (value != 0 or name == "nps")
    return str(_CODES.get(name, {}).get(value, value)) if is_known else ""
