"""The parts of a prompt that the file gives, each of which may be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.text import split_lines

from .fences import fenced
from .tokens import estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .material import Diagnostic, Material

_NEAR = 16_000
"""Characters to look at on either side: far more than the tokens below allow."""

SURROUNDINGS = 1500
"""Tokens of plain surroundings at most: more of them slows the answer and hardly helps."""

_BESIDE = 200
"""Characters to show of the line on either side of a part of it."""

_MOST_PROBLEMS = 10
_LONGEST_MESSAGE = 300
_LONGEST_LINE = 120

_LINE_END = 3
"""Tokens for what joins a line to the next, rounded up."""


@attrs.frozen
class Piece:
    """A part of the prompt that may be left out. `name` says what is missing then.

    Pieces with a low `rank` get room first; they stand in the prompt in the order of their list.
    """

    name: str
    text: str
    rank: int = 1


def imported(material: Material) -> list[Piece]:
    """What the file imports."""
    if not material.imports:
        return []
    listed = fenced("\n".join(material.imports), material.language.fence)
    return [Piece("imports", f"The file imports:\n{listed}", 3)]


def headers(material: Material) -> list[Piece]:
    """The signatures of the definitions around the code."""
    if not material.headers:
        return []
    shown = fenced("\n".join(material.headers), material.language.fence)
    return [Piece("enclosing scope", f"The selected code stands inside:\n{shown}", 2)]


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


def problems(material: Material) -> list[Piece]:
    """What other servers have reported about the code, each with the text that it is about."""
    inside = [
        item
        for item in material.selection.diagnostics
        if item.start <= material.end and material.start <= item.end
    ]
    if not inside:
        return []
    told = "\n".join(_problem(material, item) for item in inside[:_MOST_PROBLEMS])
    return [Piece("reported problems", f"Problems reported in the selected code:\n{told}", 0)]


def _problem(material: Material, item: Diagnostic) -> str:
    snapshot = material.selection.snapshot
    line = snapshot.line_at(max(0, min(item.start, len(material.text))))
    code = snapshot.lines[line].strip()[:_LONGEST_LINE]
    message = " ".join(item.message.split())[:_LONGEST_MESSAGE]
    return f"- {item.severity} in `{code}`: {message}" if code else f"- {item.severity}: {message}"


def surroundings(material: Material, tokens: int) -> tuple[str, bool]:
    """Whole lines right above and below the code, at most `tokens`, half of them on either side.

    Also tells whether lines were left out that a prompt with more room would have had.
    """
    snapshot, tag = material.selection.snapshot, material.language.fence
    first, last = snapshot.line_at(material.start), snapshot.line_at(material.end)
    top, bottom = snapshot.line_start(first), snapshot.line_start(last) + len(snapshot.lines[last])
    lines_above = split_lines(material.text[max(0, top - _NEAR) : top])[::-1]
    lines_below = split_lines(material.text[bottom : bottom + _NEAR])
    parts, scarce = [], False
    for title, lines, cut in (
        ("above", lines_above, top > _NEAR),
        ("below", lines_below, bottom + _NEAR < len(material.text)),
    ):
        # The outermost line of those looked at may have been cut.
        whole = lines[:-1] if cut else lines
        heading = f"Code {title} it, for context only:"
        room = (min(tokens, SURROUNDINGS) // 2) - estimate(f"{heading}\n{fenced('', tag)}\n\n")
        kept = _nearest(whole, room)
        if any(map(str.strip, kept)):
            code = "".join(kept[::-1] if title == "above" else kept).strip("\r\n")
            parts.append(f"{heading}\n{fenced(code, tag)}")
        scarce = scarce or (len(kept) < len(whole) and tokens < SURROUNDINGS)
    return "\n\n".join(parts), scarce


def _nearest(lines: Sequence[str], tokens: int) -> list[str]:
    """As many of the first lines as fit into `tokens`."""
    kept = []
    for line in lines:
        tokens -= estimate(line) + _LINE_END
        if tokens < 0:
            break
        kept.append(line)
    return kept
