"""What the nodes that bind names say about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from .chains import chain
from .use_tables import Said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import tree_sitter

    from .tree import Tree
    from .use_tables import Shape, UseTable

    Text = Callable[[tree_sitter.Node], str]

T = TypeVar("T")

_LONGEST = 2_000
"""Bytes of an expression or a type; a longer one is not read."""
_DEEPEST = 6


def text_of(tree: Tree, node: tree_sitter.Node, longest: int = _LONGEST) -> str:
    """Give the text of a node; "" for a very long one."""
    start, end = node.byte_range
    if end - start > longest * tree.width:
        return ""
    return tree.text[tree.offset(start) : tree.offset(end)]


def said_of(tree: Tree, table: UseTable, node: tree_sitter.Node) -> Iterator[Said]:
    """Give what a node says, with names and values as chains."""

    def text(inner: tree_sitter.Node) -> str:
        return text_of(tree, inner)

    if reader := table.readers.get(node.type):
        for one in read(reader, node, text):
            if name := chain(one.name, table):
                value = one.value and chain(one.value, table)
                yield Said(name, one.type, value, one.element)
    elif shape := table.shapes.get(node.type):
        yield from _shaped(tree, table, node, shape)


def read(
    reader: Callable[[tree_sitter.Node, Text], list[T]], node: tree_sitter.Node, text: Text
) -> list[T]:
    """Give what a reader of a table finds in a node.

    Some go down as far as brackets are nested: what is nested a thousand times, nobody wrote.
    """
    try:
        return reader(node, text)
    except RecursionError:
        return []


def values_of(
    tree: Tree, table: UseTable, node: tree_sitter.Node, depth: int = 0
) -> Iterator[Said]:
    """Give what an expression may come to: a type of a literal, or a chain."""
    if node.type in table.either and depth < _DEEPEST:
        condition = node.child_by_field_name("condition")
        sides = [child for child in node.named_children if child != condition]
        if node.type == "conditional_expression" and condition is None:
            # `a if condition else b` has no names for its parts.
            sides = sides[::2]
        for child in sides:
            yield from values_of(tree, table, child, depth + 1)
    elif node.type == "parenthesized_expression" and node.named_child_count == 1:
        if depth < _DEEPEST:
            yield from values_of(tree, table, node.named_children[0], depth + 1)
    elif literal := table.literals.get(node.type):
        yield Said("", literal)
    elif value := chain(text_of(tree, node), table):
        yield Said("", "", value)


def _shaped(tree: Tree, table: UseTable, node: tree_sitter.Node, shape: Shape) -> Iterator[Said]:
    target = (
        node.child_by_field_name(shape.target)
        if shape.target
        else next(iter(node.named_children), None)
    )
    if target is None:
        return
    names = list(_names(tree, table, target))
    annotation = node.child_by_field_name(shape.type) if shape.type else None
    said = text_of(tree, annotation) if annotation else ""
    value = node.child_by_field_name(shape.value) if shape.value else None
    while value is not None and value.type == node.type:
        # `a = b = value`
        value = value.child_by_field_name(shape.value)
    # What is annotated needs no other word.
    values = [] if value is None or said else list(values_of(tree, table, value))
    for name, is_part in names:
        for one in values or [Said("")]:
            yield Said(name, said or one.type, one.value, shape.element or is_part)


def _names(
    tree: Tree, table: UseTable, target: tree_sitter.Node, depth: int = 0
) -> Iterator[tuple[str, bool]]:
    """Give the names in a target, and whether each is but a part of it."""
    if target.named_child_count and target.type.endswith(table.patterns):
        if depth < _DEEPEST:
            for child in target.named_children:
                for name, _ in _names(tree, table, child, depth + 1):
                    yield name, True
    elif (name := chain(text_of(tree, target), table)) and name[-1] not in ")]'":
        yield name, False
