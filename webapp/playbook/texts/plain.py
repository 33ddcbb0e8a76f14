"""A record as a text file with headings in plain words:

    名字：太贵：算十年总账
    痛点：
      您这几台，轴承是不是一年一换？
      （等他自己报数。）

A line that begins at the margin is a heading, a colon (full or half width), and what it says; lines below that are set in
by two spaces belong to it, empty ones between them too. A line that begins with # is a remark. What `write` writes,
`read` reads the same."""

import re
from collections.abc import Iterable
from typing import NamedTuple

_HEADING = re.compile(r"(?P<heading>[^：:#\s][^：:]{0,40}?)\s*[：:](?P<said>.*)", re.DOTALL)
_SET_IN = re.compile(r"  |\t|\u3000\u3000?| ")


class Fault(Exception):
    """Something that cannot be read: in which line (from 1), what kind of fault, and the text it is about."""

    def __init__(self, line: int, code: str, text: str = "") -> None:
        super().__init__(f"{line}: {code} {text}")
        self.line, self.code, self.text = line, code, text


class Said(NamedTuple):
    line: int
    heading: str
    text: str


def write(pairs: Iterable[tuple[str, str]], colon: str = "：") -> str:
    """Headings with what they say; empty ones are left out."""
    lines: list[str] = []
    for heading, text in pairs:
        if "\n" in text:
            lines += [heading + colon.rstrip(), *(f"  {line}" if line.strip() else "" for line in text.split("\n"))]
        elif text:
            lines.append(f"{heading}{colon}{text}")
    return "\n".join(lines) + "\n"


def read(text: str) -> list[Said]:
    """Each heading with what it says, in the order of the file; raises Fault."""
    found: list[tuple[int, str, list[str]]] = []
    for n, line in enumerate(text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n"), 1):
        if not line.strip():
            if found:
                found[-1][2].append("")
        elif set_in := _SET_IN.match(line):
            if not found:
                raise Fault(n, "no_heading", line.strip())
            found[-1][2].append(line[set_in.end() :].rstrip())
        elif not line.startswith("#"):
            found.append(_heading(n, line, {heading for _n, heading, _lines in found}))
    return [Said(n, heading, "\n".join(lines).strip("\n")) for n, heading, lines in found]


def _heading(n: int, line: str, known: set[str]) -> tuple[int, str, list[str]]:
    match = _HEADING.fullmatch(line)
    if match is None:
        raise Fault(n, "no_heading", line.strip())
    heading, said = match["heading"].strip(), match["said"].strip()
    if heading in known:
        raise Fault(n, "twice", heading)
    return n, heading, [said] if said else []
