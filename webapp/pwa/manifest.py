"""What the app is called, looks like and can be handed, on the home screen of a phone."""

from typing import Any

from flask import current_app
from flask_login import current_user

from webapp.foundation.i18n import _, tag

PAPER, NIGHT = "#f5f4ee", "#0b110e"
"""The ground of the pages by day and by night (static/css/tokens.css)."""
NARROW, WIDE = "585x1266", "1280x860"
MOST_FILES = 10


def manifest() -> dict[str, Any]:
    """In the reader's language, and in the dark if he has chosen it."""
    ground = NIGHT if getattr(current_user, "scheme", "") == "dark" else PAPER
    return {
        "id": "/",
        "name": _("登门"),
        "short_name": _("登门"),
        "description": _("敲门之前，都准备好了：客户、计划、话术和拜访报告，没信号也能用。"),
        "lang": tag(),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": ground,
        "theme_color": ground,
        "categories": ["business", "productivity"],
        "launch_handler": {"client_mode": ["navigate-existing", "auto"]},
        "icons": _icons(),
        "screenshots": _screenshots(),
        "shortcuts": _shortcuts(),
        "share_target": _share_target(),
    }


def _asset(path: str) -> str:
    return f"/assets/{current_app.config['BUILD']}/icons/{path}"


def _icons() -> list[dict[str, str]]:
    return [
        {"src": _asset(f"icon{'-maskable' * maskable}-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png"}
        | ({"purpose": "maskable"} if maskable else {})
        for maskable in (False, True)
        for size in (192, 512)
    ]


def _screenshots() -> list[dict[str, str]]:
    language = "en" if tag().startswith("en") else "zh"
    shown = (
        ("today", "narrow", NARROW, _("今天")),
        ("door-card", "narrow", NARROW, _("门前一屏")),
        ("week", "wide", WIDE, _("周报")),
    )
    return [
        {
            "src": _asset(f"screens/{name}-{language}.webp"),
            "sizes": size,
            "type": "image/webp",
            "form_factor": form,
            "label": label,
        }
        for name, form, size, label in shown
    ]


def _shortcuts() -> list[dict[str, Any]]:
    icon = [{"src": _asset("icon-192.png"), "sizes": "192x192", "type": "image/png"}]
    named = ((_("写报告"), "/new-report"), (_("今天"), "/"), (_("搜索客户"), "/customers"))
    return [{"name": name, "url": url, "icons": icon} for name, url in named]


def _share_target() -> dict[str, Any]:
    return {
        "action": "/new-report",
        "method": "POST",
        "enctype": "multipart/form-data",
        "params": {
            "title": "title",
            "text": "text",
            "url": "url",
            "files": [{"name": "photos", "accept": ["image/*", ".jpg", ".jpeg", ".png", ".webp", ".heic"]}],
        },
    }
