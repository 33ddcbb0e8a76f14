"""How one asks whether something is still so: 陈总还喝拿铁吗？"""

import re
from typing import Any

from webapp.attention.honorifics import honorific
from webapp.attention.models import AttentionItem
from webapp.foundation.i18n import _, _l, tag

LONGEST = 24
CLAUSE = re.compile(r"[，。；！？,;!?\n]")
NOW = re.compile(r"^(现在|目前|一直|还)")
PLACE = r"桌上|墙上|案头|书架上|书柜里|茶台上|茶几上|办公室里?|后备箱里?|车里|奖柜里|柜子里|手上|库房里?|车间里?|门口"
VERB = (
    r"有|放着?|挂着?|摆着?|停着?|常年|一排|都是|最?爱|最?喜欢|只|常|每|在|用|喝|吃|抽|读|看|听|戴|穿|开|打|跑|骑|钓|养|收|练|"
    r"玩|下|买|订|进|拿|推崇|佩服|敬重|走|回"
)
SAID = re.compile(rf"^({PLACE})?((?:{VERB}).+)$")

QUESTIONS: dict[str, Any] = {
    "hobby": _l("%(who)s的爱好还是“%(what)s”吗？"),
    "reading": _l("%(who)s手边的书还是“%(what)s”吗？"),
    "style": _l("%(who)s的打扮还是“%(what)s”吗？"),
    "admires": _l("%(who)s还推崇这位吗：“%(what)s”？"),
    "office": _l("%(who)s办公室还是“%(what)s”吗？"),
    "desk": _l("%(who)s桌上还是“%(what)s”吗？"),
    "taste": _l("%(who)s的口味还是“%(what)s”吗？"),
    "channel": _l("找%(who)s，还是“%(what)s”吗？"),
    "supplier": _l("%(who)s用的还是“%(what)s”吗？"),
}


def still_so(item: AttentionItem) -> str:
    """The fact as a question, short: its first clause, woven in where it begins like a sentence about him."""
    who = _who(item)
    clause = NOW.sub("", CLAUSE.split(item.observed.strip(), maxsplit=1)[0].strip()) or item.observed
    said = SAID.match(clause) if len(clause) <= LONGEST and tag() != "en" else None
    if said:
        return _("%(who)s%(place)s还%(what)s吗？", who=who, place=said[1] or "", what=said[2])
    what = clause if len(clause) <= LONGEST else clause[: LONGEST - 1] + "…"
    asked = QUESTIONS.get(item.category)
    return str(asked) % {"who": who, "what": what} if asked else what


def _who(item: AttentionItem) -> str:
    person = item.contact
    if person is None:
        return _("他们")
    return person.name if tag() == "en" else honorific(person.name, person.title or "")
