from typing import Any

from wtforms.validators import ValidationError

from webapp.accounts.models import User
from webapp.customers.forms.parts import (
    NextStepFields,
    TagChips,
    are_tags,
    free_line,
    free_text,
    is_phone,
    is_position,
    is_website,
    one_of,
    position_in,
    tags_in,
)
from webapp.customers.models import Customer
from webapp.customers.words import LIFECYCLES, RELATIONS, SENSITIVITIES, SIZES, SOURCES, STAGES
from webapp.foundation.date_chips import PICK
from webapp.foundation.forms import Choice, Day, Hidden, Money, Text, Tick, Whole
from webapp.foundation.i18n import _, _l, lazy_pgettext

TEXTS = (
    "name", "short_name", "code", "industry", "area", "city", "district", "address", "phone", "website", "size", "source",
    "pain", "latent_need", "sensitive_to", "decision_process", "prefers_communication", "prefers_product",
    "personal_interests", "note",
)  # fmt: skip
FIGURES = ("key_rank", "budget_cents", "nps", "receivable_cents", "overdue_cents", "overdue_since")
TICKS = ("is_strategic", "is_growing")


class CompanyFields(NextStepFields):
    """What both the short form of a new customer and the whole file ask."""

    name = Text(_l("公司名称"), most=200, required=True, missing=_l("公司叫什么？"))
    short_name = Text(_l("简称"), most=60, description=_l("平时怎么叫，就怎么写。"))
    code = Text(_l("客户编号"), most=60)
    industry = Text(_l("行业"), most=60)
    area = Text(_l("地区"), most=60)
    city = Text(_l("城市"), most=60)
    district = Text(_l("区县"), most=60)
    address = Text(_l("地址"), most=200)
    phone = Text(_l("公司电话"), most=60, validators=[is_phone])
    website = Text(_l("网址"), most=200, validators=[is_website])
    size = one_of(_l("规模"), SIZES)
    source = one_of(_l("怎么来的"), SOURCES)
    stage = Choice(_l("走到哪一步"), choices=list(STAGES.items()), default="search")
    pain = free_text(_l("痛点"), description=_l("最头疼的是什么，他自己怎么说的。"))
    note = free_text(_l("备注"), most=5000)
    known_tags = TagChips(_l("标签"), choices=[])
    tags_text = Text(_l("再加标签"), most=600, validators=[are_tags], description=_l("用逗号隔开。"))
    shown = Hidden(default="ticks tags")

    def __init__(self, *args: Any, tags: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_tags.offer(tags or [])

    def texts(self, *names: str) -> dict[str, Any]:
        """What was typed in these fields that this form has; a choice taken back is an empty text."""
        return {name: self[name].data or "" for name in names if name in self}

    def has_shown(self, what: str) -> bool:
        """Whether the page that was sent had these boxes: an empty one and one that was not there look alike."""
        return what in " ".join(self.shown.raw_data or ())

    def complete_file(self, customer: Customer, by: User) -> None:
        """Tags and the next step, which are more than columns."""
        if self.has_shown("tags"):
            customer.tag_with([*(self.known_tags.data or []), *tags_in(self.tags_text.data)])
        customer.plan_next_step(self.next_step.data or "", self.planned_on, by)


class CustomerForm(CompanyFields):
    """The whole file of DOMAIN.md §3 but for its people and its level, which have pages of their own."""

    position = Text(
        _l("位置"), most=60, validators=[is_position], description=_l("纬度, 经度。到了门口点“我到了”，也会记下。")
    )
    lifecycle = Choice(_l("生命周期"), choices=list(LIFECYCLES.items()))
    relation = Choice(_l("关系"), choices=list(RELATIONS.items()), description=_l("定多久该联系一次。"))
    key_rank = Whole(_l("重点目标排第几"), least=1, most=9999)
    latent_need = free_text(_l("潜在需求"), description=_l("他自己还没说，我们看出来的。"))
    budget_cents = Money(_l("采购预算"))
    sensitive_to = one_of(_l("最在意什么"), SENSITIVITIES)
    decision_process = free_text(_l("怎么定的"), description=_l("比如：陈经理点头，沈总签字，5万以上开会。"))
    prefers_communication = free_line(_l("怎么沟通好"))
    prefers_product = free_line(_l("喜欢什么产品"))
    personal_interests = free_line(_l("个人兴趣"))
    is_strategic = Tick(lazy_pgettext("file", "行业标杆"), description=_l("拿下它，同行会跟着看。"))
    is_growing = Tick(lazy_pgettext("file", "长得快"), description=_l("年轻，一年一个样。"))
    nps = Whole(_l("愿意推荐我们，打几分"), least=0, most=10, description=_l("0到10分；8分起算好口碑。"))
    receivable_cents = Money(_l("应收"))
    overdue_cents = Money(_l("其中逾期"))
    overdue_since = Day(_l("从哪天起逾期"), future_years=0)

    def __init__(self, customer: Customer, *args: Any, tags: list[str] | None = None, **kwargs: Any) -> None:
        own = [tag.word for tag in customer.tags]
        place = self.position_before = ", ".join(f"{part:.6f}" for part in customer.place or ())
        every = list(dict.fromkeys([*own, *(tags or [])]))
        on = customer.next_step_on
        super().__init__(
            *args,
            obj=customer,
            known_tags=own,
            position=place,
            tags=every,
            day_before=on,
            when=PICK if on else None,
            **kwargs,
        )

    def validate_overdue_cents(self, field: Any) -> None:
        if (field.data or 0) > (self.receivable_cents.data or 0):
            raise ValidationError(_("逾期的不会比应收多。"))

    def values(self) -> dict[str, Any]:
        """Column → value. What an older page did not ask stays as it is."""
        said = self.texts(*TEXTS) | {name: self[name].data for name in FIGURES}
        if self.has_shown("ticks"):
            said |= {name: bool(self[name].data) for name in TICKS}
        if self.position.data != self.position_before:
            said["latitude"], said["longitude"] = position_in(self.position.data) or (None, None)
        return said | {name: self[name].data for name in ("lifecycle", "relation") if self[name].data}

    def complete(self, customer: Customer, by: User) -> None:
        """The step of the sale, with its line in the history, then what is more than columns."""
        if self.stage.data:
            customer.move_to_stage(self.stage.data, by)
        self.complete_file(customer, by)
