"""The nodes that the query of a language's table of uses finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .tree import compiled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeAlias

    import tree_sitter

    from .tree import Tree
    from .use_tables import UseTable

    Captured: TypeAlias = Mapping[str, list[tree_sitter.Node]]
    """By the name of the capture."""

_LARGEST_SURROUNDINGS = 200_000
"""Bytes of a function around the code whose bindings are read."""


def captured(tree: Tree, table: UseTable, first: int, last: int) -> Captured:
    """Find those between two bytes."""
    import tree_sitter

    cursor = tree_sitter.QueryCursor(compiled(tree.grammar, table.query))
    cursor.set_byte_range(first, last)
    return cursor.captures(tree.node)


def surroundings(tree: Tree, table: UseTable, first: int, last: int) -> tuple[int, int]:
    """Give the bytes of the outermost function around a range, if it is not too large."""
    scopes = captured(tree, table, first, first + tree.width).get("scope", ())
    spans = ((node.start_byte, node.end_byte) for node in scopes)
    around = (
        span
        for span in spans
        if span[0] <= first and last <= span[1] and span[1] - span[0] <= _LARGEST_SURROUNDINGS
    )
    return min(around, default=(first, last))
