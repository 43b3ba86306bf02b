"""Which definitions of the document lie beside the code, and which around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .listing import key_of, outer

if TYPE_CHECKING:
    from workers_ai_ls.syntax.symbol import Definition

    from .knowledge import Known
    from .listing import Key
    from .material import Material


def lines_of_code(material: Material) -> tuple[int, int]:
    """The first and the last line of the code, from 0."""
    line_at = material.selection.snapshot.line_at
    return line_at(material.start), line_at(material.end)


def is_beside(known: Known, material: Material) -> bool:
    """Whether a definition is neither a part of the code nor around it."""
    if known.path != material.path:
        return True
    first, last = lines_of_code(material)
    item = known.definition
    return not (first <= item.line <= last or covers(item, material))


def covers(item: Definition, material: Material) -> bool:
    """Whether a definition of the document has the code within its lines."""
    first, last = lines_of_code(material)
    return item.start <= first and last < item.end


def is_fellow(known: Known, material: Material) -> bool:
    """Whether a definition stands in what the code stands in, such as another method of its class."""
    return known.path == material.path and bool(known.inside) and covers(known.inside[-1], material)


def keys_around(material: Material) -> frozenset[Key]:
    """What has the code within its lines, of all that the definitions known about stand in."""
    path, knowledge = material.path, material.knowledge
    return frozenset(
        key_of(each)
        for known in (*knowledge.used, *knowledge.members)
        if known.path == path
        for each in outer(known)
        if covers(each.definition, material)
    )
