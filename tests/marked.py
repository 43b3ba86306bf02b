"""Fixtures that show a cursor or a selection inside their text."""

from typing import NamedTuple

MARK = "┃"
TWO_ENDS = 2


class Marked(NamedTuple):
    """A text without its marks, and the offsets where they stood; equal for a cursor."""

    text: str
    start: int
    end: int

    @property
    def selected(self) -> str:
        """The text between the marks."""
        return self.text[self.start : self.end]


def marked(text: str) -> Marked:
    """Take the marks out of `text`: one `┃` is a cursor, two are the ends of a selection.

    Raises `ValueError` for any other number of marks.

    >>> marked("a = ┃b┃ + c")
    Marked(text='a = b + c', start=4, end=5)
    """
    before, *rest = text.split(MARK)
    if not 1 <= len(rest) <= TWO_ENDS:
        raise ValueError(f"a fixture has one or two marks ({MARK}); this one has {len(rest)}")
    start = len(before)
    end = start + len(rest[0]) if len(rest) == TWO_ENDS else start
    return Marked(before + "".join(rest), start, end)
