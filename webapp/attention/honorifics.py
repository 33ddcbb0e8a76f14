"""How one addresses a person in Chinese: 陈总, 王工, 李经理; by surname and what his title makes of him."""

import re

COMPOUND = frozenset(
    ("欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连",
     "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于",
     "司空", "闾丘", "子车", "亓官", "司寇", "令狐", "呼延", "东郭", "百里", "西门")
)  # fmt: skip
TITLES = {
    "总工程师": "总工", "总工": "总工", "董事长": "董", "董事": "董", "总裁": "总", "总经理": "总", "总监": "总监", "总": "总",
    "老板": "总", "创始人": "总", "合伙人": "总", "CEO": "总", "厂长": "厂长", "经理": "经理", "主任": "主任", "主管": "主管",
    "科长": "科长", "处长": "处长", "部长": "部长", "课长": "课长", "组长": "组长", "班长": "班长", "队长": "队长", "店长": "店长",
    "站长": "站长", "所长": "所长", "院长": "院长", "校长": "校长", "局长": "局长", "会长": "会长", "书记": "书记", "主席": "主席",
    "老师": "老师", "教授": "教授", "医生": "医生", "律师": "律师", "助理": "助理", "秘书": "秘书", "会计": "会计", "师傅": "师傅",
    "电工": "师傅", "钳工": "师傅", "维修工": "师傅", "机修": "师傅", "工程师": "工", "技术员": "工", "高工": "工", "技术": "工",
}  # fmt: skip
"""How a title ends → how it is said after the surname. The longest ending counts: 总经理助理 is no 总."""
SAID = frozenset(TITLES.values()) | {"姐", "哥", "叔", "姨"}
HAN = re.compile(r"[\u3400-\u9fff]+")
ASIDE = re.compile(r"[（(].*?[)）]")
SEVERAL = re.compile(r"[/／、，,;；|&·\s]+|兼")


def honorific(name: str, title: str = "") -> str:
    """陈国栋, 设备部经理 → 陈经理; the name itself where the title says nothing, where it was typed the way one says it
    (余总, 老王), or where it is no Chinese name."""
    bare = ASIDE.sub("", name).strip() or name
    if not HAN.fullmatch(bare) or _is_called_so(bare):
        return bare
    known = _after_the_surname(title)
    return _surname(bare) + known if known else bare


def _is_called_so(name: str) -> bool:
    is_familiar = len(name) == 2 and name[0] in "老小阿"
    return is_familiar or any(name.endswith(said) and _is_surname(name[: -len(said)]) for said in SAID)


def _is_surname(text: str) -> bool:
    return len(text) == 1 or text in COMPOUND


def _surname(name: str) -> str:
    return name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]


def _after_the_surname(title: str) -> str:
    for part in SEVERAL.split(ASIDE.sub("", title)):
        for ending in sorted(TITLES, key=len, reverse=True):
            if part.upper().endswith(ending):
                return TITLES[ending]
    return ""
