"""Positions, and how the units that a client counts in map to code points.

LSP counts the characters of a line in UTF-16 units unless client and server agree on bytes of
UTF-8 or on code points ("utf-32"). Python strings are indexed by code points.
"""

import re
from typing import Literal, NamedTuple

from workers_ai_ls.text.lines import content_length

Encoding = Literal["utf-8", "utf-16", "utf-32"]

_WIDE = re.compile(r"[\U00010000-\U0010ffff]")
"""The code points that take two units in UTF-16."""


class Position(NamedTuple):
    """A place as a client names it: both numbers count from 0."""

    line: int
    character: int
    """In the units of the client's encoding."""


def column_of(line: str, character: int, encoding: Encoding) -> int:
    r"""Turn a position's `character` into a code-point index into `line`.

    A character beyond the line's content means the end of its content, before the line end, as
    LSP says. One that falls inside a code point means the start of that code point.

    >>> column_of("a😀b\n", 3, "utf-16"), column_of("a😀b\n", 99, "utf-16")
    (2, 3)
    """
    length = content_length(line)
    character = max(character, 0)
    if encoding == "utf-32" or line.isascii():
        column = character
    elif encoding == "utf-16":
        column = _utf16_column(line, character)
    else:
        column = _utf8_column(line, character)
    return min(column, length)


def character_of(line: str, column: int, encoding: Encoding) -> int:
    r"""Turn a code-point index into `line` into the units of `encoding`.

    No position lies behind a line's content, so that an index inside the line end means its start.

    >>> character_of("a😀b\n", 2, "utf-16"), character_of("a😀b\n", 2, "utf-8")
    (3, 5)
    """
    column = min(column, content_length(line))
    if encoding == "utf-32" or line.isascii():
        return column
    before = line[:column]
    if encoding == "utf-16":
        return column + len(_WIDE.findall(before))
    return len(_utf8(before))


def _utf16_column(line: str, character: int) -> int:
    column = character
    for wide_before, match in enumerate(_WIDE.finditer(line)):
        units_before = match.start() + wide_before
        if character <= units_before:
            break
        # From the second unit on: inside the pair is rounded down, behind it one unit is taken off.
        column -= 1
    return column


def _utf8_column(line: str, character: int) -> int:
    units = _utf8(line)
    while 0 < character < len(units) and _continues(units[character]):
        character -= 1
    return len(units[:character].decode("utf-8", "surrogatepass"))


def _utf8(text: str) -> bytes:
    # JSON can carry half a surrogate pair; a client counts it as the three bytes it would take.
    return text.encode("utf-8", "surrogatepass")


def _continues(unit: int) -> bool:
    return unit & 0b1100_0000 == 0b1000_0000  # noqa: PLR2004 - UTF-8 marks its bytes this way
