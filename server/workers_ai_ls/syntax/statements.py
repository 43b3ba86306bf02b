"""Whole statements around a range. All walks are loops: code may nest thousands of levels."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from .lines import Span, is_blank, line_count, lines_around, trimmed
from .scopes import scopes_near

if TYPE_CHECKING:
    import tree_sitter

    from .tree import Tree

LONGEST = 100
"""Lines. A cursor in a longer statement, such as a `describe` that spans a file, means a part of
it; and the lines around a cursor are taken to belong together up to this many."""


def path(tree: Tree, span: Span) -> list[tree_sitter.Node]:
    """List the nodes that contain a range that is not empty, from the root to the smallest."""
    first, last = tree.byte(span.start), tree.byte(span.end)
    cursor = tree.node.walk()
    nodes = [tree.node]
    while cursor.goto_first_child_for_byte(first) is not None:
        node = cursor.node
        if node is None or node.start_byte > first or node.end_byte < last:
            break
        nodes.append(node)
    return nodes


def is_exact(tree: Tree, span: Span) -> bool:
    """Whether a range cuts nothing in half: it is one node, or items of a list with its commas."""
    node = path(tree, span)[-1]
    if tree.span(node) == span:
        return node.is_named
    parts = _parts(tree, node, span)
    if not parts or Span(tree.span(parts[0]).start, tree.span(parts[-1]).end) != span:
        return False
    kinds = {part.type for part in parts if not part.is_named}
    return parts[0].is_named and (kinds == {","} or (not kinds and _contains(tree, node)))


def grown(tree: Tree, span: Span) -> Span | None:
    """Grow a range to whole statements of the innermost block that holds it all.

    None where nothing but the whole text would do.
    """
    code, comments = _divided(tree, span)
    if code.start == code.end:
        return comments
    for node in reversed(path(tree, code)):
        parts = _parts(tree, node, code) if _contains(tree, node) else []
        if parts and not any(_is_border(tree, part) for part in parts):
            whole = Span(tree.span(parts[0]).start, tree.span(parts[-1]).end)
            return _union(comments, trimmed(tree.text, whole))
    return None


def paragraph(tree: Tree, at: int, inside: Span) -> Span | None:
    """Give the statement at an offset, with those beside it that no blank line divides from it.

    Nothing outside of `inside` is looked at. Definitions are statements that stand alone. None
    where there is no statement of at most `LONGEST` lines.
    """
    here = Span(at, at + 1)
    for node in path(tree, here):
        span = tree.span(node)
        if not _contains(tree, node) or span.start < inside.start or inside.end < span.end:
            continue
        parts = _parts(tree, node, here)
        if len(parts) != 1 or _is_border(tree, parts[0]):
            continue
        statement = trimmed(tree.text, tree.span(parts[0]))
        if line_count(tree.text, statement) <= LONGEST:
            return _with_neighbours(tree, node, statement)
    return None


def _with_neighbours(tree: Tree, container: tree_sitter.Node, statement: Span) -> Span:
    """Add the container's children that stand in the same paragraph, on either side."""
    beside = lines_around(tree.text, statement, LONGEST // 2)
    definitions = [
        scope
        for scope in scopes_near(tree, *beside)
        if scope.doc_start < beside.end
        and beside.start < scope.end
        and not (scope.doc_start <= statement.start and statement.end <= scope.end)
    ]

    def joins(part: tree_sitter.Node) -> bool:
        at = tree.span(part).start
        defines = any(scope.doc_start <= at < scope.end for scope in definitions)
        return not defines and not _is_border(tree, part)

    parts = _parts(tree, container, beside)
    spans = [trimmed(tree.text, tree.span(part)) for part in parts]
    here = spans.index(statement)
    first = here - len(list(takewhile(joins, reversed(parts[:here]))))
    last = here + len(list(takewhile(joins, parts[here + 1 :])))
    return Span(spans[first].start, spans[last].end)


def _divided(tree: Tree, span: Span) -> tuple[Span, Span]:
    """Give a range without the comments at its ends, and the range with all of those comments.

    Some grammars put the comments that open a body outside of it.
    """
    (start, end), around = span, span
    while start < end and (comment := _comment(tree, start)):
        around = _union(around, comment)
        start = trimmed(tree.text, Span(min(end, max(start + 1, comment.end)), end)).start
    while start < end and (comment := _comment(tree, end - 1)):
        around = _union(around, comment)
        end = trimmed(tree.text, Span(start, max(start, min(end - 1, comment.start)))).end
    return Span(start, end), trimmed(tree.text, around)


def _union(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))


def _comment(tree: Tree, at: int) -> Span | None:
    nodes = path(tree, Span(at, at + 1))
    return next((tree.span(node) for node in nodes if node.type.endswith("comment")), None)


def _contains(tree: Tree, node: tree_sitter.Node) -> bool:
    return node.type in tree.grammar.containers


def _is_border(tree: Tree, node: tree_sitter.Node) -> bool:
    """Whether a child of a container is no statement but opens, closes or heads it."""
    if node.is_named:
        return node.type in tree.grammar.borders
    return node.type not in {",", ";"} and not is_blank(tree.text, tree.span(node))


def _parts(tree: Tree, node: tree_sitter.Node, span: Span) -> list[tree_sitter.Node]:
    """List a node's children that a range touches."""
    first, last = tree.byte(span.start), tree.byte(span.end)
    cursor = node.walk()
    parts: list[tree_sitter.Node] = []
    more = cursor.goto_first_child_for_byte(first) is not None
    while more and (child := cursor.node) and child.start_byte < last:
        parts.append(child)
        more = cursor.goto_next_sibling()
    return parts
