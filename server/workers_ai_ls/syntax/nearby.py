"""What stands around and below one place of a tree, found without looking at the rest of it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from .lines import Span, line_end, line_start, trimmed

if TYPE_CHECKING:
    import tree_sitter

    from .language import Grammar
    from .tree import Tree

_ATTACHED = re.compile(r"\((\w+)\) @attached")


def lines_near(tree: Tree, start: int, end: int) -> Span:
    """Give the lines of a range, and what stands below them if they end with comments."""
    last = _past_comments(tree, end)
    return Span(max(0, line_start(tree.text, start) - 1), max(end, line_end(tree.text, last)))


@cache
def kinds_attached(grammar: Grammar) -> frozenset[str]:
    """Give the types of attributes that are nodes of their own, beside what they belong to."""
    return frozenset(_ATTACHED.findall(grammar.scopes))


def attribute_to(tree: Tree, end: int) -> int | None:
    """Give where the attribute starts that ends at an offset; None where none does."""
    kinds = kinds_attached(tree.grammar)
    cursor = _cursor_at(tree, end - 1)
    while (node := cursor.node) and node.type not in kinds:
        if not cursor.goto_parent():
            return None
    span = tree.span(node) if node else None
    return span.start if span and span.end == end else None


def _past_comments(tree: Tree, at: int) -> int:
    """Go down from a line of comments or attributes to where the code starts that they belong to.

    `at` itself where the line is none.
    """
    while True:
        line = trimmed(tree.text, Span(line_start(tree.text, at), line_end(tree.text, at)))
        below = _below(tree, max(line.start, line.end - 1))
        if below <= at:
            return at
        at = below


def _below(tree: Tree, at: int) -> int:
    """Give the start of the first node behind the comments at an offset; the offset if there is none."""
    cursor = _cursor_at(tree, at)
    while not _stands_above(tree, cursor.node):
        if not cursor.goto_parent():
            return at
    while True:
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return at
        node = cursor.node
        if node and node.is_named and not _stands_above(tree, node):
            return tree.offset(node.start_byte)


def _stands_above(tree: Tree, node: tree_sitter.Node | None) -> bool:
    """Whether it says something about what comes below it."""
    if node is None:
        return False
    return node.type.endswith("comment") or node.type in kinds_attached(tree.grammar)


def _cursor_at(tree: Tree, at: int) -> tree_sitter.TreeCursor:
    """Go to the smallest node around a character.

    By a cursor, for a node looks for its parent and its neighbours from the root on.
    """
    byte, cursor = tree.byte(at), tree.node.walk()
    while cursor.goto_first_child_for_byte(byte) is not None:
        if cursor.node and cursor.node.start_byte > byte:
            cursor.goto_parent()
            break
    return cursor
