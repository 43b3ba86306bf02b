"""Macros of C that stand where its grammar expects something else."""

from __future__ import annotations

import re

_BARE = re.compile(rb"^[ \t]+[A-Z][A-Z\d_]{2,}[ \t]*(?=\r?\n)", re.MULTILINE)
"""A line that is one word in capitals: `UV_HANDLE_FIELDS`, `Q_OBJECT`."""
_HEADS = re.compile(rb"^[ \t]+Py\w+_HEAD[ \t]*(?=\r?\n)", re.MULTILINE)
_MARKS = re.compile(
    rb"^(?!(?:else|do|return|const|static|extern|inline|unsigned|signed|struct|union|enum|typedef"
    rb"|template|class|namespace|public|private|protected)\b)[a-zA-Z_]\w*(?:[ \t]+[a-zA-Z_]\w*){0,4}[ \t]*\r?\n"
    rb"(?=[a-zA-Z_]\w*[ \t*]+(?:\w+[ \t*]+){0,6}\w+[ \t]*\([^;{}]{0,400}\)\s{0,40}\{)",
    re.MULTILINE,
)
"""A line of words before a function whose return type stands on the next line: `my_inline`.

All repetitions have limits, so that no text takes more than a linear time.
"""
_REMARK = re.compile(rb"/\*.*?(?:\*/|\Z)|//[^\n]*", re.DOTALL)
_BEFORE = re.compile(rb"(?:[;{:]|^[ \t]*(?:[A-Z][A-Z\d_]{2,}|Py\w+_HEAD))\s*\Z", re.MULTILINE)
_WORD = re.compile(rb"\w")
_FAR = 500
"""Bytes around a macro that are looked at."""


def without_bare_macros(source: bytes) -> bytes:
    r"""Blank out macros without a semicolon, which make the parser lose the struct around them.

    >>> without_bare_macros(b"struct a {\n  FIELDS\n  int b;\n};\n")
    b'struct a {\n        \n  int b;\n};\n'
    """
    for pattern in (_HEADS, _BARE):
        source = pattern.sub(_blanked, source)
    return _MARKS.sub(lambda found: _WORD.sub(b" ", found[0]), source)


def _blanked(found: re.Match[bytes]) -> bytes:
    start, end = found.span()
    before = found.string[max(0, start - _FAR) : start]
    # Of a remark that began further before, only its end is in sight.
    closed, opened = before.find(b"*/"), before.find(b"/*")
    before = before[closed + 2 :] if 0 <= closed < opened or opened < 0 <= closed else before
    before = _REMARK.sub(b"", before).rstrip()
    after = _REMARK.sub(b"", found.string[end : end + _FAR]).lstrip()
    # Before a brace that closes, a word after one that opens may be the member of an enumeration.
    is_free = bool(_BEFORE.search(before)) and not (before[-1:] == b"{" and after[:1] == b"}")
    is_whole = after[:1].isalpha() or after[:1] in {b"_", b"}", b"#", b"~"}
    return b" " * (end - start) if is_free and is_whole else found[0]
