"""Ranges that keep their place while somebody types."""

import attrs

from workers_ai_ls.text.snapshot import Snapshot
from workers_ai_ls.text.splice import Point, Splice

LINE_ENDS = ("\n", "\r")


@attrs.define(eq=False)
class TrackedRange:
    """A range of a document that follows every change, from `Document.track` to `untrack`.

    Stickiness, which decides where text goes that meets an end of the range:

    - Text inserted exactly at the start pushes the range on; exactly at the end, it stays outside.
      Neither is an edit of the range. An empty range therefore moves right.
    - A range of whole lines (`whole_lines`) owns them up to their ends: text inserted at an end of
      it continues its first or last line, and is an edit, unless a line end sets it apart.
    - A change that begins and ends within the range, ends included, and deletes some of it, is an
      edit: what it inserts is inside. So is an insertion strictly inside.
    - A change that reaches over one end takes that part of the range away, and what it inserts is
      outside.
    - A change that reaches over the whole range and further loses it: what remains is the empty
      place where that change began.
    - Where an end of the range was itself deleted, that end takes in what is inserted there from
      then on, so that an undo gives back the range as it was. `is_unchanged` recognises that.

    A change that replaces text is cut to what it really changes before it gets here (see
    `Document.apply`): a formatter that sends the whole document edits what it formats, no more.
    """

    _start: Point
    _end: Point
    _whole_lines: bool = False
    edited: bool = attrs.field(default=False, init=False)
    """Whether any change touched the inside, also one that was undone since."""
    _start_open: bool = attrs.field(default=False, init=False)
    _end_open: bool = attrs.field(default=False, init=False)

    @property
    def lost(self) -> bool:
        """Whether nothing of the range is left.

        A bigger change loses it for good. When it was deleted exactly, an undo brings it back.
        """
        return self.edited and self._start == self._end

    def offsets(self, snapshot: Snapshot) -> tuple[int, int]:
        """Give start and end in the document's current snapshot (any other gives nonsense)."""
        starts = snapshot.line_starts
        return (
            starts[self._start.line] + self._start.column,
            starts[self._end.line] + self._end.column,
        )

    def is_unchanged(self, snapshot: Snapshot, original_text: str) -> bool:
        """Tell whether the range holds what it held at first: never edited, or all of it undone.

        `snapshot` is the document's current one.
        """
        return not self.lost and snapshot.slice(*self.offsets(snapshot)) == original_text

    def follow(self, splice: Splice) -> None:
        """Move with one change. Only the document that tracks the range calls this."""
        start, end = splice.count_of(self._start), splice.count_of(self._end)
        if splice.start == splice.end:
            moved = self._insert(start, end, splice)
        else:
            moved = self._replace(start, end, splice)
        self._start = splice.point_of(moved[0], self._start)
        self._end = splice.point_of(moved[1], self._end)

    def _insert(self, start: int, end: int, splice: Splice) -> tuple[int, int]:
        at = splice.start
        if start < at < end or self._takes_in(at, start, end, splice):
            self.edited = True
            return start, end + splice.size
        if at <= start:
            return start + splice.size, end + splice.size
        return start, end

    def _takes_in(self, at: int, start: int, end: int, splice: Splice) -> bool:
        """Whether what is inserted exactly at an end of the range becomes part of it."""
        if (at == start and self._start_open) or (at == end and self._end_open):
            return True
        if not self._whole_lines or at not in (start, end):
            return False
        text = splice.inserted
        return not (text.startswith(LINE_ENDS) if at == end else text.endswith(LINE_ENDS))

    def _replace(self, start: int, end: int, splice: Splice) -> tuple[int, int]:
        if splice.end <= start:
            return start + splice.growth, end + splice.growth
        if splice.start >= end:
            return start, end
        self.edited = True
        self._start_open |= splice.start <= start
        self._end_open |= splice.end >= end
        if start <= splice.start and splice.end <= end:
            return start, end + splice.growth
        if splice.start <= start and end <= splice.end:
            # Where its ends were is no longer known: it takes nothing in, not even an undo.
            self._start_open = self._end_open = False
            return splice.start, splice.start
        if splice.start < start:
            return splice.start + splice.size, end + splice.growth
        return start, splice.start
