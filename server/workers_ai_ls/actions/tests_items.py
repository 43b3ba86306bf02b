"""A test file, or an answer that is one, as a tree of items: imports, blocks, tests and the rest. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from .tests_reading import COMMENTS, read

if TYPE_CHECKING:
    import tree_sitter

    from workers_ai_ls.syntax import Tree

    from .tests_reading import Kind


_ABOVE = frozenset({"attribute_item"})
_NAMED = re.compile(r"^(?:test|Test|Benchmark|Example|Fuzz)|(?:Test|Tests|Spec)$|_test$|_spec$")


@attrs.frozen
class Item:
    """A statement or definition, by offsets; comments and attributes right above belong to it.

    `code` is where it starts without the comments. `last` is where the last item of a block ends,
    or where the first could start.
    """

    kind: Kind
    name: str
    start: int
    code: int
    end: int
    name_start: int = -1
    last: int = -1
    """Of a block only; -1 for all else."""
    items: tuple[Item, ...] = ()


def items_of(tree: Tree) -> tuple[Item, ...]:
    """List what a text holds, in order."""
    return _items(tree, tree.node)


def walked(items: tuple[Item, ...], around: tuple[Item, ...] = ()) -> list[tuple[Item, ...]]:
    """List every item with the blocks around it, outermost first."""
    listed: list[tuple[Item, ...]] = []
    for item in items:
        listed += [(*around, item), *walked(item.items, (*around, item))]
    return listed


def is_test(item: Item) -> bool:
    """Whether the item is a test, or a block of tests."""
    return item.kind == "test" or bool(_NAMED.search(item.name.rpartition(" ")[2]))


def _items(tree: Tree, node: tree_sitter.Node) -> tuple[Item, ...]:
    listed: list[Item] = []
    above: list[tree_sitter.Node] = []
    for child in node.named_children:
        if child.type in COMMENTS and listed and not above and _same_line(tree, listed[-1], child):
            listed[-1] = attrs.evolve(listed[-1], end=tree.span(child).end)
            continue
        if above and not _adjacent(tree, above[-1], child):
            listed += _remarks(tree, above)
            above = []
        if child.type in COMMENTS or child.type in _ABOVE:
            above.append(child)
            continue
        listed.append(_item(tree, child, above))
        above = []
    return (*listed, *_remarks(tree, above))


def _item(tree: Tree, node: tree_sitter.Node, above: list[tree_sitter.Node]) -> Item:
    attributes = [each for each in above if each.type in _ABOVE]
    code = tree.span(attributes[0] if attributes else node).start
    start = tree.span(above[0]).start if above else code
    end = tree.span(node).end
    # tree-sitter-ruby and others end some nodes behind their line.
    end = start + len(tree.text[start:end].rstrip())
    kind, name, named, body = read(tree, node, tree.text[code:end])
    at = tree.span(named).start if named else -1
    if body is None:
        return Item(kind, name, start, code, end, at)
    inner = _items(tree, body)
    return Item(kind, name, start, code, end, at, _last(tree, body, inner), inner)


def _last(tree: Tree, body: tree_sitter.Node, inner: tuple[Item, ...]) -> int:
    if inner:
        return inner[-1].end
    span = tree.span(body)
    return span.start + 1 if tree.text[span.start : span.start + 1] == "{" else span.start


def _remarks(tree: Tree, comments: list[tree_sitter.Node]) -> list[Item]:
    """Comments that belong to no item are items of their own."""
    if not comments:
        return []
    start, end = tree.span(comments[0]).start, tree.span(comments[-1]).end
    text = tree.text[start:end].rstrip()
    return [Item("other", "", start, start, start + len(text))]


def _adjacent(tree: Tree, upper: tree_sitter.Node, lower: tree_sitter.Node) -> bool:
    between = tree.text[tree.span(upper).end : tree.span(lower).start]
    ended = tree.text[tree.span(upper).start : tree.span(upper).end].endswith("\n")
    return between.count("\n") + ended <= 1


def _same_line(tree: Tree, item: Item, comment: tree_sitter.Node) -> bool:
    between = tree.text[item.end : tree.span(comment).start]
    return "\n" not in between and "\r" not in between
