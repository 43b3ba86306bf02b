"""The definitions of one file, by whatever they are looked up by."""

from collections.abc import Hashable, Iterable
from functools import cached_property
from typing import TypeVar

from workers_ai_ls.syntax.scopes import CALLABLES, CLASSES
from workers_ai_ls.syntax.symbol import Definition

K = TypeVar("K", bound=Hashable)

HOUSES = CLASSES | {"type", "namespace", "module"}
"""Kinds that have members."""


class Filed:
    """What a file defines. Each way to look it up is laid out when it is first needed."""

    def __init__(self, definitions: list[Definition]) -> None:
        self.definitions = definitions

    @cached_property
    def top(self) -> dict[str, list[int]]:
        """Give those that stand in nothing but a namespace, by name."""
        spaces = {-1}
        for at, one in enumerate(self.definitions):
            if one.kind == "namespace" and one.parent in spaces:
                spaces.add(at)
        return _grouped(
            (one.name, at)
            for at, one in enumerate(self.definitions)
            if one.parent in spaces and self.is_child(one)
        )

    @cached_property
    def by_name(self) -> dict[str, list[int]]:
        """Give all by their last name."""
        return _grouped((one.name, at) for at, one in enumerate(self.definitions))

    @cached_property
    def by_qualified(self) -> dict[str, list[int]]:
        """Give all by their full name."""
        return _grouped((one.qualified, at) for at, one in enumerate(self.definitions))

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Give what stands in each."""
        return _grouped((one.parent, at) for at, one in enumerate(self.definitions))

    def is_child(self, one: Definition) -> bool:
        """Whether it is part of what it stands in, and not of a class that its own name tells."""
        outer = f"{self.definitions[one.parent].qualified}." if one.parent >= 0 else ""
        return one.qualified == f"{outer}{one.name}"

    def inside(self, line: int) -> int:
        """Give the innermost definition that may hold others and has a line; -1 for none."""
        return self._holders[line] if line < len(self._holders) else -1

    @cached_property
    def _holders(self) -> list[int]:
        """Give that of each line, up to the last one that has any."""
        holding = [
            (at, one) for at, one in enumerate(self.definitions) if one.kind in HOUSES | CALLABLES
        ]
        holders = [-1] * max((one.end for _, one in holding), default=0)
        # What is within another comes after it.
        for at, one in holding:
            holders[one.start : one.end] = [at] * (one.end - one.start)
        return holders

    def outward(self, at: int) -> Iterable[int]:
        """Give a definition and those around it, from the inside."""
        while at >= 0:
            yield at
            at = self.definitions[at].parent

    def house(self, at: int) -> int:
        """Give the innermost class that a definition is or stands in; -1 for none."""
        return next((one for one in self.outward(at) if self.definitions[one].kind in HOUSES), -1)


def _grouped(pairs: Iterable[tuple[K, int]]) -> dict[K, list[int]]:
    found: dict[K, list[int]] = {}
    for key, at in pairs:
        found.setdefault(key, []).append(at)
    return found
