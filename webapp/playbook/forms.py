import re
from typing import Any

from wtforms.validators import ValidationError

from webapp.customers.models import LEVELS
from webapp.customers.words import DECISION_ROLES
from webapp.foundation.forms import Choice, Choices, Day, FieldForm, Hidden, LongText, Text
from webapp.foundation.i18n import _, _l
from webapp.playbook import words
from webapp.playbook.models import WORDS, figures_in

LINE_CHARACTERS = 20
"""Chinese characters that one can say in a breath."""
HAN = r"[\u3400-\u9fff]"
TOO_MANY = _l("一口气说不完：最多%(most)s个汉字，现在有%(n)s个。", most="{most}", n="{n}")
PART = 600
MOST_INDUSTRIES = 12
MOST_ONWARD = 5


class TrackForm(FieldForm):
    """A talk track. `version` is the one that was opened, so that nobody overwrites what he has not seen."""

    version = Hidden()
    heard = LongText(
        _l("他怎么说"), most=500, description=_l("一行一句，他的原话。以后打“太贵”或者tg，就是靠这几句找到它。")
    )
    line = Text(
        _l("一句话"),
        most=80,
        required=True,
        missing=_l("写一句能当面说出口的话。"),
        description=_l("最多20个汉字，当着客户说得出口的那一句。"),
        render_kw={"data-most": LINE_CHARACTERS, "data-signs": HAN, "data-long": TOO_MANY},
    )
    situation = Choice(
        _l("什么时候用"), choices=list(words.SITUATIONS.items()), required=True, missing=_l("选一个用得上的时候。")
    )
    title = Text(_l("名字"), most=60, required=True, missing=_l("起个名字，比如“太贵：算十年总账”。"))
    language = Choice(_l("哪种话"), choices=list(words.LANGUAGES.items()))
    pain = LongText(
        _l("痛点"), most=PART, description=_l("先让他自己说出疼在哪儿。单独一行的（括号）是提醒自己，不念出来。")
    )
    selling_point = LongText(_l("卖点"), most=PART, description=_l("跟他那个痛点有关的一条，别的先不说。"))
    solution = LongText(_l("方案"), most=PART, description=_l("怎么解决，凭什么信：数字、案例、试用。"))
    call_to_action = LongText(_l("行动"), most=PART, description=_l("把样品放到他手里，报一个日子。"))
    figures = LongText(
        _l("数字和来源"), most=PART, description=_l("一行一个：数字 | 哪儿来的。比如：8,000小时 | 厂家样册2026版。")
    )
    figures_valid_until = Day(_l("数字管到哪天"), description=_l("到那天再核一遍；里面有价格、寿命这类数字才填。"))
    product = Text(_l("产品"), most=100)
    industries = Text(_l("哪些行业"), most=200, description=_l("用顿号或逗号隔开，不填就是都能用。"))
    stages = Choices(_l("哪几步"), choices=list(words.STAGES.items()))
    levels = Choices(_l("哪几级客户"), choices=[(level, level) for level in LEVELS])
    personas = Choices(_l("对谁说"), choices=list(DECISION_ROLES.items()))
    next_slugs = Choices(_l("他接着说，就用"), description=_l("最多5条。"))

    def validate_line(self, field: Any) -> None:
        n = len(re.findall(HAN, field.data or ""))
        if n > LINE_CHARACTERS:
            raise ValidationError(str(TOO_MANY).format(most=LINE_CHARACTERS, n=n))

    def validate_figures(self, field: Any) -> None:
        for n, figure in enumerate(figures_in(field.data), 1):
            if not (figure.what and figure.source):
                raise ValidationError(_("第%(n)s行没写来源，写成：数字 | 哪儿来的。", n=n))

    def validate_industries(self, field: Any) -> None:
        if len(split(field.data)) > MOST_INDUSTRIES:
            raise ValidationError(_("最多写%(most)s个行业；再多就别填，算都能用。", most=MOST_INDUSTRIES))

    def validate_next_slugs(self, field: Any) -> None:
        if len(field.data or ()) > MOST_ONWARD:
            raise ValidationError(_("最多选%(most)s条。", most=MOST_ONWARD))

    def words(self) -> dict[str, Any]:
        """What was written, as `TalkTrack.write` and `.revise` take it."""
        said = {name: getattr(self, name).data for name in WORDS}
        lines = {"heard": tidy_lines(self.heard.data), "figures": tidy_figures(self.figures.data)}
        return said | lines | {"industries": split(self.industries.data)}


class UseForm(FieldForm):
    """How a track went, in one tap; `said` and `customer` only lead back to where the tap was."""

    outcome = Choice(_l("灵不灵"), choices=list(words.OUTCOMES.items()), required=True)
    said = Text(_l("他怎么说"))
    customer = Hidden()


class MisfitForm(FieldForm):
    """This track is not for that customer."""

    customer = Hidden()


class ApprovalForm(FieldForm):
    """A supervisor has read this `version`, or what is proposed instead of it."""

    version = Hidden()


class RemarkForm(FieldForm):
    """Why it is not approved as it stands."""

    remark = LongText(_l("哪里要改"), most=300, required=True, missing=_l("写一句哪里要改，他好动手。"))


class CoachForm(FieldForm):
    note = LongText(_l("带教提示"), most=1000, description=_l("只有主管看得见，不进销售员的手机。"))


class GapForm(FieldForm):
    """What somebody heard and found nothing for."""

    said = Text(_l("他怎么说"), most=200, required=True, missing=_l("写下他说的话。"))
    customer = Hidden()


def split(text: str | None) -> list[str]:
    """纺织、造纸, cement → each once, in order."""
    parts = (part.strip()[:30] for part in re.split(r"[、，,;；\n]", text or ""))
    return list(dict.fromkeys(part for part in parts if part))


def tidy_lines(text: str | None) -> str:
    return "\n".join(line.strip() for line in (text or "").splitlines() if line.strip())


def tidy_figures(text: str | None) -> str:
    return "\n".join(f"{figure.what} | {figure.source}" for figure in figures_in(text or ""))
