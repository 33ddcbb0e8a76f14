"""A product as a text file, and back. Its attributes stand a line each: «name | value | unit | yuan that one unit is worth»,
of which the last two may be left out; a value that is no number is text."""

from typing import Any

from webapp.foundation.typed_fields import plain_number, yuan
from webapp.playbook.models import Attribute, Product
from webapp.playbook.texts.headed import told, written
from webapp.playbook.texts.labels import PRODUCT
from webapp.playbook.texts.spelling import Misspelt, spell, understand

FIELDS = tuple(PRODUCT)
PLAIN = ("group", "name", "maker", "unit", "source", "valid_until", "note")


def as_text(product: Product, language: str) -> str:
    return written("product", fields_of(product, language), language)


def fields_of(product: Product, language: str) -> dict[str, str]:
    said = spell({name: getattr(product, name) for name in PLAIN}, language)
    side = spell({"side": "ours" if product.is_ours else "theirs"}, language)
    rows = "\n".join(_row(one) for one in product.attributes)
    return {**said, **side, "price": yuan(product.price_cents), "attributes": rows}


def _row(one: Attribute) -> str:
    value = one.text if one.number is None else plain_figure(one.number)
    cells = [one.name, value, one.unit, yuan(one.cents_per_unit)]
    while not cells[-1]:
        cells.pop()
    return " | ".join(cells)


def plain_figure(number: float) -> str:
    """100000.0 → 100000; 0.25 → 0.25."""
    return str(int(number)) if number == int(number) else repr(number)


def from_text(text: str) -> tuple[dict[str, Any], dict[str, int]]:
    """(The words of a product, the line in which each field begins); raises Fault."""
    return told("product", text, value_of)


def value_of(name: str, text: str) -> Any:
    """What a text says of a product; raises Misspelt."""
    if name == "price":
        return _cents(text)
    if name == "attributes":
        return [_attribute(line) for line in text.split("\n") if line.strip()]
    return understand(name, text)


def _cents(text: str) -> int | None:
    if not text.strip():
        return None
    return round(_number(text) * 100)


def _number(text: str) -> float:
    try:
        number = float(plain_number(text))
    except ValueError:
        raise Misspelt("no_number", text) from None
    if abs(number) >= 10**10:
        raise Misspelt("no_number", text)
    return number


def _attribute(line: str) -> dict[str, Any]:
    cells = [cell.strip() for cell in line.replace("｜", "|").split("|")]
    if not cells[0] or len(cells) > 4:
        raise Misspelt("no_attribute", line.strip())
    name, value, unit, worth = [*cells, "", "", ""][:4]
    found: dict[str, Any] = {"name": name[:40], "unit": unit[:20], "cents_per_unit": _cents(worth)}
    try:
        return {**found, "number": float(plain_number(value)), "text": ""}
    except ValueError:
        return {**found, "number": None, "text": value[:100]}


def whole(words: dict[str, Any]) -> dict[str, Any]:
    """With every field, as `Product.add` takes them."""
    found = {name: words.get(name, "") for name in PLAIN if name != "valid_until"}
    found |= {"valid_until": words.get("valid_until"), "price_cents": words.get("price")}
    return {**found, "is_ours": words.get("side", "ours") == "ours", "attributes": words.get("attributes", [])}
