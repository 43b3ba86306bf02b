"""What a language's table of symbols holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

    import tree_sitter

    from workers_ai_ls.syntax.symbol import Imported


def _as_it_is(text: bytes) -> bytes:
    return text


def _nothing(_text: bytes) -> frozenset[str]:
    return frozenset()


@attrs.frozen(eq=False)
class SymbolTable:
    """How the symbols of one grammar are found.

    One query finds all nodes. A capture is called for the `SymbolKind` of its node, whose fields
    hold name and body; `@variable` counts outside of functions only, and `@attribute` is one that
    a method assigns to its object. `@wrapper` is what a definition stands in with its `export`,
    decorators or `template <…>`, `@attached` an attribute that stands before one. `@import` and
    `@package` are statements; nothing in a `@silent` node refers to anything.
    """

    query: str
    read_import: Callable[[str], list[Imported]]
    """Reads the text of an `@import`."""
    is_exported: Callable[[str, str, bool], bool]
    """Tells by name, signature, and whether it stands at the top, if a definition is visible elsewhere."""
    bases: tuple[str, ...] = ()
    """Fields or kinds of nodes in a class that list its bases."""
    embedded: Callable[[tree_sitter.Node], list[tree_sitter.Node]] | None = None
    """Gives the nodes that name the bases of a class, where that takes more than fields."""
    decorating: frozenset[str] = frozenset()
    """Kinds of wrappers whose own text is not part of a signature."""
    joining: tuple[bytes, ...] = ()
    """What joins two names, beside a dot."""
    calling: tuple[bytes, ...] = ()
    """What ends in a parenthesis and calls the name before it."""
    handed_on: Callable[[bytes], frozenset[str]] = _nothing
    """Reads from a whole text which names it says to be for others."""
    readable: Callable[[bytes], bytes] = _as_it_is
    """Blanks out what the grammar would stumble over, so that all else stays where it is."""
