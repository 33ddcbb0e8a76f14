"""What a browser calls itself, as a person would name the device: “Android · Chrome”, “iPhone · WeChat”."""

import re

# The first that fits is it: those who also name another (every Edge says Chrome, every Chrome says Safari) come first.
SYSTEMS = (
    ("HarmonyOS", r"harmonyos|openharmony"),
    ("iPad", r"ipad"),
    ("iPhone", r"iphone|ipod"),
    ("Android", r"android"),
    ("Windows", r"windows"),
    ("ChromeOS", r"\bcros\b"),
    ("Mac", r"mac os x|macintosh"),
    ("Linux", r"linux|x11"),
)
BROWSERS = (
    ("WeCom", r"wxwork"),
    ("WeChat", r"micromessenger"),
    ("DingTalk", r"dingtalk"),
    ("Feishu", r"lark|feishu"),
    ("QQ", r"mqqbrowser|qqbrowser|\bqq/"),
    ("UC", r"ucbrowser|ubrowser"),
    ("Quark", r"quark"),
    ("Huawei Browser", r"huaweibrowser"),
    ("Mi Browser", r"miuibrowser"),
    ("Samsung Internet", r"samsungbrowser"),
    ("Edge", r"edg(e|a|ios)?/"),
    ("Opera", r"opr/|opera"),
    ("Firefox", r"firefox|fxios"),
    ("Chrome", r"chrome|crios|chromium"),
    ("Safari", r"safari"),
)


def label(user_agent: str) -> str:
    """System and browser, or as much of it as can be told; an empty string if nothing can."""
    said = user_agent.lower()[:500]
    return " · ".join(filter(None, (_first(SYSTEMS, said), _first(BROWSERS, said))))


def _first(names: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for name, pattern in names if re.search(pattern, said)), "")
