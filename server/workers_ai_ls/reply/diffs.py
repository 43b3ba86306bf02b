"""Read unified diffs as models write them: with or without headers, and with wrong numbers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_HUNK = re.compile(r"@@.*")
_NUMBER = re.compile(r"@@ *-(?P<line>\d+)(?:,\d+)? +\+\d+(?:,\d+)? *@@")
_FILE = re.compile(r"^--- \S.*\n\+\+\+ \S", re.MULTILINE)
_NUMBERED = re.compile(r"^@@ .*@@", re.MULTILINE)
_LEFT_OUT = re.compile(r"[ \t]*(?:\.{3}|…|⋮)[ \t]*")
_PREAMBLE = re.compile(r"(?:diff --git|index [0-9a-f]{4,}|new file mode|similarity index) .*|\\ .*")


class Line(NamedTuple):
    """A line of a diff: `mark` is `+`, `-`, or a space for one that stays."""

    mark: str
    text: str


class Hunk(NamedTuple):
    """Lines that stand together; `line` is where, from 1, or 0 where nothing says so."""

    line: int
    lines: tuple[Line, ...]


def is_diff(text: str) -> bool:
    r"""Tell whether a text can only be a diff.

    >>> is_diff("@@ -1 +1 @@\n-a\n+b"), is_diff("x = [\n-1,\n+1,\n]")
    (True, False)
    """
    return bool(_FILE.search(text) or _NUMBERED.search(text))


def diff_in(text: str, *, tagged: bool) -> list[Hunk]:
    """Give the hunks of a diff that change something; none if the text is no diff.

    Without headers, and without a tag that says so, each line must bear a mark or be indented.
    """
    lines = text.split("\n")
    if not is_diff(text) and not _is_marked(lines, tagged=tagged):
        return []
    hunks: list[Hunk] = []
    number, kept = 0, list[Line]()
    for line in [*_body(lines), "@@"]:
        if _HUNK.fullmatch(line) or _LEFT_OUT.fullmatch(line):
            if any(each.mark != " " for each in kept):
                hunks.append(Hunk(number, _trimmed(kept)))
            found = _NUMBER.match(line)
            number, kept = int(found["line"]) if found else 0, []
        else:
            kept.append(_line(line))
    return hunks


def _is_marked(lines: list[str], *, tagged: bool) -> bool:
    marks = {line[0] for line in lines if line.strip()}
    if tagged:
        return bool(marks & {"+", "-"})
    return {"+", "-"} <= marks <= {"+", "-", " ", "\t"}


def _body(lines: list[str]) -> Iterator[str]:
    """Give the lines of all hunks, headers of files as headers of hunks."""
    files = {
        at
        for at, line in enumerate(lines[:-1])
        if line.startswith("--- ") and lines[at + 1].startswith("+++ ")
    }
    heads = [at for at, line in enumerate(lines) if at in files or _HUNK.fullmatch(line)]
    changed = [at for at, line in enumerate(lines) if line[:1] in ("+", "-")]
    last = max([*changed, *heads], default=-1)
    # What is indented or blank goes on; the first line of prose ends it.
    while last + 1 < len(lines) and lines[last + 1][:1] in ("", " ", "\t"):
        last += 1
    for at in range(heads[0] if heads and is_diff("\n".join(lines)) else 0, last + 1):
        if at in files:
            yield "@@"
        elif at - 1 not in files and not _PREAMBLE.fullmatch(lines[at]):
            yield lines[at]


def _line(line: str) -> Line:
    # Models forget the blank before a line that stays.
    return Line(line[0], line[1:]) if line[:1] in ("+", "-", " ") else Line(" ", line)


def _trimmed(lines: list[Line]) -> tuple[Line, ...]:
    """Leave out blank lines at the ends that stay: they belong to what is around the diff."""
    stays = [each.mark == " " and not each.text.strip() for each in lines]
    first, last = stays.index(False), len(stays) - stays[::-1].index(False)
    return tuple(lines[first:last])
