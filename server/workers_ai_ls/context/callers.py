"""Places that use what the code defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .fences import fenced
from .pieces import Piece, size_of
from .source import Source
from .tokens import estimate
from .wording import comment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .knowledge import Caller
    from .material import Material

MOST_CALLERS = 3
"""Usages to show: two or three tell what there is to tell."""
_MOST_LINES = 6
_LONGEST_LINE = 200


def calling(material: Material, callers: Sequence[Caller]) -> Piece:
    """Show where the code is used."""
    if not callers:
        return Piece("usages", "")
    parts, sources = [], []
    for caller in callers:
        lines = _lines(caller)
        inside = f", in {caller.inside.qualified}" if caller.inside else ""
        mark = comment(material.language)
        parts.append("\n".join((f"{mark} {caller.path}{inside}", *lines)))
        first = caller.line + 1
        last = caller.line + len(_whole(caller))
        sources.append(Source(caller.path, first, last, "caller", estimate("\n".join(lines))))
    shown = fenced("\n\n".join(parts), material.language.fence)
    return Piece("usages", f"It is used like this:\n{shown}", sources=tuple(sources))


def telling_callers(material: Material, room: int) -> list[Caller]:
    """Choose the first usages that fit into so many tokens."""
    callers = list(material.knowledge.callers[:MOST_CALLERS])
    while callers and size_of(calling(material, callers).text) > room:
        callers.pop()
    return callers


def _whole(caller: Caller) -> list[str]:
    return caller.code.replace("\r\n", "\n").rstrip().split("\n")[:_MOST_LINES]


def _lines(caller: Caller) -> list[str]:
    """The lines of a usage, without the indentation that all of them have; long ones are cut."""
    lines = _whole(caller)
    blank = min((len(each) - len(each.lstrip()) for each in lines if each.strip()), default=0)
    return [
        each[blank:] if len(each) <= _LONGEST_LINE else f"{each[blank:_LONGEST_LINE]}…"
        for each in lines
    ]
