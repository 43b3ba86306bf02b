"""Texts as syntax trees, whose positions are offsets of code points as everywhere else.

tree-sitter counts bytes. An ASCII text is handed over as it is, so bytes are offsets. Any other
text is handed over as UTF-16, two bytes to a code point, except for those beyond U+FFFF (emoji),
which take four: only these need to be looked up, in a sorted list.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import OrderedDict
from functools import cache
from typing import TYPE_CHECKING

import attrs

from .lines import Span
from .parsing import loaded, parsed

if TYPE_CHECKING:
    from collections.abc import Iterable

    import tree_sitter

    from .language import Grammar, Language

_KEPT = 8
_KEPT_CHARACTERS = 4_000_000
"""A tree takes some 20 times the memory of its text, so a few large ones are the limit."""

_LARGE = 10_000
"""Characters from which on it pays to look for a similar text among those kept (2 ms of parsing)."""

_cache: OrderedDict[tuple[str, str], Tree] = OrderedDict()
_lock = threading.Lock()
"""What the workspace knows is looked up in a thread, while the event loop parses too."""


@attrs.frozen(eq=False)
class Tree:
    """The syntax tree of one text."""

    text: str = attrs.field(repr=False)
    grammar: Grammar = attrs.field(repr=False)
    language: Language
    parsed: tree_sitter.Tree = attrs.field(repr=False)
    source: str = attrs.field(repr=False)
    """The text as the parser saw it: as long, but without what the grammar can't read."""
    astral: tuple[int, ...] = attrs.field(repr=False)
    """Offsets of the code points beyond U+FFFF."""
    surrogates: tuple[int, ...] = attrs.field(repr=False)
    """The same in UTF-16 units."""
    width: int
    """Bytes per UTF-16 unit as tree-sitter counts them: 1 for ASCII, else 2."""
    is_grown: bool
    """Whether it was made from that of a similar text. Where nothing is broken that is the same."""
    node: tree_sitter.Node = attrs.field(init=False, repr=False)
    """The root."""

    @node.default
    def _root(self) -> tree_sitter.Node:
        return self.parsed.root_node

    def offset(self, byte: int) -> int:
        """Give the offset of a code point by tree-sitter's count of bytes."""
        if self.width == 1:
            return byte
        unit = byte // self.width
        return unit - bisect_left(self.surrogates, unit) if self.surrogates else unit

    def byte(self, offset: int) -> int:
        """Give tree-sitter's count of bytes at an offset."""
        if self.width == 1:
            return offset
        return self.width * (offset + bisect_left(self.astral, offset))

    def span(self, node: tree_sitter.Node) -> Span:
        """Give the offsets between which a node stands."""
        return Span(self.offset(node.start_byte), self.offset(node.end_byte))


def parse(language: Language, text: str) -> Tree | None:
    """Parse a text, or give the tree at hand when the same text was parsed shortly before.

    None when the language has no grammar. A broken text gives a tree too: see `error_count`.
    """
    if language.grammar is None:
        return None
    tree = at_hand(language, text)
    if tree is None:
        with _lock:
            kept = list(reversed(_cache.values())) if len(text) >= _LARGE else []
        tree = _parsed(language, language.grammar, text, kept)
    with _lock:
        _cache[language.id, text] = tree
        _cache.move_to_end((language.id, text))
        size = sum(len(kept.text) for kept in _cache.values())
        while len(_cache) > 1 and (len(_cache) > _KEPT or size > _KEPT_CHARACTERS):
            size -= len(_cache.popitem(last=False)[1].text)
    return tree


def at_hand(language: Language, text: str) -> Tree | None:
    """Give the tree of a text that was parsed shortly before; None else."""
    with _lock:
        return _cache.get((language.id, text))


def similar(tree: Tree) -> list[Tree]:
    """Give the other trees of the same language that are kept, the latest first."""
    with _lock:
        kept = reversed(_cache.values())
        return [one for one in kept if one.language is tree.language and one is not tree]


def parse_once(language: Language, text: str) -> Tree | None:
    """Parse a text that nobody will ask about again, and keep the trees at hand."""
    return _parsed(language, language.grammar, text) if language.grammar else None


def error_count(tree: Tree) -> int:
    """Count what the parser could not read and what it missed."""
    if not tree.node.has_error:
        return 0
    if tree.is_grown:
        # An answer is judged by this: what was parsed before must not matter.
        tree = _parsed(tree.language, tree.grammar, tree.text)
    return sum(map(len, captures(tree, "(ERROR) @error (MISSING) @missing").values()))


def captures(
    tree: Tree, query: str, *, depth: int | None = None, near: Span | None = None
) -> dict[str, list[tree_sitter.Node]]:
    """Run a query; `depth` limits how far below the root a match may begin.

    `near` leaves out what no part of touches that range.
    """
    return _cursor(tree, query, depth, near).captures(tree.node)


def matches(
    tree: Tree, query: str, *, near: Span | None = None
) -> list[dict[str, list[tree_sitter.Node]]]:
    """Run a query, and keep apart which captures belong together; `near` is as above."""
    return [found for _, found in _cursor(tree, query, None, near).matches(tree.node)]


def _parsed(language: Language, grammar: Grammar, text: str, similar: Iterable[Tree] = ()) -> Tree:
    return Tree(text, grammar, language, *parsed(language, grammar, text, similar))


@cache
def compiled(grammar: Grammar, source: str) -> tree_sitter.Query:
    """Compile a query; done once."""
    import tree_sitter

    return tree_sitter.Query(loaded(grammar), source)


def _cursor(
    tree: Tree, query: str, depth: int | None, near: Span | None
) -> tree_sitter.QueryCursor:
    import tree_sitter

    cursor = tree_sitter.QueryCursor(compiled(tree.grammar, query))
    if depth is not None:
        cursor.set_max_start_depth(depth)
    if near is not None:
        cursor.set_byte_range(tree.byte(near.start), tree.byte(near.end) + 1)
    return cursor
