"""A person at work, as the changes that an editor sends: typing, pasting, cursors, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.text import Change, Position

if TYPE_CHECKING:
    from collections.abc import Sequence

_TYPED = "    total = sum(item.price for item in self.items)  # 😋"
_SLIP = 3
"""Characters typed wrong, taken back and typed again."""
_PASTED = "".join(f"    price_{n} = {n} * self.tax  # pasted\n" for n in range(30))
_CURSORS = 3
_UNDONE_AT_ONCE = 8
"""Editors undo what was typed in one go; one notification then holds several changes."""

Keystroke = tuple[Change, ...]
"""What one notification says: changes, each to the text that the last one left."""


def session(text: str, places: int = 3) -> list[Keystroke]:
    r"""Write what an editor sends while somebody works at so many places of a text.

    At each: a line typed with a slip in it, a block pasted, three cursors at once, and all undone,
    so that the text is the same afterwards. `text` has only ASCII and `\n`.
    """
    typist = Typist(text)
    for place in range(places):
        row = (place + 1) * len(typist.lines) // (places + 1)
        typist.work_at(row)
    return typist.keystrokes


class Typist:
    """Keeps the lines, so that every change knows what it replaces and can be undone."""

    def __init__(self, text: str) -> None:
        self.lines = text.split("\n")
        self.keystrokes: list[Keystroke] = []
        self._undo: list[Change] = []

    def work_at(self, row: int) -> None:
        """Do one stretch of work, and undo it."""
        self._key([(row, 0, row, 0, "\n")])
        for at, char in enumerate(_TYPED):
            column = _units(_TYPED[:at])
            self._key([(row, column, row, column, char)])
            if at == len(_TYPED) // 2:
                self._slip(row, column + 1)
        self._key([(row + 1, 0, row + 1, 0, _PASTED)])
        for char in "price":
            # From the last cursor to the first, as VS Code does.
            rows = [row + 3 + 2 * cursor for cursor in reversed(range(_CURSORS))]
            self._key([(each, 4, each, 4, char) for each in rows])
        self._undo_all()

    def _slip(self, row: int, column: int) -> None:
        for at in range(column, column + _SLIP):
            self._key([(row, at, row, at, "x")])
        for at in reversed(range(column, column + _SLIP)):
            self._key([(row, at, row, at + 1, "")])

    def _key(self, edits: Sequence[tuple[int, int, int, int, str]]) -> None:
        self.keystrokes.append(tuple(self._change(*edit) for edit in edits))

    def _undo_all(self) -> None:
        undone = self._undo[::-1]
        for at in range(0, len(undone), _UNDONE_AT_ONCE):
            self.keystrokes.append(tuple(undone[at : at + _UNDONE_AT_ONCE]))
        for change in undone:
            assert change.start is not None
            assert change.end is not None
            self._replace(*change.start, *change.end, change.text)
        self._undo.clear()

    def _change(self, line: int, column: int, end: int, end_column: int, text: str) -> Change:
        old = self._replace(line, column, end, end_column, text)
        last = text.rpartition("\n")[2]
        stop = Position(line + text.count("\n"), _units(last) + (0 if "\n" in text else column))
        self._undo.append(Change(Position(line, column), stop, old))
        return Change(Position(line, column), Position(end, end_column), text)

    def _replace(self, line: int, column: int, end: int, end_column: int, text: str) -> str:
        head, _ = _cut(self.lines[line], column)
        last, tail = _cut(self.lines[end], end_column)
        old = "\n".join([*self.lines[line:end], last])[len(head) :]
        self.lines[line : end + 1] = (head + text + tail).split("\n")
        return old


def _units(text: str) -> int:
    """UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _cut(line: str, units: int) -> tuple[str, str]:
    """Cut a line behind so many UTF-16 units."""
    encoded = line.encode("utf-16-le")
    return encoded[: 2 * units].decode("utf-16-le"), encoded[2 * units :].decode("utf-16-le")
