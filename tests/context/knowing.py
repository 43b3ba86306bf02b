"""Fixtures of this room: what is known about code, made from small files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.context import Known
from workers_ai_ls.syntax import language_for
from workers_ai_ls.syntax.symbols import symbols

if TYPE_CHECKING:
    from workers_ai_ls.context import Knowledge, Material
    from workers_ai_ls.syntax.symbol import Definition


def known(
    path: str,
    text: str,
    name: str,
    *,
    uses: int = 1,
    language: str = "python",
    distance: int = 3,
    certainty: float = 1.0,
    body: bool = True,
) -> Known:
    """The definition of that name, qualified or not, in a file, as the index would have it."""
    found = symbols(language_for(language, path), text.encode())
    assert found is not None
    item = next(each for each in found.definitions if name in {each.name, each.qualified})
    inside: list[Definition] = []
    at = item.parent
    while at >= 0:
        inside.insert(0, found.definitions[at])
        at = found.definitions[at].parent
    lines = "".join(text.splitlines(keepends=True)[item.start : item.end])
    return Known(path, item, uses, certainty, distance, lines if body else "", tuple(inside))


def knowing(material: Material, knowledge: Knowledge) -> Material:
    """The material with that knowledge."""
    return attrs.evolve(material, knowledge=knowledge)
