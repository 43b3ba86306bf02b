"""TypeScript that its grammar can't read, made such that it can, with all else where it was."""

from __future__ import annotations

import re

_OUT, _IN = (
    re.compile(word + rb"(?=\s+[A-Za-z_$][\w$]*\s*(?:[,>=]|extends\b))") for word in (b"out", b"in")
)
"""`interface Box<in out T>`. That a pattern begins with letters makes it twice as fast."""
_SIGNATURE = re.compile(
    rb"\n[ \t]+<(?=\s*(?:const\s+)?[A-Za-z_$][\w$]*(?:\s*>\s*\(|\s*,|\s+extends\b|\s*=))"
)
"""A call signature after another one without a semicolon, which is taken for arguments of its type."""
_TAGGED = re.compile(rb"(?<=[\w$])<[^<>()`;=]*(?:<[^<>()`;=]*>[^<>()`;=]*)*>(?=`)")
"""``sql<Row>`SELECT 1` ``."""

_REMARK = re.compile(rb"(?:^|\s)//")
_TYPE_END = re.compile(rb"(?:[\w$\])}\"'?]|(?<!=)>)$")
_FARTHEST = 2_000
"""Bytes between a thing and what stands before it, but for one remark."""


def readable(source: bytes) -> bytes:
    r"""Replace, byte by byte, what the grammar does not know.

    >>> readable(b"interface Box<in out T> {\n  (a: A): B\n  <C>(c: C): D\n}")
    b'interface Box<       T> {\n  (a: A): B\n ;<C>(c: C): D\n}'
    """
    plain = _IN.sub(_without_variance, _OUT.sub(_without_variance, source))
    if b">`" in plain:
        plain = _TAGGED.sub(lambda found: re.sub(rb"[^\n]", b" ", found[0]), plain)
    ends = [
        found.end() - 2
        for found in _SIGNATURE.finditer(plain)
        if _TYPE_END.search(_before(plain, found.start()))
    ]
    if not ends:
        return plain
    changed = bytearray(plain)
    for at in ends:
        changed[at] = ord(";")
    return bytes(changed)


def _without_variance(found: re.Match[bytes]) -> bytes:
    word, at = found[0], found.start()
    if not found.string[at - 1 : at].isspace() and found.string[at - 1 : at] not in b"<,":
        return word
    before = _before(found.string, at)
    # Of `in out T`, `in` still stands there when `out` is looked at.
    before = (
        _before(before, len(before) - 2) if before.endswith((b" in", b"<in", b",in")) else before
    )
    return b" " * len(word) if before.endswith((b"<", b",", b"const")) else word


def _before(source: bytes, at: int) -> bytes:
    """Give what stands before a place, without blanks and remarks at its end."""
    while True:
        start = max(0, at - _FARTHEST)
        text = source[start:at].rstrip()
        line = text.rfind(b"\n") + 1
        if text.endswith(b"*/"):
            at = source.rfind(b"/*", 0, start + len(text))
        elif remark := _REMARK.search(text, line):
            at = start + remark.start()
        else:
            return text
        if at <= 0:
            return b""
