"""The definitions of one file, by whatever they are looked up by."""

from collections.abc import Hashable, Iterable
from functools import cached_property
from operator import itemgetter
from typing import TypeVar

from workers_ai_ls.syntax.scopes import CALLABLES, CLASSES
from workers_ai_ls.syntax.symbol import Definition

K = TypeVar("K", bound=Hashable)

HOUSES = CLASSES | {"type", "namespace", "module"}
"""Kinds that have members."""


_HOLDING = HOUSES | CALLABLES
_PARENT, _END, _QUALIFIED = (
    itemgetter(Definition._fields.index(each)) for each in ("parent", "end", "qualified")
)
_EXTENT = itemgetter(*map(Definition._fields.index, ("kind", "start", "end")))
"""Of thousands of definitions, these take half the time of attributes."""


class Filed:
    """What a file defines. Each way to look it up is laid out when it is first needed."""

    def __init__(self, definitions: list[Definition]) -> None:
        self.definitions = definitions

    @cached_property
    def top(self) -> dict[str, list[int]]:
        """Give those that stand in nothing but a namespace, by name."""
        spaces = {-1}
        found: dict[str, list[int]] = {}
        for at, parent in enumerate(map(_PARENT, self.definitions)):
            if parent in spaces:
                one = self.definitions[at]
                if one.kind == "namespace":
                    spaces.add(at)
                if self.is_child(one):
                    found.setdefault(one.name, []).append(at)
        return found

    @cached_property
    def by_name(self) -> dict[str, list[int]]:
        """Give all by their last name."""
        return _grouped(one.name for one in self.definitions)

    @cached_property
    def by_qualified(self) -> dict[str, list[int]]:
        """Give all by their full name."""
        return _grouped(map(_QUALIFIED, self.definitions))

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Give what stands in each."""
        return _grouped(map(_PARENT, self.definitions))

    def is_child(self, one: Definition) -> bool:
        """Whether it is part of what it stands in, and not of a class that its own name tells."""
        outer = f"{self.definitions[one.parent].qualified}." if one.parent >= 0 else ""
        return one.qualified == f"{outer}{one.name}"

    def inside(self, line: int) -> int:
        """Give the innermost definition that may hold others and has a line; -1 for none."""
        return self._holders[line] if line < len(self._holders) else -1

    @cached_property
    def _holders(self) -> list[int]:
        """Give that of each line, up to the last one that is part of any definition."""
        holders = [-1] * max(map(_END, self.definitions), default=0)
        # What is within another comes after it.
        for at, (kind, start, end) in enumerate(map(_EXTENT, self.definitions)):
            if kind in _HOLDING:
                holders[start:end] = [at] * (end - start)
        return holders

    def outward(self, at: int) -> Iterable[int]:
        """Give a definition and those around it, from the inside."""
        while at >= 0:
            yield at
            at = self.definitions[at].parent

    def house(self, at: int) -> int:
        """Give the innermost class that a definition is or stands in; -1 for none."""
        return next((one for one in self.outward(at) if self.definitions[one].kind in HOUSES), -1)


def _grouped(keys: Iterable[K]) -> dict[K, list[int]]:
    """Give the places of each key."""
    found: dict[K, list[int]] = {}
    for at, key in enumerate(keys):
        found.setdefault(key, []).append(at)
    return found
