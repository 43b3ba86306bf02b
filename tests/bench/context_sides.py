"""What one way to fill a prompt has shown."""

from __future__ import annotations

from typing import NamedTuple


class Side(NamedTuple):
    """What one way to fill a prompt has shown, summed up over functions."""

    used: int
    shown: int
    cross: int
    cross_shown: int
    included: int
    """Definitions shown, whether used or not."""
    over: int
    """Prompts that took more than their budget."""

    @property
    def recall(self) -> float:
        """Of all used definitions."""
        return self.shown / max(1, self.used)

    @property
    def cross_recall(self) -> float:
        """Of those in other files."""
        return self.cross_shown / max(1, self.cross)

    @property
    def precision(self) -> float:
        """Used definitions among those shown."""
        return self.shown / max(1, self.included)

    def plus(self, other: Side) -> Side:
        """Sum up."""
        return Side(*(a + b for a, b in zip(self, other, strict=True)))


NONE = Side(0, 0, 0, 0, 0, 0)
