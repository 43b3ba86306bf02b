"""Which names a piece of code uses, and what it says about the things that they stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .lines import Span, trimmed
from .use import RETURNED, Binding, Use, Uses
from .use_bindings import bindings_of
from .use_captures import captured, surroundings
from .use_names import Code, uses_of
from .use_scopes import scopes_of
from .use_tables import USE_TABLES

if TYPE_CHECKING:
    from .language import Language
    from .tree import Tree

__all__ = ["RETURNED", "Binding", "Use", "Uses", "bindings", "has_uses", "uses"]


def uses(tree: Tree, start: int, end: int) -> Uses:
    """Find the names that the code between two offsets uses.

    Names that it binds, or that a function around it binds, are no uses; what is asked of them
    (`client.send`) is. Empty for a language without a table.
    """
    table = USE_TABLES.get(tree.language.id)
    if table is None or end <= start:
        return Uses([], [], [-1])
    # A function ends before the line end that was selected with it.
    chosen = trimmed(tree.text, Span(start, end))
    first, last = tree.byte(chosen.start), tree.byte(chosen.end)
    found = captured(tree, table, *surroundings(tree, table, first, last))
    scopes = scopes_of(found, first, last)
    listed = bindings_of(tree, table, found, scopes)
    return Uses(uses_of(Code(tree, table, found, scopes)), listed, scopes.parents)


def bindings(tree: Tree) -> Uses:
    """Find what a whole text says of the names that it binds, and leave out what it uses."""
    table = USE_TABLES.get(tree.language.id)
    if table is None:
        return Uses([], [], [-1])
    first, last = tree.node.start_byte, tree.node.end_byte
    found = captured(tree, table, first, last)
    scopes = scopes_of(found, first, last)
    return Uses([], bindings_of(tree, table, found, scopes), scopes.parents)


def has_uses(language: Language) -> bool:
    """Whether `uses` reads this language."""
    return language.id in USE_TABLES
