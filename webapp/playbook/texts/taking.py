"""Taking records into the library: all of them or none; what is there already becomes a new version if it differs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from webapp.accounts.models import User
from webapp.foundation.db import db, new_id
from webapp.foundation.typed_fields import yuan
from webapp.playbook.forms import TrackForm
from webapp.playbook.models import WORDS, Product, TalkTrack
from webapp.playbook.product_forms import ProductForm
from webapp.playbook.texts import products, tracks
from webapp.playbook.texts.products import plain_figure
from webapp.playbook.texts.unpacking import Brought, Problem, Record

_SLUG = re.compile(r"[\w-]{1,80}")


@dataclass
class Taken:
    added: int = 0
    changed: int = 0
    same: int = 0


def wrong_with(brought: Brought) -> list[Problem]:
    """What keeps these records from being taken in, in their order: what could not be read, then what may not be so."""
    known = set(db.session.scalars(select(TalkTrack.slug)))
    known |= {str(record.words.get("slug")) for record in brought.records}
    found, seen = list(brought.problems), set()
    for record in brought.records:
        found += _wrong_track(record, known) if record.kind == "track" else _wrong_product(record)
        key = _key(record)
        if key in seen:
            found.append(Problem(record.place, min(record.lines.values(), default=0), "double", str(key[-1])))
        seen.add(key)
    return found


def _key(record: Record) -> tuple[str, ...]:
    words = record.words
    if record.kind == "product":
        return "product", *(str(words.get(name, "")) for name in ("group", "maker", "name"))
    return "track", words.get("language") or "zh", words.get("slug") or words.get("title") or record.place


def _wrong_track(record: Record, known: set[str | None]) -> Iterator[Problem]:
    words = tracks.whole(record.words)
    said = {name: words[name] for name in (*WORDS, "language")} | {"industries": "、".join(words["industries"])}
    form = TrackForm(formdata=_sent(said))
    form.next_slugs.choices = [(slug, slug) for slug in known if slug]
    yield from _faults(form, record)
    if words.get("slug") and not _SLUG.fullmatch(words["slug"]):
        yield Problem(record.place, record.lines.get("slug", 0), "no_slug", words["slug"][:80], "slug")


def _wrong_product(record: Record) -> Iterator[Problem]:
    words = products.whole(record.words)
    said = {name: words[name] for name in ("group", "name", "maker", "unit", "source", "valid_until", "note")}
    said |= {"side": record.words.get("side", ""), "price_cents": yuan(words["price_cents"])}
    for n, row in enumerate(words["attributes"]):
        value = row["text"] if row["number"] is None else plain_figure(row["number"])
        cells = {"name": row["name"], "value": value, "unit": row["unit"], "worth": yuan(row["cents_per_unit"])}
        said |= {f"attributes-{n}-{name}": cell for name, cell in cells.items()}
    yield from _faults(ProductForm(formdata=_sent(said)), record)


def _sent(said: dict[str, Any]) -> MultiDict[str, str]:
    """As a browser would send it."""
    pairs = [(name, item) for name, value in said.items() for item in (value if isinstance(value, list) else [value])]
    return MultiDict([(name, "" if value is None else str(value)) for name, value in pairs])


def _faults(form: TrackForm | ProductForm, record: Record) -> Iterator[Problem]:
    if form.validate():
        return
    names = {"price_cents": "price"}
    for field in form:
        if field.errors:
            name = names.get(field.name, field.name)
            yield Problem(record.place, record.lines.get(name, record.line), "", _first(field.errors), name)


def _first(errors: Any) -> str:
    while isinstance(errors, dict | list | tuple):
        errors = next(iter(errors.values() if isinstance(errors, dict) else [one for one in errors if one]), "")
    return str(errors)


def take(brought: Brought, by: User) -> Taken:
    """Put all of it into the library; whoever brings it may approve it. `wrong_with` found nothing before."""
    taken = Taken()
    for record in brought.records:
        became = _take_track(record, by) if record.kind == "track" else _take_product(record, by)
        setattr(taken, became, getattr(taken, became) + 1)
    return taken


def _take_track(record: Record, by: User) -> str:
    words, note = dict(record.words), record.words.get("coach_note")
    words.pop("coach_note", None)
    track = _known_track(words)
    if track is None:
        TalkTrack.write(by, **tracks.whole(words), coach_note=note or "")
        return "added"
    said = {name: value for name, value in words.items() if name in WORDS}
    is_new = track.state != "retired" and track.revise(by, **said)
    if note is not None and note != track.coach_note:
        track.coach_note, is_new = note, True
    return "changed" if is_new else "same"


def _known_track(words: dict[str, Any]) -> TalkTrack | None:
    by_name = TalkTrack.slug == words["slug"] if words.get("slug") else TalkTrack.title == words.get("title")
    found = select(TalkTrack).where(by_name, TalkTrack.language == (words.get("language") or "zh"))
    return db.session.scalar(found.limit(1))


def _take_product(record: Record, by: User) -> str:
    words = products.whole(record.words)
    same = (Product.group == words["group"], Product.name == words["name"], Product.maker == words["maker"])
    product = db.session.scalar(select(Product).where(*same, Product.retired_at.is_(None)).limit(1))
    if product is None:
        Product.add(by, new_id(), **words)
        return "added"
    return "changed" if product.revise(by, **words) else "same"
