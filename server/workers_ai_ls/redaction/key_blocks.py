"""Private keys in PEM and PGP armour, over several lines or in one string."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

KIND = "PRIVATE_KEY"

_NAME = r"(?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?"
_BEGIN = re.compile(rf"-----BEGIN {_NAME}-----")
_END = re.compile(rf"-----END {_NAME}-----")
_MOST = 40_000
"""Characters of a block: RSA with 16,384 bits has 13,000."""
_CODED = re.compile(r"[A-Za-z0-9+/=]{32,}")
"""What no code has between the two marks where it only speaks of them."""
_LINES = re.compile(
    r"(?:[\s\"'`,+\\]|\\[nr]|[A-Za-z0-9+/=]{20,}(?=$|[\s\"'`\\])|[A-Za-z-]+: .*$)*", re.MULTILINE
)
_LINE = re.compile(r"[A-Za-z0-9+/=]{20,}")


def key_blocks(text: str) -> Iterator[Span]:
    """Each block with its marks; without its end mark, as far as coded lines follow."""
    at = 0
    while begin := _BEGIN.search(text, at):
        end = _END.search(text, begin.end(), begin.end() + _MOST)
        stop = end.end() if end else _LINES.match(text, begin.end()).end()  # type: ignore[union-attr] # it matches nothing, too
        if _CODED.search(text, begin.end(), stop):
            yield Span(begin.start(), len(text[:stop].rstrip("\"'`,+ \t\r\n")), KIND)
            at = stop
        else:
            at = begin.end()
    for end in _END.finditer(text):
        start = _begun_outside(text, end.start())
        if start < end.start():
            yield Span(start, end.end(), KIND)


def coded_lines(text: str) -> set[str]:
    """The lines of all private keys in a text, by which a part of one is known."""
    return {line for span in key_blocks(text) for line in _LINE.findall(text, span.start, span.end)}


def _begun_outside(text: str, end: int) -> int:
    """Where the coded lines before an end mark begin, of which the beginning is not in the text."""
    start = end
    while True:
        line_start = text.rfind("\n", 0, max(0, start - 1)) + 1
        line = text[line_start:start].strip(" \t\r\n\"'`,+\\")
        if start == 0 or not _LINE.fullmatch(line.removesuffix("\\n")):
            return start
        start = line_start
