"""The parts of a prompt that the file itself gives, each of which may be left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from .fences import fenced
from .source import Source
from .tokens import estimate, weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .material import Diagnostic, Material

_BESIDE = 200
"""Characters to show of the line on either side of a part of it."""

_MOST_PROBLEMS = 10
_LONGEST_MESSAGE = 300
_LONGEST_LINE = 120

_WORDS = re.compile(r"\w+")
_IMPORTS = "The file imports:\n"
_OF_IMPORTS = frozenset({"from", "import", "as", "use", "using", "require", "include", "type"})


@attrs.frozen
class Piece:
    """A part of the prompt that may be left out. `name` says what is missing then.

    Pieces with a low `rank` get room first; they stand in the prompt in the order of their list.
    """

    name: str
    text: str
    rank: int = 1
    sources: tuple[Source, ...] = ()
    """The lines that it shows."""
    is_whole: bool = True
    """Whether nothing of it is missing."""

    @property
    def size(self) -> int:
        """Tokens that it takes, with the blank line to what follows."""
        return size_of(self.text)


NOTHING = Piece("", "")


def size_of(text: str) -> int:
    """Tokens of a part of the prompt and of the blank line to what follows; none of an empty one."""
    return weight(f"{text}\n\n") if text else 0


def importing(material: Material, which: Sequence[int]) -> Piece:
    """Show some of what the file imports, by their places in `Material.imports`."""
    if not which:
        return Piece("imports", "")
    texts = [material.imports[at] for at in which]
    listed = fenced("\n".join(texts), material.language.fence)
    return Piece("imports", f"{_IMPORTS}{listed}", sources=_lines(material, which))


def leading_imports(material: Material, room: int) -> list[int]:
    """Choose the imports that fit into so many tokens: those with a word that the code has first."""
    words = set(_WORDS.findall(material.code)) - _OF_IMPORTS
    room -= size_of(_IMPORTS + fenced("", material.language.fence))
    taken: list[int] = []
    for at in sorted(
        range(len(material.imports)),
        key=lambda at: words.isdisjoint(_WORDS.findall(material.imports[at])),
    ):
        room -= weight(f"{material.imports[at]}\n")
        if room < 0:
            break
        taken.append(at)
    return sorted(taken)


def _lines(material: Material, which: Sequence[int]) -> tuple[Source, ...]:
    path = material.path
    sources = []
    for at, line in zip(which, [material.import_lines[at] for at in which], strict=True):
        text = material.imports[at]
        last = line + 1 + text.count("\n")
        sources.append(Source(path, line + 1, last, "imports", estimate(text)))
    return tuple(sources)


def line_around(material: Material) -> str:
    """The line of which the code is a part; nothing for whole lines."""
    snapshot = material.selection.snapshot
    first, last = snapshot.line_at(material.start), snapshot.line_at(material.end)
    before = material.text[snapshot.line_start(first) : material.start]
    after = material.text[material.end : snapshot.line_end(last)]
    if not (before.strip() or after.strip()):
        return ""
    line = f"{before[-_BESIDE:]}{material.code}{after[:_BESIDE]}"
    return f"It is a part of this line:\n{fenced(line, material.language.fence)}"


def problems(material: Material) -> Piece:
    """What other servers have reported about the code, each with the text that it is about."""
    inside = [
        item
        for item in material.selection.diagnostics
        if item.start <= material.end and material.start <= item.end
    ]
    told = "\n".join(_problem(material, item) for item in inside[:_MOST_PROBLEMS])
    text = f"Problems reported in the selected code:\n{told}" if told else ""
    return Piece("reported problems", text, 0)


def _problem(material: Material, item: Diagnostic) -> str:
    snapshot = material.selection.snapshot
    line = snapshot.line_at(max(0, min(item.start, len(material.text))))
    code = snapshot.lines[line].strip()[:_LONGEST_LINE]
    message = " ".join(item.message.split())[:_LONGEST_MESSAGE]
    return f"- {item.severity} in `{code}`: {message}" if code else f"- {item.severity}: {message}"
