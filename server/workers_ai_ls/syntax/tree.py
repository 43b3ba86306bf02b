"""Texts as syntax trees, whose positions are offsets of code points as everywhere else.

tree-sitter counts bytes. An ASCII text is handed over as it is, so bytes are offsets. Any other
text is handed over as UTF-16, two bytes to a code point, except for those beyond U+FFFF (emoji),
which take four: only these need to be looked up, in a sorted list.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_left
from collections import OrderedDict
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

import attrs

from .lines import Span

if TYPE_CHECKING:
    import tree_sitter

    from .language import Grammar, Language

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_LONE_RETURN = re.compile(r"\r(?!\n)")

_UNREAD = frozenset({"typescript", "typescriptreact"})
_KEPT = 8
_KEPT_CHARACTERS = 4_000_000
"""A tree takes some 20 times the memory of its text, so a few large ones are the limit."""

_cache: OrderedDict[tuple[str, str], Tree] = OrderedDict()
_lock = threading.Lock()
"""What the workspace knows is looked up in a thread, while the event loop parses too."""


@attrs.frozen(eq=False)
class Tree:
    """The syntax tree of one text."""

    text: str = attrs.field(repr=False)
    grammar: Grammar = attrs.field(repr=False)
    language: Language
    node: tree_sitter.Node = attrs.field(repr=False)
    astral: tuple[int, ...] = attrs.field(repr=False)
    """Offsets of the code points beyond U+FFFF."""
    surrogates: tuple[int, ...] = attrs.field(repr=False)
    """The same in UTF-16 units."""
    width: int
    """Bytes per UTF-16 unit as tree-sitter counts them: 1 for ASCII, else 2."""

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
    tree = at_hand(language, text) or _parsed(language, language.grammar, text)
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


def parse_once(language: Language, text: str) -> Tree | None:
    """Parse a text that nobody will ask about again, and keep the trees at hand."""
    return _parsed(language, language.grammar, text) if language.grammar else None


def error_count(tree: Tree) -> int:
    """Count what the parser could not read and what it missed."""
    if not tree.node.has_error:
        return 0
    return sum(map(len, captures(tree, "(ERROR) @error (MISSING) @missing").values()))


def captures(
    tree: Tree, query: str, *, depth: int | None = None
) -> dict[str, list[tree_sitter.Node]]:
    """Run a query; `depth` limits how far below the root a match may begin."""
    cursor = _cursor(tree.grammar, query, depth)
    return cursor.captures(tree.node)


def matches(tree: Tree, query: str) -> list[dict[str, list[tree_sitter.Node]]]:
    """Run a query, and keep apart which captures belong together."""
    return [found for _, found in _cursor(tree.grammar, query, None).matches(tree.node)]


def _parsed(language: Language, grammar: Grammar, text: str) -> Tree:
    import tree_sitter

    parser = tree_sitter.Parser(loaded(grammar))
    # To the grammars a "\r" that stands alone is a blank, to editors it ends a line.
    source = _LONE_RETURN.sub("\n", text) if "\r" in text else text
    if language.id in _UNREAD:
        source = _readable(source)
    if text.isascii():
        parsed = parser.parse(source.encode("ascii"))
        return Tree(text, grammar, language, parsed.root_node, (), (), 1)
    # A lone surrogate may come in over JSON; it is one unit like any other.
    parsed = parser.parse(source.encode("utf-16-le", "surrogatepass"), encoding="utf16le")
    astral = tuple(match.start() for match in _ASTRAL.finditer(text))
    surrogates = tuple(offset + index for index, offset in enumerate(astral))
    return Tree(text, grammar, language, parsed.root_node, astral, surrogates, 2)


def _readable(source: str) -> str:
    """Replace, character by character, what the grammar of TypeScript does not know."""
    from .typescript_readable import readable

    # Each code point is one byte here, so that places stay what they are.
    plain = source.encode("ascii", "replace")
    changed = readable(plain)
    if changed == plain:
        return source
    pairs = zip(source, plain, changed, strict=True)
    return "".join(one if before == after else chr(after) for one, before, after in pairs)


@cache
def loaded(grammar: Grammar) -> tree_sitter.Language:
    """Load the wheel of a grammar."""
    import tree_sitter

    return tree_sitter.Language(getattr(import_module(grammar.module), grammar.function)())


@cache
def compiled(grammar: Grammar, source: str) -> tree_sitter.Query:
    """Compile a query; done once."""
    import tree_sitter

    return tree_sitter.Query(loaded(grammar), source)


def _cursor(grammar: Grammar, query: str, depth: int | None) -> tree_sitter.QueryCursor:
    import tree_sitter

    cursor = tree_sitter.QueryCursor(compiled(grammar, query))
    if depth is not None:
        cursor.set_max_start_depth(depth)
    return cursor
