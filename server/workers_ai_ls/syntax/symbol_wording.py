"""The words of a definition: its signature, and the first line of what is said about it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import tree_sitter

    from .language import Language
    from .symbol_naming import Name

_LONGEST = 800
"""Bytes of a signature; the rest of a longer one is left out."""
_LONGEST_VALUE = 200
"""Bytes of a line without a body, such as a variable's with its value."""
_AT = ord("@")
_HIGHEST = 60
"""Lines of a comment that are looked at."""

_DOCSTRING = re.compile(rb"""\s*[rRuU]?("{3}|'{3}|"|')\s*([^\r\n]*?)\s*(?:\1|\\?[\r\n]|$)""")
_COMMENT = re.compile(rb"^\s*(?:///?!?|/\*+!?|\*+/?|#+|--+|;+)\s*(.*?)\s*(?:\*+/)?\s*$")
_MARKS = {"#": (b"#",), "--": (b"--",), "//": (b"//", b"*", b"/*")}


def signature(
    source: bytes, node: tree_sitter.Node, body: tree_sitter.Node | None, name: Name
) -> tuple[str, int]:
    """Give the text before the body, or the first line without one, and the row of its end."""
    start = node.start_byte
    if source[start] == _AT and name.line > node.start_point[0]:
        # Decorators that the grammar puts inside: the name's own line is what counts.
        start = source.rfind(b"\n", start, name.start) + 1
    if body is None:
        end = source.find(b"\n", name.start, node.end_byte)
        end = node.end_byte if end < 0 else end
        kept = source[start : min(end, start + _LONGEST_VALUE)]
        return _plain(kept), name.line
    end = body.start_byte
    if body.type == "interface_type":
        end = source.find(b"{", end, body.end_byte)
    kept = source[start:end].rstrip()
    last = node.start_point[0] + source.count(b"\n", node.start_byte, start + len(kept))
    indentation = node.start_point[1]
    return _plain(
        _dedented(kept[:_LONGEST], indentation) if b"\n" in kept else kept[:_LONGEST]
    ), last


def _dedented(text: bytes, most: int) -> bytes:
    """Take up to so many blanks from the start of each line but the first."""
    first, *rest = text.split(b"\n")
    cut = (line[min(most, len(line) - len(line.lstrip())) :] for line in rest)
    return b"\n".join((first, *cut))


def docstring(source: bytes, body: tree_sitter.Node | None) -> str:
    """Give the first line of Python's docstring."""
    if body is None:
        return ""
    end = min(body.end_byte, body.start_byte + _LONGEST)
    found = _DOCSTRING.match(source, body.start_byte, end)
    return _plain(found[2])[:_LONGEST_VALUE] if found else ""


def doc_above(lines: Sequence[bytes], row: int, language: Language) -> str:
    """Give the first line with words of the comment that stands right above a row."""
    marks = _MARKS.get(language.line_comments[0], ())
    top = row
    while top > max(0, row - _HIGHEST) and _is_comment(lines[top - 1], marks):
        top -= 1
    for line in lines[top:row]:
        found = _COMMENT.match(line[:_LONGEST])
        if found and any(char.isalnum() for char in _plain(found[1])):
            return _plain(found[1])[:_LONGEST_VALUE]
    return ""


def _is_comment(line: bytes, marks: tuple[bytes, ...]) -> bool:
    code = line.strip()
    # A preprocessor's line is no comment of C; a line of C that dereferences may look like one.
    return code.startswith(marks) and not code.startswith((b"#!", b"#include", b"#define"))


def _plain(text: bytes) -> str:
    return text.decode(errors="replace").strip()
