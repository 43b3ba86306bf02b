"""What a prompt shows of a project, read from its text alone: which lines, under which file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FENCE = re.compile(r"(`{3,})(\w*)$")
_HEADING = re.compile(r"(?:#|//|--) (\S+?)(?:, in .*)?$")
_SHORTEST = 3
"""Characters of a line that can show a header: `x =` says something, `{` does not."""


class Header(NamedTuple):
    """The line with a definition's name."""

    file: str
    line: int
    """From 1."""
    name: str
    owner: int = 0
    """The line of the definition around it; 0 at the top."""


class Lines(NamedTuple):
    """The lines of a project's files."""

    of: dict[str, list[str]]

    def at(self, file: str, line: int) -> str:
        """The text of a line, without its indentation; empty where there is none."""
        lines = self.of.get(file, [])
        return lines[line - 1].strip() if 0 < line <= len(lines) else ""


class Shown(NamedTuple):
    """A line that a prompt shows."""

    text: str
    under: tuple[str, ...] | None
    """The lines that it is indented under; None where these stand elsewhere in the prompt."""
    line: int | None
    """Where it stands in the file (from 1), if that can be told."""


class Prompted(NamedTuple):
    """The lines that a prompt shows, by the file below whose name they stand."""

    lines: dict[str, list[Shown]]

    def shows(self, header: Header, project: Lines) -> bool:
        """Whether the header's line stands there.

        Its end may be missing, such as a bracket that opens the body. Where a file has the same line
        in several places, the header of what it belongs to has to stand above it.
        """
        wanted = project.at(header.file, header.line)
        name = re.compile(rf"(?<!\w){re.escape(header.name)}(?!\w)")
        found = [
            each
            for each in self.lines.get(header.file, ())
            if each.line in {None, header.line}
            and _stands_for(each.text, wanted)
            and name.search(each.text)
        ]
        twice = sum(line.strip() == wanted for line in project.of.get(header.file, ())) > 1
        if not found or not twice:
            return bool(found)
        owner = project.at(header.file, header.owner)
        return any(
            each.line
            or not owner
            or each.under is None
            or any(_stands_for(one, owner) for one in each.under)
            for each in found
        )


def prompted(user: str, file: str, first: int, last: int, project: Lines) -> Prompted:
    """Read the user's turn of a prompt about lines of a file, which don't count themselves."""
    lines: dict[str, list[Shown]] = {}
    for title, block in _blocks(user):
        if title.startswith(("Selected code", "It is a part")):
            continue
        at = file
        apart = title.startswith("Beside it")
        number = _place(title, block, first, last, project.of[file])
        above: list[tuple[int, str]] = []
        for step, line in enumerate(block):
            heading = _HEADING.match(line)
            if heading and heading[1] in project.of:
                at, above = heading[1], []
                continue
            if not line.strip():
                continue
            depth = _depth(line)
            # A line that closes a bracket goes on with what the line of its opening began.
            closes = line.lstrip().startswith((")", "]", "}", ">"))
            while above and above[-1][0] >= depth + closes:
                above.pop()
            under = None if apart else tuple(text for _, text in above)
            lines.setdefault(at, []).append(Shown(line.strip(), under, number and number + step))
            if not closes:
                above.append((depth, line.strip()))
    return Prompted(lines)


def _place(title: str, block: list[str], first: int, last: int, lines: list[str]) -> int | None:
    """Find the first line of what stands right above or below the code."""
    if title.startswith("Code above"):
        order = range(first - len(block), 0, -1)
    elif title.startswith("Code below"):
        order = range(last + 1, len(lines) + 1)
    else:
        return None
    plain = [line.rstrip() for line in block]
    return next(
        at
        for at in order
        if [line.rstrip() for line in lines[at - 1 : at - 1 + len(block)]] == plain
    )


def weight(user: str, code: str, task: str) -> int:
    """Tokens as the budget counts them: UTF-8 bytes / 3 of all but the task and the code."""
    return -(-(len(user.encode()) - len(code.encode()) - len(task.encode())) // 3)


def windowed(lines: Sequence[str], first: int, last: int, room: int) -> range:
    """The lines (from 1) of a window of `room` tokens around others, which stay out: half on each side."""
    above, below = first - 1, last + 1
    for step, at in ((-1, above), (1, below)):
        left = room * 3 // 2
        while 1 <= at <= len(lines):
            left -= len(lines[at - 1].encode()) + 1
            if left < 0:
                break
            at += step  # noqa: PLW2901 - it walks until the room is used up
        above, below = (at, below) if step < 0 else (above, at)
    return range(above + 1, below)


def _blocks(user: str) -> Iterator[tuple[str, list[str]]]:
    """The fenced blocks, each with the line above it."""
    title, fence, block = "", "", list[str]()
    for line in user.split("\n"):
        found = _FENCE.match(line)
        if fence:
            if line == fence:
                yield title, block
                fence = ""
            else:
                block.append(line)
        elif found:
            fence, block = found[1], []
        else:
            title = line


def _stands_for(shown: str, wanted: str) -> bool:
    shown = shown.rstrip("…").rstrip()
    return shown == wanted or (len(shown) >= _SHORTEST and wanted.startswith(shown))


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
