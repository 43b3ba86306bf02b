"""A definition of the same sort beside the code, as an example of how it is done there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .fences import fenced
from .pieces import NOTHING, Piece
from .source import Source
from .tokens import estimate
from .wording import worded

if TYPE_CHECKING:
    from .knowledge import Known
    from .material import Material


def styled(material: Material, sibling: Known | None) -> Piece:
    """Show the whole of it; nothing where there is none, or where it is long."""
    if sibling is None or not sibling.text:
        return NOTHING
    text, first, last = worded(sibling, "body", material.language, 0)
    where = "" if sibling.path == material.path else f" ({sibling.path})"
    shown = f"For the style, something like it{where}:\n{fenced(text, material.language.fence)}"
    return Piece("", shown, sources=(Source(sibling.path, first, last, "sibling", estimate(text)),))
