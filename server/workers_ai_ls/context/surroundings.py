"""The plain lines right above and below the code."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workers_ai_ls.text import split_lines

from .fences import fenced
from .source import Source
from .tokens import estimate, weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .material import Material

_NEAR = 16_000
"""Characters to look at on either side: far more than the tokens below allow."""

SURROUNDINGS = 1500
"""Tokens of plain surroundings at most: more of them slows the answer and hardly helps."""


class Surroundings(NamedTuple):
    """The lines around the code, as they stand in the prompt."""

    text: str
    sources: tuple[Source, ...]
    """One for each side: whole lines."""
    scarce: bool
    """Whether lines were left out that a prompt with more room would have had."""

    def hold(self, path: str, first: int, last: int) -> bool:
        """Whether they show all of these lines (from 1, both included)."""
        return any(
            each.path == path and each.first <= first and last <= each.last for each in self.sources
        )

    def touch(self, path: str, first: int, last: int) -> bool:
        """Whether they show any of these lines."""
        return any(
            each.path == path and each.first <= last and first <= each.last for each in self.sources
        )


def surroundings(material: Material, tokens: int) -> Surroundings:
    """Whole lines right above and below the code, at most `tokens`, half of them on either side."""
    snapshot, tag = material.selection.snapshot, material.language.fence
    first, last = snapshot.line_at(material.start), snapshot.line_at(material.end)
    top, bottom = snapshot.line_start(first), snapshot.line_start(last) + len(snapshot.lines[last])
    # What ends with a line end has an empty last line, which is the code's.
    lines_above = split_lines(material.text[max(0, top - _NEAR) : top])[-2::-1]
    lines_below = split_lines(material.text[bottom : bottom + _NEAR])
    parts: list[str] = []
    sources: list[Source] = []
    scarce = False
    for title, lines, cut in (
        ("above", lines_above, top > _NEAR),
        ("below", lines_below, bottom + _NEAR < len(material.text)),
    ):
        # The outermost line of those looked at may have been cut.
        whole = lines[:-1] if cut else lines
        heading = f"Code {title} it, for context only:"
        room = (min(tokens, SURROUNDINGS) // 2) - weight(f"{heading}\n{fenced('', tag)}\n\n")
        kept = _without_blanks(_nearest(whole, room))
        if kept:
            code = "".join(line for _, line in (kept[::-1] if title == "above" else kept))
            parts.append(f"{heading}\n{fenced(code, tag)}")
            ends = sorted((kept[0][0], kept[-1][0]))
            shown = [first - at if title == "above" else last + 2 + at for at in ends]
            size = estimate(code)
            path = material.path
            sources.append(Source(path, min(shown), max(shown), "surroundings", size))
        scarce = scarce or (len(_nearest(whole, room)) < len(whole) and tokens < SURROUNDINGS)
    return Surroundings("\n\n".join(parts), tuple(sources), scarce)


def _nearest(lines: Sequence[str], tokens: int) -> list[tuple[int, str]]:
    """As many of the first lines as fit into `tokens`, with their distance from the code."""
    kept = []
    for at, line in enumerate(lines):
        tokens -= weight(f"{line.rstrip()}\n")
        if tokens < 0:
            break
        kept.append((at, line))
    return kept


def _without_blanks(kept: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Leave out the blank lines at both ends."""
    full = [at for at, line in kept if line.strip()]
    return [] if not full else [each for each in kept if full[0] <= each[0] <= full[-1]]
