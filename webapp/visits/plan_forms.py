from wtforms import HiddenField

from webapp.foundation.forms import Choice, FieldForm, LongText, Text, Time
from webapp.foundation.i18n import _, _l
from webapp.visits.models import DayPlan
from webapp.visits.words import PURPOSES


class StopForm(FieldForm):
    """One visit of the plan: when, what for, to what end."""

    customer_id = HiddenField()
    at = Time(_l("几点"))
    purpose = Choice(_l("去做什么"), choices=list(PURPOSES.items()), default="service")
    objective = Text(_l("这趟要达到什么"), description=_l("一句话，比如：带回两台的订单。"))


class OrderForm(FieldForm):
    """A new order of the day: `ids` (dragged), or one stop by one step, or by the shortest way from where one stands."""

    ids = HiddenField()
    stop_id = HiddenField()
    by = HiddenField()
    latitude = HiddenField()
    longitude = HiddenField()


class CopyForm(FieldForm):
    source = HiddenField()


class HandInForm(FieldForm):
    message = LongText(_l("给主管的话"), most=500)

    def refuse_empty(self, plan: DayPlan) -> bool:
        """A day without visits is not handed in; says so beside the field."""
        if not plan.stops:
            self.message.errors = [_("还没排客户，先加一家。")]
        return not plan.stops
