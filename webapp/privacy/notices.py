"""Who is told what about erasures: that one is late, that something was not kept."""

from datetime import date

from sqlalchemy import ColumnElement, select

from webapp.accounts.leaders import leaders_of
from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.foundation.i18n import _l
from webapp.privacy import due
from webapp.privacy.models import CLOCK, Erasure
from webapp.push.models import notify
from webapp.push.mornings import every_morning
from webapp.push.words import KINDS, Kind

KINDS["erased"] = Kind(_l("你写的一份没留下：里面的人要求删掉资料"), "lock")
KINDS["retention_due"] = Kind(_l("有人的资料用不着了，看看留不留"), "lock")
KINDS["erasure_late"] = Kind(_l("有人的资料还没删干净，十五天快到了"), "clock", urgent=True)

WARNING = CLOCK * 2 // 3
"""So long after the wish whoever is responsible is told which phones are still missing."""


@every_morning
def tell_of_late_erasures(day: date, living_there: ColumnElement[bool]) -> None:
    """After ten days, and again when the fifteen are over: to who did it, the owner, whoever leads him, and the house."""
    old = select(Erasure).join(User, User.id == Erasure.owner_id)
    old = old.where(living_there, Erasure.at < clock.here() - WARNING, Erasure.at > clock.here() - 4 * CLOCK)
    for erasure in db.session.scalars(old).all():
        if not erasure.is_done:
            key = "over" if erasure.is_late else "soon"
            notify("erasure_late", _responsible(erasure), subject=erasure.id, url=f"/erasures/{erasure.id}", key=key)


@every_morning
def tell_of_what_need_not_be_kept(day: date, living_there: ColumnElement[bool]) -> None:
    """On the first Monday of a month, to whoever has somebody to decide about."""
    if day.weekday() == 0 and day.day <= 7:
        notify("retention_due", due.owners(living_there), url="/retention", key=f"{day:%Y-%m}")


def _responsible(erasure: Erasure) -> set[User | str]:
    admins = db.session.scalars(select(User.id).where(User.role == "admin"))
    return {erasure.by_id, erasure.owner_id, *(leader.id for leader in leaders_of(erasure.owner)), *admins}
