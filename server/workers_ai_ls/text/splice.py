"""What one change did to a line list, as far as a tracked range needs to know."""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import attrs


class Point(NamedTuple):
    r"""A place in a line list that a change elsewhere moves without counting characters.

    Each offset has one point: the one behind a line end is the start of the next line.
    """

    line: int
    column: int
    """A code-point index into the line; unlike a position, it may lie inside a `\r\n`."""


def advance(lines: Sequence[str], point: Point, count: int) -> Point:
    """Go `count` code points on from a point, at most to the end of the lines."""
    line, column = point.line, point.column + count
    while line < len(lines) - 1 and column >= len(lines[line]):
        column -= len(lines[line])
        line += 1
    return Point(line, column)


@attrs.frozen
class Splice:
    """The lines from `first` on that were rewritten, before (`old`) and after (`new`).

    `start`, `end` and `size` count code points from the start of line `first`: what stood between
    `start` and `end` gave way to `size` code points. Ranges are compared and moved in this count;
    points of other lines have no need of one, and count as just before or just behind it all.
    """

    first: int
    old: Sequence[str]
    new: Sequence[str]
    start: int
    end: int
    size: int

    @property
    def growth(self) -> int:
        """By how many code points the text grew."""
        return self.size - (self.end - self.start)

    @property
    def inserted(self) -> str:
        """The text that came in."""
        return "".join(self.new)[self.start : self.start + self.size]

    def count_of(self, point: Point) -> int:
        """Place a point of the old lines in this splice's count."""
        line = point.line - self.first
        if line < 0:
            return -1
        if line >= len(self.old):
            return self._length() + 1
        return sum(map(len, islice(self.old, line))) + point.column

    def point_of(self, count: int, point: Point) -> Point:
        """Find the new point of a count, which came of `point` in the old lines."""
        if count < 0:
            return point
        if count > self._length() + self.growth:
            return Point(point.line + len(self.new) - len(self.old), point.column)
        line, column = advance(self.new, Point(0, 0), count)
        return Point(self.first + line, column)

    def _length(self) -> int:
        return sum(map(len, self.old))
