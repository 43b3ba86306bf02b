"""Whether the code that was taken has all lines of the answer, and none from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LINE_END = re.compile(r"\r\n|\r|\n")
_WRAPPING = re.compile(
    r"^\s*`{3,}\w*|`{3,}(?:<\|\w+\|>)*\s*$|<\|\w+\|>|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\s]"
)
_QUOTES = str.maketrans("“”‘’", "\"\"''")  # noqa: RUF001 - models write those
_IMPORTS = re.compile(
    r"""\s*(?:import|from|using|package|use|\#include)\b|\s*(?:\w+[ ])?"[\w./-]+"$"""
)


def lost(text: str, ranges: Iterable[Sequence[int]], taken: str) -> str:
    """Give the first line of the answer (0-based ranges of the reply's lines) that was not taken.

    How a line is indented does not matter here. An import counts where all its words are there:
    imports are merged with those that a file has.
    """
    there = {_bare(line) for line in _LINE_END.split(taken)}
    words = set(re.findall(r"\w+", taken))
    for line in _chosen(text, ranges):
        imported = _IMPORTS.match(line) and words.issuperset(re.findall(r"\w+", line))
        if _bare(line) not in there and not imported:
            return line.strip()
    return ""


def foreign(text: str, ranges: Iterable[Sequence[int]], taken: str, before: str) -> str:
    """Give the first line that was taken and stands neither in the answer nor in the code before."""
    known = {_bare(line) for line in [*_chosen(text, ranges), *_LINE_END.split(before)]}
    for line in _LINE_END.split(taken):
        if _says(line) and _bare(line) not in known and not _IMPORTS.match(line):
            return line.strip()
    return ""


def _chosen(text: str, ranges: Iterable[Sequence[int]]) -> list[str]:
    lines = _LINE_END.split(text)
    return [line for start, end in ranges for line in lines[start:end] if _says(line)]


def _says(line: str) -> bool:
    return bool(re.search(r"\w", line)) and bool(_bare(line))


def _bare(line: str) -> str:
    return _WRAPPING.sub("", line.translate(_QUOTES))
