"""The forms of a page, read as a browser reads them: where each goes, what it holds, what it would send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

TYPED = {"text", "textarea", "search", "tel", "email", "url"}


@dataclass
class Field:
    name: str
    kind: str
    values: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)


@dataclass
class Form:
    action: str
    method: str
    is_multipart: bool
    fields: dict[str, Field] = field(default_factory=dict)

    def sent(self) -> dict[str, Any]:
        """What it sends untouched."""
        return {name: list(one.chosen) for name, one in self.fields.items() if one.kind != "file" and one.chosen}

    def named(self, *kinds: str) -> list[str]:
        return [name for name, one in self.fields.items() if one.kind in kinds]


class _Reader(HTMLParser):
    def __init__(self, html: str, path: str) -> None:
        super().__init__()
        self.path = path
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.outside: list[tuple[str, str, dict[str, str | None]]] = []
        self.open: Form | None = None
        self.text: Field | None = None
        self.select: Field | None = None
        self.feed(html)
        for form_id, tag, said in self.outside:
            if form_id in self.by_id:
                self._field(self.by_id[form_id], tag, said)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = dict(attributes)
        if tag == "form":
            method = (said.get("method") or "get").lower()
            self.open = Form(
                urlsplit(said.get("action") or self.path).path, method, "multipart" in (said.get("enctype") or "")
            )
            self.forms.append(self.open)
            self.by_id[said.get("id") or ""] = self.open
        elif tag == "option" and self.select:
            value = said.get("value") or ""
            self.select.values.append(value)
            if "selected" in said or not self.select.chosen:
                self.select.chosen = [value]
        elif tag in ("input", "textarea", "select", "button"):
            if said.get("form"):
                self.outside.append((said["form"] or "", tag, said))
            elif self.open:
                self._field(self.open, tag, said)

    def _field(self, form: Form, tag: str, said: dict[str, str | None]) -> None:
        if tag == "button" and said.get("formaction"):
            other = Form(urlsplit(said["formaction"] or "").path, form.method, form.is_multipart, form.fields)
            self.forms.append(other)
        if not (name := said.get("name")) or "disabled" in said:
            return
        kind = {"textarea": "textarea", "select": "select", "button": "button"}.get(tag) or said.get("type") or "text"
        kind = "hidden" if "readonly" in said or "hidden" in said else kind
        known = form.fields.setdefault(name, Field(name, kind))
        if tag == "textarea":
            self.text = known
        elif tag == "select":
            self.select = known
        else:
            value = said.get("value") or ("on" if kind == "checkbox" else "")
            known.values.append(value)
            if kind not in ("radio", "checkbox", "button", "submit", "file") or "checked" in said:
                known.chosen.append(value)

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.chosen = [data.removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None
        elif tag == "textarea":
            self.text = None
        elif tag == "select":
            self.select = None


def forms_of(html: str, path: str) -> list[Form]:
    """The forms that post, in the order of the page."""
    return [form for form in _Reader(html, path).forms if form.method == "post"]
