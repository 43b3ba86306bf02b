"""Hands texts to tree-sitter, in the form in which its places are easily ours."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    import tree_sitter

    from .language import Grammar, Language
    from .tree import Tree

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")
_LONE_RETURN = re.compile(r"\r(?!\n)")

_UNREAD = frozenset({"typescript", "typescriptreact"})


class Parsed(NamedTuple):
    """What the parser gives; see the members of `Tree`, of which these are a part."""

    parsed: tree_sitter.Tree
    source: str
    astral: tuple[int, ...]
    surrogates: tuple[int, ...]
    width: int
    is_grown: bool


def parsed(language: Language, grammar: Grammar, text: str, similar: Iterable[Tree]) -> Parsed:
    """Parse a text, with the help of the first of `similar` that has enough in common with it.

    After a keystroke in 10,000 lines of Python that takes 1 ms instead of 28, in another place than
    the last one 4.
    """
    import tree_sitter

    # To the grammars a "\r" that stands alone is a blank, to editors it ends a line.
    source = _LONE_RETURN.sub("\n", text) if "\r" in text else text
    if language.id in _UNREAD:
        source = _readable(source)
    plain = text.isascii()
    astral = () if plain else tuple(match.start() for match in _ASTRAL.finditer(text))
    surrogates = tuple(offset + index for index, offset in enumerate(astral))
    width = 1 if plain else 2
    # A lone surrogate may come in over JSON; it is one unit like any other.
    content = source.encode("ascii") if plain else source.encode("utf-16-le", "surrogatepass")
    encoding: Literal["utf8", "utf16le"] = "utf8" if plain else "utf16le"

    parser = tree_sitter.Parser(loaded(grammar))
    same_kind = [each for each in similar if (each.language, each.width) == (language, width)]
    old = _moved(source, width, astral, same_kind)
    if old is None:
        tree = parser.parse(content, encoding=encoding)
    else:
        tree = parser.parse(content, old, encoding=encoding)
    return Parsed(tree, source, astral, surrogates, width, old is not None)


@cache
def loaded(grammar: Grammar) -> tree_sitter.Language:
    """Load the wheel of a grammar."""
    import tree_sitter

    return tree_sitter.Language(getattr(import_module(grammar.module), grammar.function)())


def _moved(
    source: str, width: int, astral: tuple[int, ...], similar: Iterable[Tree]
) -> tree_sitter.Tree | None:
    """Give the first tree of a similar text, its nodes moved to where they stand in `source`."""
    from .reparsing import moved

    def byte(offset: int) -> int:
        return width * (offset + bisect_left(astral, offset))

    return next(filter(None, (moved(tree, source, byte) for tree in similar)), None)


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
