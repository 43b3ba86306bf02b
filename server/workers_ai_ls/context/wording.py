"""How a definition reads in a prompt: its header, its header and what it is for, or all of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from .tokens import weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.syntax import Language

    from .knowledge import Known

Form = Literal["header", "documented", "body"]
"""From the shortest to the longest."""

_STEP = "    "
"""What a definition is indented by inside of another."""

_BESIDE_BODY = frozenset({"variable", "constant", "field", "member"})
"""Kinds about which even Python says something in comments only."""

_LONG = 200
"""Characters of a line that is never cut short."""

_PER_TOKEN = 2
"""Characters of a line that is cut short, for each token that it may take."""


class Wording(NamedTuple):
    """The lines of a definition, and which lines of its file they are (from 1, both included)."""

    text: str
    first: int
    last: int


def worded(known: Known, form: Form, language: Language, most: int) -> Wording:
    """Word a definition; a header that takes more than `most` tokens is cut short."""
    if form == "body" and known.text:
        text = known.text.replace("\r\n", "\n").rstrip()
        start = known.definition.start
        return Wording(text, start + 1, start + 1 + text.count("\n"))
    header = _header(known, most)
    if form == "header" or not known.definition.doc:
        return header
    return header._replace(text=_documented(known, header.text, language))


def _header(known: Known, most: int) -> Wording:
    item = known.definition
    lines = item.signature.replace("\r", "").split("\n")
    at = next((at for at, line in enumerate(lines) if item.name in line), 0)
    first = max(1, item.line + 1 - at)
    kept = _cut(lines, most, at + 1)
    last = first + len(kept) - 1
    if len(kept) < len(lines):
        kept.append(f"{_STEP}…")
    return Wording(_indented(kept, _depth(known)), first, last)


def _cut(lines: Sequence[str], most: int, least: int) -> list[str]:
    """As many of the first lines as take `most` tokens, but at least so many; none is very long."""
    if weight("\n".join(lines)) <= most:
        return list(lines)
    kept: list[str] = []
    for line in lines:
        most -= weight(f"{line}\n")
        if most < 0 and len(kept) >= least:
            break
        longest = max(_PER_TOKEN * (most + weight(f"{line}\n")), _LONG)
        kept.append(line if most >= 0 or len(line) <= longest else f"{line[:longest]}…")
    return kept


def _documented(known: Known, header: str, language: Language) -> str:
    item = known.definition
    depth = _depth(known)
    if language.id == "python" and item.kind not in _BESIDE_BODY:
        return f'{header}\n{_STEP * (depth + 1)}"""{item.doc}"""'
    return f"{_STEP * depth}{comment(language)} {item.doc}\n{header}"


def comment(language: Language) -> str:
    """What begins a comment, in a listing of code of this language."""
    return language.line_comments[0] if language.line_comments else "#"


def _depth(known: Known) -> int:
    return len(known.inside)


def _indented(lines: Sequence[str], depth: int) -> str:
    return "\n".join(f"{_STEP * depth}{line}" for line in lines)
