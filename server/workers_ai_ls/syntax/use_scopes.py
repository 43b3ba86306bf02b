"""Which names the scopes of a piece of code bind."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import tree_sitter

ROOT = 0
"""The number of the code itself, which all other scopes stand in."""


@attrs.frozen(eq=False)
class Scopes:
    """The scopes in and around a piece of code, numbered from the outside. All positions in bytes."""

    first: int
    last: int
    """Where the code itself stands; what is outside of it is not bound by it."""
    edges: list[int]
    inner: list[int]
    """Where another scope begins to be the innermost one, and which that is."""
    parents: list[int]
    hidden: list[bool]
    """Whether what is nested can't see the names in it."""
    bound: list[set[str]]
    outer: list[set[str]]
    """Names that a scope leaves to those around it."""

    def innermost(self, byte: int) -> int:
        """Give the number of the scope that a position is in."""
        at = bisect_right(self.edges, byte) - 1
        return self.inner[at] if at >= 0 else ROOT

    def bind(self, name: str, byte: int, *, around: bool = False) -> None:
        """Bind a name where it stands, or `around` the scope that it names."""
        scope = self.innermost(byte)
        if around and scope != ROOT:
            scope = self.parents[scope]
        # Around the code stands its file, whose names are for others to find.
        if name not in self.outer[scope] and (scope != ROOT or self.first <= byte < self.last):
            self.bound[scope].add(name)

    def binder(self, name: str, byte: int) -> int:
        """Give the number of the scope that binds a name that is seen at a position; -1 for none."""
        first = scope = self.innermost(byte)
        while scope >= 0:
            if name in self.bound[scope] and (scope == first or not self.hidden[scope]):
                return scope
            scope = self.parents[scope]
        return -1


def scopes_of(found: Mapping[str, Iterable[tree_sitter.Node]], first: int, last: int) -> Scopes:
    """Number the scopes among the nodes that were found."""
    spans = sorted(
        {
            (node.start_byte, -node.end_byte): kind
            for kind in ("outside", "scope", "body")
            for node in found.get(kind, ())
        }.items()
    )
    edges: list[int] = []
    inner: list[int] = []
    parents, hidden = [-1], [False]
    around = [(1 << 62, ROOT)]
    for (start, negative), kind in spans:
        while around[-1][0] <= start:
            end, _ = around.pop()
            edges.append(end)
            inner.append(around[-1][1])
        parent = around[-1][1]
        parents.append(parents[parent] if kind == "outside" and parent != ROOT else parent)
        hidden.append(kind == "body")
        around.append((-negative, len(parents) - 1))
        edges.append(start)
        inner.append(len(parents) - 1)
    while len(around) > 1:
        end, _ = around.pop()
        edges.append(end)
        inner.append(around[-1][1])
    count = len(parents)
    return Scopes(
        first,
        last,
        edges,
        inner,
        parents,
        hidden,
        [set() for _ in range(count)],
        [set() for _ in range(count)],
    )
