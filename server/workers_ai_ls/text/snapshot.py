"""One version of a document, which never changes: what a job works on while somebody types."""

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

import attrs

from workers_ai_ls.text.encodings import Encoding, Position, character_of, column_of
from workers_ai_ls.text.lines import content_length, split_lines


def snapshot_of(uri: str, language_id: str, version: int | None, text: str) -> "Snapshot":
    """Make the snapshot of a whole text, for one that no `Document` follows."""
    return Snapshot(uri, language_id, version, tuple(split_lines(text)))


@attrs.frozen
class Snapshot:
    """A document's text at one version. `lines` are as `split_lines` gives them.

    Offsets run from 0 to `len(text)`, both included. A method that is given an offset or a line
    outside the document raises `ValueError`; only a client's positions are clamped.
    """

    uri: str
    language_id: str
    version: int | None
    """The client's number for this text; None when no client has it open."""
    lines: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        """The lines, joined."""
        return "".join(self.lines)

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """For each line, the offset of its first code point."""
        starts = list(accumulate(map(len, self.lines), initial=0))
        starts.pop()
        return tuple(starts)

    def offset(self, position: Position, encoding: Encoding) -> int:
        """Find the offset of a client's position.

        As LSP says, a character beyond the line's content is the end of the content, before the
        line end. A line beyond the last is the end of the document.
        """
        if position.line >= len(self.lines):
            return self._length()
        line = max(position.line, 0)
        return self.line_starts[line] + column_of(self.lines[line], position.character, encoding)

    def position(self, offset: int, encoding: Encoding) -> Position:
        r"""Name an offset in the client's units; one inside a `\r\n` is the place before it."""
        line = self.line_at(offset)
        column = offset - self.line_starts[line]
        return Position(line, character_of(self.lines[line], column, encoding))

    def line_at(self, offset: int) -> int:
        """Find the line that holds an offset; a line end belongs to the line that it ends."""
        if not 0 <= offset <= self._length():
            raise ValueError(f"offset {offset} is outside of 0..{self._length()}")
        return bisect_right(self.line_starts, offset) - 1

    def line_start(self, line: int) -> int:
        """Give the offset of a line's first code point."""
        self._check_line(line)
        return self.line_starts[line]

    def line_end(self, line: int) -> int:
        """Give the offset of the end of a line's content, before its line end."""
        self._check_line(line)
        return self.line_starts[line] + content_length(self.lines[line])

    def slice(self, start: int, end: int) -> str:
        """Give the text between two offsets."""
        if not 0 <= start <= end <= self._length():
            raise ValueError(f"{start}..{end} is no range within 0..{self._length()}")
        return self.text[start:end]

    def _length(self) -> int:
        return self.line_starts[-1] + len(self.lines[-1])

    def _check_line(self, line: int) -> None:
        if not 0 <= line < len(self.lines):
            raise ValueError(f"line {line} is outside of 0..{len(self.lines) - 1}")
