"""The definitions of one file, by whatever they are looked up by."""

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any, Final, TypeVar

from workers_ai_ls.syntax.scopes import CALLABLES, CLASSES
from workers_ai_ls.syntax.symbol import Definition

K = TypeVar("K", bound=Hashable)

HOUSES = CLASSES | {"type", "namespace", "module"}
"""Kinds that have members."""

_HOLDING = HOUSES | CALLABLES
_KIND, _NAME, _QUALIFIED, _START, _LINE, _END, _PARENT = map(
    Definition._fields.index, ("kind", "name", "qualified", "start", "line", "end", "parent")
)
_MOST_OUTLINES: Final = 16


class Outline:
    """What a file defines, wherever it stands. Each way to look it up is laid out when needed."""

    def __init__(
        self,
        kinds: tuple[str, ...],
        names: tuple[str, ...],
        qualified: tuple[str, ...],
        parents: tuple[int, ...],
    ) -> None:
        self._kinds = kinds
        self._names = names
        self._qualified = qualified
        self._parents = parents

    @cached_property
    def top(self) -> dict[str, list[int]]:
        """Give those that stand in nothing but a namespace, by name."""
        spaces = {-1}
        found: dict[str, list[int]] = {}
        for at, parent in enumerate(self._parents):
            if parent in spaces:
                if self._kinds[at] == "namespace":
                    spaces.add(at)
                if self.is_child(at):
                    found.setdefault(self._names[at], []).append(at)
        return found

    @cached_property
    def by_name(self) -> dict[str, list[int]]:
        """Give all by their last name."""
        return _grouped(self._names)

    @cached_property
    def by_qualified(self) -> dict[str, list[int]]:
        """Give all by their full name."""
        return _grouped(self._qualified)

    @cached_property
    def children(self) -> dict[int, list[int]]:
        """Give what stands in each."""
        return _grouped(self._parents)

    def is_child(self, at: int) -> bool:
        """Whether it is part of what it stands in, and not of a class that its own name tells."""
        parent = self._parents[at]
        outer = f"{self._qualified[parent]}." if parent >= 0 else ""
        return self._qualified[at] == f"{outer}{self._names[at]}"


_outline_of = lru_cache(_MOST_OUTLINES)(Outline)
"""Most keys that are pressed move lines only: in 10,000 of them this saves 1.5 ms."""


class Filed:
    """What a file defines, and where."""

    def __init__(self, definitions: list[Definition]) -> None:
        self.definitions = definitions

    @cached_property
    def outline(self) -> Outline:
        """Give the ways to look things up that do not ask for lines."""
        return _outline_of(*(self._columns[at] for at in (_KIND, _NAME, _QUALIFIED, _PARENT)))

    @property
    def lines(self) -> tuple[int, ...]:
        """Give where the names stand."""
        return self._columns[_LINE]

    def inside(self, line: int) -> int:
        """Give the innermost definition that may hold others and has a line; -1 for none."""
        return next(self.around(line), -1)

    def around(self, line: int) -> Iterator[int]:
        """Give the definitions that may hold others and have a line, from the inside."""
        kinds, ends = self._columns[_KIND], self._columns[_END]
        at = bisect_right(self._columns[_START], line)
        # What is within another comes after it.
        while at > 0 and self._ends_so_far[at - 1] > line:
            at -= 1
            if ends[at] > line and kinds[at] in _HOLDING:
                yield at

    def outward(self, at: int) -> Iterable[int]:
        """Give a definition and those around it, from the inside."""
        while at >= 0:
            yield at
            at = self.definitions[at].parent

    def house(self, at: int) -> int:
        """Give the innermost class that a definition is or stands in; -1 for none."""
        return next((one for one in self.outward(at) if self.definitions[one].kind in HOUSES), -1)

    @cached_property
    def _columns(self) -> tuple[tuple[Any, ...], ...]:
        """Give all that is said of the definitions, member by member."""
        return tuple(zip(*self.definitions, strict=True)) or ((),) * len(Definition._fields)

    @cached_property
    def _ends_so_far(self) -> list[int]:
        """Give the last line that any of the definitions up to each comes to."""
        return list(accumulate(self._columns[_END], max))


def _grouped(keys: Iterable[K]) -> dict[K, list[int]]:
    """Give the places of each key."""
    found: dict[K, list[int]] = {}
    for at, key in enumerate(keys):
        found.setdefault(key, []).append(at)
    return found
