"""The library to start from: tracks written for three trades, in Chinese and English, as data in `starter/`."""

import tomllib
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select

from webapp.accounts.models import User
from webapp.foundation import clock
from webapp.foundation.db import db
from webapp.playbook.models import TalkTrack

HERE = Path(__file__).parent / "starter"


def load_starter(owner: User) -> int:
    """Put into the library what is not there yet; returns how many. Owned by and, if he may, approved by `owner`.

    A track that is there already is left as it is, also if somebody has changed or retired it.
    """
    there = {(slug, spoken) for slug, spoken in db.session.execute(select(TalkTrack.slug, TalkTrack.language))}
    new = [words for words in entries() if (words["slug"], words["language"]) not in there]
    for words in new:
        TalkTrack.write(owner, **words)
    return len(new)


def entries() -> Iterator[dict[str, Any]]:
    """The words of each starter track in each language, as `TalkTrack.write` takes them."""
    for path in sorted(HERE.glob("*.toml")):
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["track"]:
            months = entry.pop("figures_valid_months", None)
            yield entry | {
                "language": path.stem,
                "heard": "\n".join(entry["heard"]),
                "next_slugs": entry.pop("next"),
                "figures_valid_until": end_of_month(months) if months else None,
            }


def end_of_month(months_ahead: int) -> date:
    """The last day of the month that many months from now."""
    today = clock.today()
    years, month = divmod(today.month - 1 + months_ahead, 12)
    return date(today.year + years, month + 1, monthrange(today.year + years, month + 1)[1])
