"""The library to start from: tracks written for three trades, in Chinese and English, a text file each in `starter/`
(`<language>/<trade>/<code>.txt`; «any» is for every trade), and the products that they talk about, in one of both: a track is
shown in its reader's language, a product is one thing that everybody reads about."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select

from webapp.accounts.models import User
from webapp.foundation.db import db, new_id
from webapp.playbook.models import Product, TalkTrack
from webapp.playbook.texts import products, tracks

HERE = Path(__file__).parent / "starter"
TRADES = ("industrial", "consumer", "software")
LANGUAGES = ("zh", "en")


def load_starter(owner: User, products_in: str = "zh") -> int:
    """Put into the library what is not there yet; returns how many tracks. Owned by and, if he may, approved by `owner`.
    `products_in`: the language of the products, a code of LANGUAGES.

    A track that is there already is left as it is, also if somebody has changed or retired it.
    """
    there = {(slug, spoken) for slug, spoken in db.session.execute(select(TalkTrack.slug, TalkTrack.language))}
    new = [words for _trade, words in entries() if (words["slug"], words["language"]) not in there]
    for words in new:
        TalkTrack.write(owner, **words)
    _load_products(owner, products_in)
    return len(new)


def entries() -> Iterator[tuple[str, dict[str, Any]]]:
    """The trade and the words of each starter track in each language, as `TalkTrack.write` takes them."""
    for path in sorted(HERE.glob("*/*/*.txt")):
        if path.parent.name != "products":
            words, _lines = tracks.from_text(path.read_text(encoding="utf-8"))
            yield path.parent.name, tracks.whole(words)


def product_entries(language: str = "zh") -> Iterator[dict[str, Any]]:
    for path in sorted(HERE.glob(f"{language}/products/*.txt")):
        words, _lines = products.from_text(path.read_text(encoding="utf-8"))
        yield products.whole(words)


def _load_products(owner: User, language: str) -> None:
    there = {tuple(row) for row in db.session.execute(select(Product.group, Product.name, Product.maker))}
    for words in product_entries(language):
        if (words["group"], words["name"], words["maker"]) not in there:
            Product.add(owner, new_id(), **words)
