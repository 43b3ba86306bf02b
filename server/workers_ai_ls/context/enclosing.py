"""What the code stands in: the headers around it, and beside it what else is in there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .fences import fenced
from .pieces import Piece, size_of
from .rendering import lines_of
from .source import Source
from .tokens import estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .listing import Entry, Listing
    from .material import Material

_INSIDE = "The selected code stands inside:"
_BESIDE = "Beside it, in the same place, stand:"


def inside(
    material: Material, fellows: Sequence[Entry], listing: Listing, *, headers: bool
) -> Piece:
    """Show the headers around the code, unless they are shown elsewhere, and some of its fellows.

    Each fellow stands below the header of what it is a member of.
    """
    parts: list[str] = []
    sources: list[Source] = []
    left = list(fellows)
    for depth, header in enumerate(material.headers, 1):
        if headers:
            parts.append(header)
            sources.append(_source(material, depth - 1))
        deepest = depth == len(material.headers)
        here = [each for each in left if len(each.known.inside) <= depth or deepest]
        left = [each for each in left if each not in here]
        text, drawn = lines_of(here, listing)
        parts += [text] if text else []
        sources += drawn
    if not parts:
        return Piece("what it stands in", "")
    shown = fenced("\n".join(parts), material.language.fence)
    title = _INSIDE if headers else _BESIDE
    return Piece("what it stands in", f"{title}\n{shown}", sources=tuple(sources))


def beside_frame(material: Material) -> int:
    """Tokens for showing fellows of the code without the headers around it, besides those of each."""
    return size_of(f"{_BESIDE}\n{fenced('', material.language.fence)}")


def _source(material: Material, at: int) -> Source:
    """The lines of a header's signature; its docstring may stand there in other words."""
    header = material.headers[at]
    lines = header.replace("\r\n", "\n").split("\n")
    documented = material.language.id == "python" and lines[-1].lstrip().startswith('"""')
    first = material.header_lines[at] + 1
    last = first + len(lines) - (2 if documented and len(lines) > 1 else 1)
    return Source(material.path, first, last, "outline", estimate(header))
