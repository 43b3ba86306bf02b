"""The server's own copy of an open document.

pygls rebuilds the whole text on each change and splits it anew on each look at its lines, and it
splits where the client does not (see `lines`). Here a keystroke rewrites one line of a list.
"""

from collections.abc import Sequence

import attrs

from workers_ai_ls.text.diff import minimal_edits
from workers_ai_ls.text.encodings import Encoding, Position, column_of
from workers_ai_ls.text.lines import split_lines
from workers_ai_ls.text.snapshot import Snapshot
from workers_ai_ls.text.splice import Point, Splice, advance
from workers_ai_ls.text.tracked import TrackedRange


@attrs.frozen
class Change:
    """One content change as the client sent it: `text` in place of `start`..`end`.

    Both None: `text` is the whole document.
    """

    start: Position | None
    end: Position | None
    text: str

    def __attrs_post_init__(self) -> None:
        if (self.start is None) != (self.end is None):
            raise ValueError("a change has both a start and an end, or neither")


class Document:
    r"""An open document, edited in place by the client's changes.

    After every change the lines are what `split_lines` would make of the whole text, also where
    a change joins a `\r` and a `\n` or parts them.
    """

    def __init__(self, uri: str, language_id: str, version: int, text: str) -> None:
        self.uri = uri
        self.language_id = language_id
        self.version = version
        self._lines = split_lines(text)
        self._snapshot: Snapshot | None = None
        self._tracked: list[TrackedRange] = []

    def apply(self, changes: Sequence[Change], version: int, encoding: Encoding) -> None:
        """Apply the changes of one notification in order, each to what the last one left.

        Positions beyond the text are clamped as in `Snapshot.offset`. While ranges are tracked,
        a change that replaces text is first cut to `minimal_edits`, so that the ranges survive
        formatters and clients that send the whole text.
        """
        for change in changes:
            if change.start is None or change.end is None:
                start, end = Point(0, 0), self._end_of_document()
            else:
                # LSP does not forbid a range that is turned round; other servers accept it too.
                start, end = sorted(self._point(at, encoding) for at in (change.start, change.end))
            self._change(start, end, change.text)
        self.version = version
        self._snapshot = None

    def snapshot(self) -> Snapshot:
        """Give the document as it is now; the same object until the next change."""
        if self._snapshot is None:
            lines = tuple(self._lines)
            self._snapshot = Snapshot(self.uri, self.language_id, self.version, lines)
        return self._snapshot

    def track(self, start: int, end: int, *, whole_lines: bool = False) -> TrackedRange:
        """Follow the range between two offsets of the current snapshot until `untrack`.

        `whole_lines`: what is typed at an end of it, on its first or last line, belongs to it.
        Raises `ValueError` when they are no range of it.
        """
        if start > end:
            raise ValueError(f"{start}..{end} is no range")
        first, last = (self._point_at(offset) for offset in (start, end))
        tracked = TrackedRange(first, last, whole_lines)
        self._tracked.append(tracked)
        return tracked

    def untrack(self, tracked: TrackedRange) -> None:
        """Stop following; the range stays where it is. Raises `ValueError` if it is not ours."""
        self._tracked.remove(tracked)

    def _change(self, start: Point, end: Point, text: str) -> None:
        if start == end and not text:
            return
        if not self._tracked or start == end or not text:
            self._replace(start, end, text)
            return
        places, at, done = [], start, 0
        for edit in minimal_edits(self._between(start, end), text):
            first = advance(self._lines, at, edit.start - done)
            at, done = advance(self._lines, first, edit.end - edit.start), edit.end
            places.append((first, at, edit.text))
        # From the last to the first, so that the places of the others stay true.
        for place in reversed(places):
            self._replace(*place)

    def _replace(self, start: Point, end: Point, text: str) -> None:
        lines, first, last = self._lines, start.line, end.line
        head, tail = lines[first][: start.column], lines[last][end.column :]
        if not head and first > 0 and lines[first - 1].endswith("\r"):
            # What comes to stand behind this "\r" may begin with the "\n" that belongs to it.
            first -= 1
            head = lines[first]
        new = split_lines(head + text + tail)
        if last + 1 < len(lines):
            # The tail brought its line end along, and what is behind that is the next line.
            new.pop()
        if self._tracked:
            self._move_tracked(first, last, new, (len(head), len(tail), len(text)))
        lines[first : last + 1] = new

    def _move_tracked(
        self, first: int, last: int, new: Sequence[str], sizes: tuple[int, int, int]
    ) -> None:
        head, tail, size = sizes
        old = self._lines[first : last + 1]
        splice = Splice(first, old, new, head, sum(map(len, old)) - tail, size)
        for tracked in self._tracked:
            tracked.follow(splice)

    def _between(self, start: Point, end: Point) -> str:
        lines = self._lines[start.line : end.line + 1]
        lines[-1] = lines[-1][: end.column]
        lines[0] = lines[0][start.column :]
        return "".join(lines)

    def _point(self, position: Position, encoding: Encoding) -> Point:
        if position.line >= len(self._lines):
            return self._end_of_document()
        line = max(position.line, 0)
        return Point(line, column_of(self._lines[line], position.character, encoding))

    def _point_at(self, offset: int) -> Point:
        snapshot = self.snapshot()
        line = snapshot.line_at(offset)
        return Point(line, offset - snapshot.line_starts[line])

    def _end_of_document(self) -> Point:
        return Point(len(self._lines) - 1, len(self._lines[-1]))
