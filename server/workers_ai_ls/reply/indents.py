"""Translate the indentation of one text to that of another which has the same lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.reply.indentation import TAB, blanks, columns, is_blank

if TYPE_CHECKING:
    from collections.abc import Sequence


class Indents:
    """What is known from pairs of lines: theirs, and the same line of the text as it is indented."""

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self._known = {blanks(theirs): blanks(ours) for theirs, ours in reversed(pairs)}
        self._same = all(theirs == ours for theirs, ours in self._known.items())

    def moved(self, line: str) -> str:
        """Indent a line as the text would."""
        indent = blanks(line)
        if self._same or is_blank(line):
            return line
        if indent in self._known:
            return self._known[indent] + line.lstrip(" \t")
        nearest = max(
            (each for each in self._known if columns(each) <= columns(indent)),
            key=columns,
            default=None,
        )
        if nearest is None:
            nearest = min(self._known, key=columns)
            kept = max(0, columns(self._known[nearest]) - columns(nearest) + columns(indent))
            return " " * kept + line.lstrip(" \t")
        more = columns(indent) - columns(nearest)
        base = self._known[nearest]
        deeper = "\t" * (more // TAB) + " " * (more % TAB) if "\t" in base else " " * more
        return base + deeper + line.lstrip(" \t")
