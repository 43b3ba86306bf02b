"""Where a file uses names.

An index can't afford to look at every name of every file: a query for them takes longer than the
parser does. So it keeps a file's skeleton, which is its text without comments, strings and
whatever joins or names nothing, and looks for a name in those that have it.
"""

from __future__ import annotations

import re
import string
import struct
import zlib
from functools import cache
from typing import TYPE_CHECKING, Final

from .parsing import loaded
from .symbol import Reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .language import Grammar
    from .symbol_tables import SymbolTable

_WORD: Final = f"{string.ascii_letters}{string.digits}_$".encode() + bytes(range(128, 256))
_SKELETON: Final = bytes(each if each in _WORD + b".(\n" else ord(" ") for each in range(256))
_WORDS: Final = bytes(each if each in _WORD else ord(" ") for each in range(256))
"""Tables for `bytes.translate`."""

_GENERIC: Final = re.compile(rb"(?:::)?(<[\w ,.:&*\[\]]{0,80}>)\(")
_BLANKS: Final = (b" " * 8, b" " * 4, b"  ")
"""One by one replaced by a blank, they leave few of them; a pattern takes five times as long."""

_RECEIVER: Final = re.compile(rb"((?:[\w$\x80-\xff]+(?:\(\.|\.))+)$")
_DOT: Final = ord(".")
_CONTEXTUAL: Final = frozenset(b"get set of from match type print exec new is async".split())
"""Words that are keywords in some places only."""

_LONGEST: Final = 100
"""Bytes. A longer name was not given by a person, and no longer receiver is looked at."""


def skeleton(table: SymbolTable, source: bytes, silent: Iterable[tuple[int, int]]) -> bytes:
    """Keep of a text its names, the dots between them, the parentheses of calls and the lines.

    `silent` are ranges of bytes in which nothing is used: comments, strings and imports.
    """
    kept: list[bytes] = []
    at = 0
    for start, end in sorted(silent):
        if start >= at:
            kept += (source[at:start], b"\n" * source.count(b"\n", start, end))
            at = end
    spoken = b"".join((*kept, source[at:]))
    if b">(" in spoken:
        # `make<T>(x)` calls `make` and uses `T`.
        spoken = _GENERIC.sub(rb"(\1", spoken)
    for written in table.joining:
        spoken = spoken.replace(written, b".")
    for written in table.calling:
        spoken = spoken.replace(written, b"(")
    # A call without arguments may be what the next name is asked of.
    bones = spoken.replace(b"().", b"(.").translate(_SKELETON)
    for blanks in _BLANKS:
        bones = bones.replace(blanks, b" ")
    return bones


def signature_of_names(grammar: Grammar, bones: bytes) -> bytes:
    """Give four bytes for each name in a skeleton, in no order, by which it is looked for."""
    return marks_of(set(bones.translate(_WORDS).split()) - _keywords(grammar))


def marks_of(names: Iterable[bytes]) -> bytes:
    """Join the marks of names."""
    marks = [*map(zlib.crc32, names)]
    return struct.pack(f">{len(marks)}I", *marks)


def mark_of(name: str) -> bytes:
    """Give the four bytes that stand for a name in a signature; others may share them.

    >>> mark_of("send").hex()
    'a7733acd'
    """
    return marks_of([name.encode(errors="replace")])


def may_use(grammar: Grammar, bones: bytes, name: str) -> bool:
    """Tell what the mark of a name in `signature_of_names` would, of one text, without making it."""
    word = name.encode(errors="replace")
    return word in bones and not word.translate(None, _WORD) and word not in _keywords(grammar)


def references(bones: bytes, name: str) -> list[Reference]:
    r"""Find where a skeleton uses a name.

    >>> bones = b"def f(x\n self.client.send(x.y\n g(.send"
    >>> [(each.line, each.call, each.receiver) for each in references(bones, "send")]
    [(1, True, 'self.client'), (2, False, 'g()')]
    """
    return list(each_reference(bones, name))


def each_reference(bones: bytes, name: str, *, call: bool | None = None) -> Iterator[Reference]:
    """Find where a skeleton uses a name one by one: all places, or those where it is called or not.

    A name may be used thousands of times, and a few of them be enough.
    """
    word = re.escape(name.encode(errors="replace"))
    behind = {None: rb"(?![\w$\x80-\xff])", True: rb"(?=\()", False: rb"(?![\w$\x80-\xff(])"}
    # A pattern that begins with letters takes a fifth of the time of one that looks back first.
    pattern = re.compile(word + behind[call])
    seen: set[Reference] = set()
    row = at = 0
    for match in pattern.finditer(bones):
        start, end = match.span()
        if start and bones[start - 1] in _WORD:
            continue
        row += bones.count(b"\n", at, start)
        at = start
        receiver = None
        if start and bones[start - 1] == _DOT:
            before = _RECEIVER.search(bones[max(0, start - _LONGEST) : start])
            text = before[1].decode(errors="replace") if before else ""
            receiver = text.rstrip(".").replace("(", "()")
        found = Reference(name, row, bones[end : end + 1] == b"(", receiver)
        if found not in seen:
            seen.add(found)
            yield found


@cache
def _keywords(grammar: Grammar) -> frozenset[bytes]:
    """Give the words that belong to the language itself; some are names elsewhere, and stay."""
    language = loaded(grammar)
    kinds = (
        language.node_kind_for_id(each)
        for each in range(language.node_kind_count)
        if not language.node_kind_is_named(each)
    )
    words = (kind.encode() for kind in kinds if kind and kind.isidentifier())
    return frozenset(words).difference(_CONTEXTUAL)
