from webapp.foundation.forms import Choice, FieldForm, LongText
from webapp.foundation.i18n import _l
from webapp.visits.words import ATTENDANCE


class DailyForm(FieldForm):
    """What the rep adds to the day that built itself."""

    attendance = Choice(_l("出勤"), choices=list(ATTENDANCE.items()), default="field")
    changes = LongText(_l("客户和市场有什么变化"), most=2000)
    insight = LongText(_l("今天的心得"), most=2000)
