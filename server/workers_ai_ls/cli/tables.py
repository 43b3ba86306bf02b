"""Tables for people; a pipe gets them as wide as they are."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

_ANY_WIDTH = 1000


def console() -> Console:
    """Standard output, which nothing but a terminal limits in width."""
    width = None if sys.stdout.isatty() else _ANY_WIDTH
    return Console(width=width, highlight=False, markup=False, emoji=False)


def table(
    titles: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Container[int] = ()
) -> Table:
    """A table without lines, whose long cells are folded rather than cut.

    `numbers` are the columns, from 0, that are lined up on the right.
    """
    made = Table(box=None, pad_edge=False, header_style="bold")
    for place, title in enumerate(titles):
        made.add_column(title, overflow="fold", justify="right" if place in numbers else "left")
    for row in rows:
        made.add_row(*map(Text, row))
    return made
