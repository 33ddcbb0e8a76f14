"""Which track first: what it is for, whom it fits, and how it did so far."""

from dataclasses import dataclass
from typing import Protocol

from webapp.foundation import clock
from webapp.playbook.models import TalkTrack

ENOUGH = 5
"""Uses from which on a percentage says something."""

AT_STAGE = {
    "search": ("opening",),
    "approach": ("opening", "spin"),
    "persuade": ("pain", "objection", "spin", "comparison"),
    "negotiate": ("objection", "comparison", "closing"),
    "sign": ("closing", "objection"),
    "after_sales": ("after_sales", "care"),
}
"""The situations that one is in at each stage of a sale, likeliest first."""

TRADES = {
    "textiles": "纺织",
    "paper": "造纸",
    "cement": "水泥",
    "chemical fibre": "化纤",
    "machinery": "机械",
    "steel": "普钢",
    "supermarkets": "超市连锁",
    "convenience stores": "便利店",
    "retail": "零售",
    "hotels and restaurants": "酒店餐饮",
    "wholesale": "批发业",
    "trading": "商贸代理",
    "other commerce": "其他商业",
    "logistics": "仓储物流",
}
"""What the English library calls an industry → what Chinese customer files call it."""


class Asked(Protocol):
    """What is asked of a customer here."""

    @property
    def industry(self) -> str: ...

    @property
    def stage(self) -> str: ...

    @property
    def level(self) -> str: ...

    @property
    def open_complaint(self) -> str: ...


@dataclass(frozen=True)
class Outcomes:
    """How often a track worked, worked by half, or fell flat."""

    worked: int = 0
    half: int = 0
    flat: int = 0

    @property
    def total(self) -> int:
        return self.worked + self.half + self.flat

    @property
    def percent(self) -> int | None:
        """Of all its uses, how many worked; none as long as they are too few to say."""
        return round(100 * self.worked / self.total) if self.total >= ENOUGH else None

    @property
    def promise(self) -> float:
        """How likely it is to work (Laplace's rule): an untried track stands between the proven and the failed."""
        return (self.worked + self.half / 2 + 1) / (self.total + 2)


def is_stale(track: TalkTrack) -> bool:
    """Its figures are past their date."""
    return track.figures_valid_until is not None and track.figures_valid_until < clock.today()


def same_trade(named: str, industry: str) -> bool:
    """Whether an industry named in a track covers that of a customer: 机械 covers 专用机械, and textiles 纺织."""
    named, industry = named.casefold().strip(), industry.casefold().strip()
    names = [name for name in (named, TRADES.get(named)) if name]
    return bool(industry) and any(name in industry or industry in name for name in names)


def names_trade(track: TalkTrack, industry: str) -> bool:
    return any(same_trade(named, industry) for named in track.industries)


def fits(track: TalkTrack, customer: Asked) -> bool:
    """Whether the track is meant for a customer of this stage, level and industry; what it leaves open fits all."""
    return (
        (not track.stages or customer.stage in track.stages)
        and (not track.levels or customer.level in track.levels)
        and (not track.industries or names_trade(track, customer.industry))
    )


def situations_for(customer: Asked) -> tuple[str, ...]:
    """What one is likely to need at this door, likeliest first."""
    first = ("complaint",) if customer.open_complaint else ()
    return (*first, *AT_STAGE.get(customer.stage, ("opening",)))
