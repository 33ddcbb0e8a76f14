"""Why somebody may want help."""

from typing import Any

from webapp.foundation.i18n import _l

NEEDS: dict[str, tuple[Any, str, str]] = {
    "complaint": (_l("客诉过了时限"), "alert", "flag"),
    "new": (_l("新人，带一带"), "star", ""),
    "weak": (_l("最近往前走得少，陪一趟"), "half", ""),
    "quiet": (_l("今天还没动静"), "clock", ""),
    "unsent": (_l("一天多没连上，有东西没送到"), "nosignal", "flag"),
    "forms": (_l("日报欠着"), "report", ""),
}
"""Sign → (words, icon, tone)."""
