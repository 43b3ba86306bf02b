"""A slow model of `TrackedRange`, in which each character knows whether it is in the range."""

from typing import NamedTuple

from workers_ai_ls.text import minimal_edits


class Cell(NamedTuple):
    """One character, or none: what is left where a character of the range was deleted."""

    character: str
    inside: bool


class Model:
    """A text and a non-empty range of it, as a list of cells."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.cells = [Cell(c, start <= at < end) for at, c in enumerate(text)]
        self.edited = False
        self.swallowed = False

    @property
    def text(self) -> str:
        return "".join(cell.character for cell in self.cells)

    @property
    def range_text(self) -> str:
        return "".join(cell.character for cell in self.cells if cell.inside)

    @property
    def offsets(self) -> tuple[int, int]:
        first = next(at for at, cell in enumerate(self.cells) if cell.inside)
        start = sum(len(cell.character) for cell in self.cells[:first])
        return start, start + len(self.range_text)

    def replace(self, start: int, end: int, new: str) -> None:
        for edit in reversed(minimal_edits(self.text[start:end], new)):
            if edit.start < edit.end:
                self._replace(start + edit.start, start + edit.end, edit.text)
            else:
                self._insert(start + edit.start, edit.text)

    def _replace(self, start: int, end: int, new: str) -> None:
        first, last = self._gap(start)[1], self._gap(end)[0]
        removed = self.cells[first:last]
        within = all(cell.inside for cell in removed)
        others = [*self.cells[:first], *self.cells[last:]]
        if not within and not any(cell.inside and cell.character for cell in others):
            self.swallowed |= any(cell.inside for cell in removed)
        self.edited |= any(cell.inside for cell in removed)
        ghosts = [Cell("", inside=True)] if any(cell.inside for cell in removed) else []
        fresh = [Cell(character, within) for character in new]
        # What reached into the range over one end stays on the far side of that end.
        over_end = bool(removed) and not removed[-1].inside
        between = [*ghosts, *fresh] if over_end else [*fresh, *ghosts]
        if within:
            between = [*ghosts, *fresh, *ghosts]
        self.cells[first:last] = between

    def _insert(self, at: int, new: str) -> None:
        left, right = self._gap(at)
        ghosts = self.cells[left:right]
        after_inside = left > 0 and self.cells[left - 1].inside
        before_inside = right < len(self.cells) and self.cells[right].inside
        inside = bool(ghosts) or (after_inside and before_inside)
        self.edited |= inside
        fresh = [Cell(character, inside) for character in new]
        self.cells[left:right] = [*ghosts, *fresh, *ghosts]

    def _gap(self, at: int) -> tuple[int, int]:
        """The indices around the empty cells between two characters."""
        left = 0
        while at > 0:
            at -= len(self.cells[left].character)
            left += 1
        right = left
        while right < len(self.cells) and not self.cells[right].character:
            right += 1
        return left, right
