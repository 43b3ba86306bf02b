"""Source files of any length that look like what people write."""

from __future__ import annotations

from itertools import count, islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = '''\
"""Prices of what is in the warehouse."""

import math
from collections.abc import Iterable


'''

_UNIT = '''\
class Shelf{n}:
    """One shelf."""

    def __init__(self, items: Iterable[float], tax: float = 0.19) -> None:
        self.items = list(items)
        self.tax = tax

    def total(self, limit: int = {n}) -> float:
        """Add up the prices, with tax."""
        total = 0.0
        for item in self.items[:limit]:
            if item > 0:
                total = total + item * (1 + self.tax)
        return total


def half_{n}(x: float) -> float:
    # Rounded up: nobody sells a part of a thing.
    return math.ceil(x / 2) + {n}


'''


def python_source(lines: int) -> str:
    """Write a Python module of exactly so many lines."""
    return "".join(f"{line}\n" for line in islice(_lines(), lines))


def _lines() -> Iterator[str]:
    yield from _HEAD.splitlines()
    for number in count():
        yield from _UNIT.format(n=number).splitlines()


def line_of(text: str, part: str, share: float = 0.5) -> int:
    """Find a line that holds `part`, past this share of the text. Raises ValueError."""
    at = text.index(part, int(len(text) * share))
    return text.count("\n", 0, at)
