"""What is wrong with a file, in the reader's words."""

from webapp.customers.importing.words import why_unreadable
from webapp.foundation.i18n import _, _l
from webapp.playbook.texts.labels import PRODUCT, TRACK
from webapp.playbook.texts.unpacking import Problem

PROBLEMS = {
    "empty": _l("里面什么也没有。"),
    "broken": _l("这个文件坏了，打不开。"),
    "no_text": _l("不是能读的文字文件，或者太大了。"),
    "no_heading": _l("看不出这一行属于哪一项：每一项写成“名字：……”，下面接着写的空两格。"),
    "twice": _l("这一项写了两遍。"),
    "unknown_heading": _l("没有叫这个的项。"),
    "unknown_word": _l("没有这个选项。"),
    "no_date": _l("这不像一个日子，写成2026-11-22，或者“3个月”。"),
    "no_number": _l("这不像一个数。"),
    "no_attribute": _l("特性写成：名称 | 数值 | 单位 | 每单位值多少元。"),
    "no_slug": _l("代号只能用字母、数字和横线，最多80个。"),
    "double": _l("跟前面的一条重了。"),
}
SHOWN = 50


def sentence(problem: Problem) -> str:
    """«track.txt, line 3, The line: too long (…)»."""
    label = {**PRODUCT, **TRACK}.get(problem.field)
    where = [problem.place, _("第%(n)s行", n=problem.line) if problem.line else "", str(label) if label else ""]
    if problem.code == "unreadable":
        said = why_unreadable(problem.text) if problem.text != "too_big" else why_unreadable("too_big", most=20)
    elif problem.code:
        said = str(PROBLEMS[problem.code]) + (_("（%(text)s）", text=problem.text[:60]) if problem.text else "")
    else:
        said = problem.text
    return " · ".join(part for part in where if part) + " — " + said
