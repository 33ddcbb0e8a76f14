from typing import Any

import wtforms

from webapp.accounts.models import User
from webapp.foundation.forms import Choice, FieldForm, Hidden, LongText, Text
from webapp.foundation.i18n import _l
from webapp.urgent.models import Said
from webapp.urgent.words import ABOUT, ASKS, MARKET, OUTCOMES, STEPS


class ComplaintForm(FieldForm):
    """What the customer says, as he says it."""

    about = Choice(_l("什么事"), choices=list(ABOUT.items()), default="quality")
    said = LongText(
        _l("客户怎么说"),
        most=2000,
        required=True,
        missing=_l("照原话写一句。"),
        description=_l("别打断，照原话记。"),
    )
    product = Text(_l("产品、批号"), most=100)
    wants = LongText(_l("他要什么"), most=1000)

    def told(self) -> Said:
        return Said(self.said.data or "", self.about.data or "other", self.product.data or "", self.wants.data or "")


class StepForm(FieldForm):
    """What was done about it at one step."""

    step = Hidden()
    text = LongText(_l("怎么做的"), most=2000, required=True, missing=_l("写一句做了什么。"))

    def ask(self, step: str) -> "StepForm":
        self.step.data = step
        self.text.label.text = str(STEPS[step])
        self.text.description = str(ASKS[step])
        return self

    @property
    def known_step(self) -> str:
        """The step that is meant; an unknown one is the first."""
        code = self.step.data or ""
        return code if code in STEPS and code != "satisfied" else "listen"


class SatisfactionForm(FieldForm):
    """The customer's own word."""

    outcome = Choice(
        _l("客户现在"), choices=list(OUTCOMES.items()), required=True, missing=_l("点一个：他满意了没有？")
    )
    text = LongText(_l("他原话怎么说？"), most=1000)


class HandlerForm(FieldForm):
    handler_id = wtforms.SelectField(_l("谁来办"), choices=[], validate_choice=False)

    def offer(self, people: list[User]) -> "HandlerForm":
        self.handler_id.choices = [(person.id, person.name) for person in people]
        self.people = {person.id: person for person in people}
        return self

    @property
    def chosen(self) -> User | None:
        return self.people.get(self.handler_id.data or "")


class MarketForm(FieldForm):
    """What stirs in the market; goes up at once."""

    kind = Choice(_l("什么动静"), choices=list(MARKET.items()), required=True)
    customer = Hidden()
    who = Text(_l("哪家对手、什么人"), most=100)
    what = LongText(
        _l("看到什么"),
        most=2000,
        required=True,
        missing=_l("写一句看到了什么。"),
        description=_l("价格、数量、到哪天，写得出的都写。"),
    )
    effect = LongText(_l("对我们有什么影响"), most=1000)
    advice = LongText(_l("你看怎么办"), most=1000)

    def told(self) -> dict[str, Any]:
        plain = {name: self[name].data or "" for name in ("who", "what", "effect", "advice")}
        return {"kind": self.kind.data, **plain}
