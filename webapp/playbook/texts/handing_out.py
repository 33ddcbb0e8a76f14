"""The whole library as files: a table, or a zip of texts."""

import io
import zipfile
from collections.abc import Iterable, Iterator

from sqlalchemy import select

from webapp.foundation.db import db
from webapp.playbook.library import language
from webapp.playbook.models import Product, TalkTrack
from webapp.playbook.texts import products, tracks
from webapp.playbook.texts.labels import PRODUCT, TRACK
from webapp.playbook.texts.spelling import spell


def all_tracks() -> list[TalkTrack]:
    """What is in use, in every language."""
    kept = select(TalkTrack).where(TalkTrack.state == "approved")
    return list(db.session.scalars(kept.order_by(TalkTrack.language.desc(), TalkTrack.situation, TalkTrack.slug)))


def all_products() -> list[Product]:
    kept = select(Product).where(Product.retired_at.is_(None))
    return list(db.session.scalars(kept.order_by(Product.group, Product.is_ours.desc(), Product.name)))


def track_rows() -> Iterator[list[str]]:
    """Headings in the reader's language, then each track in its own."""
    yield [str(label) for label in TRACK.values()]
    for track in all_tracks():
        said = spell(tracks.fields_of(track, with_coach=True), track.language)
        yield [said[name] for name in TRACK]


def product_rows() -> Iterator[list[str]]:
    yield [str(label) for label in PRODUCT.values()]
    for product in all_products():
        said = products.fields_of(product, language())
        yield [said[name] for name in PRODUCT]


def track_texts() -> Iterator[tuple[str, str]]:
    for track in all_tracks():
        yield f"{track.language}/{track.situation}/{track.slug}.txt", tracks.as_text(track, with_coach=True)


def product_texts() -> Iterator[tuple[str, str]]:
    for n, product in enumerate(all_products(), 1):
        yield f"{n:03}.txt", products.as_text(product, language())


def as_zip(texts: Iterable[tuple[str, str]]) -> bytes:
    """The same texts make the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in texts:
            package.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)
    return whole.getvalue()
