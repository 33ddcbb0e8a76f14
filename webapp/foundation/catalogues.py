"""The catalogues: every room's English as one, and Traditional made from the Simplified by OpenCC with our corrections."""

import os
import tempfile
import tomllib
from pathlib import Path

import opencc
from babel.messages import Catalog, mofile, pofile

HERE = Path(__file__).parent / "translations"


def english() -> Catalog:
    """All rooms' English catalogues as one."""
    whole = Catalog(locale="en")
    for path in sorted((HERE / "en").glob("*.po")):
        with path.open("rb") as file:
            for message in pofile.read_po(file, locale="en"):
                if message.id:
                    whole.add(message.id, message.string, context=message.context)
    return whole


def compile_catalogues() -> None:
    """Write the .mo files if a .po or a correction is newer; safe when several processes do it at once."""
    sources = [*(HERE / "en").glob("*.po"), HERE / "zh_Hant.toml", Path(__file__)]
    newest = max((path.stat().st_mtime_ns for path in sources if path.exists()), default=0)
    targets = [HERE / name / "LC_MESSAGES" / "messages.mo" for name in ("en", "zh_Hant")]
    if all(path.exists() and path.stat().st_mtime_ns > newest for path in targets):
        return
    catalogue = english()
    _write(targets[0], catalogue)
    _write(targets[1], _traditional(catalogue))


def _traditional(source: Catalog) -> Catalog:
    turn = to_traditional()
    target = Catalog(locale="zh_Hant")
    for message in source:
        if message.id:
            ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
            words = tuple(turn(text) for text in ids)
            target.add(message.id, words[-1:] if len(ids) > 1 else words[0], context=message.context)
    return target


class to_traditional:
    """Simplified → Traditional as written in Taiwan: whole strings as zh_Hant.toml has them, else what OpenCC makes of
    them with the corrections of that file applied after."""

    def __init__(self) -> None:
        self.convert = opencc.OpenCC("s2twp").convert
        told = tomllib.loads((HERE / "zh_Hant.toml").read_text())
        self.whole, self.corrections = told["whole"], told["corrections"]

    def __call__(self, text: str) -> str:
        if text in self.whole:
            return str(self.whole[text])
        text = self.convert(text)
        for wrong, right in self.corrections.items():
            text = text.replace(wrong, right)
        return text


def _write(path: Path, catalogue: Catalog) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        mofile.write_mo(file, catalogue)
    os.replace(file.name, path)
