"""Which names a piece of code binds, and what is said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .chains import parts
from .use import RETURNED, Binding
from .use_said import said_of, text_of, values_of
from .use_tables import OWN, Said

if TYPE_CHECKING:
    from .tree import Tree
    from .use_captures import Captured
    from .use_scopes import Scopes
    from .use_tables import UseTable


def bindings_of(tree: Tree, table: UseTable, found: Captured, scopes: Scopes) -> list[Binding]:
    """List them in order, and bind their names in the scopes."""
    _bind(tree, found, scopes)
    said = [
        (node.start_byte, one)
        for node in found.get("binding", ())
        for one in said_of(tree, table, node)
    ]
    for at, one in said:
        if "." not in one.name:
            scopes.bind(one.name, at)
    for node in found.get("narrowing", ()):
        said += [(node.start_byte, one) for one in said_of(tree, table, node)]
    for node in found.get("own", ()):
        said.append((node.start_byte, Said(text_of(tree, node), OWN)))
    listed = [
        Binding(
            one.name,
            one.type,
            one.value,
            one.element,
            tree.offset(at),
            scopes.binder(parts(one.name)[0], at),
        )
        for at, one in said
    ]
    for node in found.get("returned", ()):
        at = node.start_byte
        for one in values_of(tree, table, node):
            place = (tree.offset(at), scopes.innermost(at))
            listed.append(Binding(RETURNED, one.type, one.value, False, *place))  # noqa: FBT003 - a field
    return sorted(listed, key=lambda one: one.start)


def _bind(tree: Tree, found: Captured, scopes: Scopes) -> None:
    """Note the names of which nothing is said but that they are bound."""
    for node in found.get("outer", ()):
        scopes.outer[scopes.innermost(node.start_byte)].add(text_of(tree, node))
    for kind in ("bound", "own", "defined"):
        for node in found.get(kind, ()):
            # A function beside the code, in the one around both, is no variable of the code's.
            if kind != "defined" or scopes.first <= node.start_byte < scopes.last:
                scopes.bind(text_of(tree, node), node.start_byte, around=kind == "defined")
