"""Puts secrets back into an answer, also while it comes in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def restored(text: str, secrets: Mapping[str, str]) -> str:
    """The text with each placeholder replaced by what it stands for."""
    if not secrets:
        return text
    return re.sub("|".join(map(re.escape, secrets)), lambda found: secrets[found[0]], text)


class Restorer:
    """Restores a text that comes in pieces; the result is the same however it is cut.

    It holds back the end of a piece for as long as that may be the beginning of a placeholder.
    """

    def __init__(self, secrets: Mapping[str, str]) -> None:
        self._secrets = secrets
        self._held = ""

    def feed(self, piece: str) -> str:
        """Take a piece; returns what is certain by now."""
        if not self._secrets:
            return piece
        text = self._held + piece
        cut = len(text) - self._begun(text)
        certain, self._held = text[:cut], text[cut:]
        return restored(certain, self._secrets)

    def finish(self) -> str:
        """Return what was held back, once nothing more comes."""
        rest, self._held = self._held, ""
        return restored(rest, self._secrets)

    def _begun(self, text: str) -> int:
        """Characters at the end that are the beginning of a placeholder, and not all of it."""
        longest = max(map(len, self._secrets)) - 1
        for size in range(min(longest, len(text)), 0, -1):
            end = text[-size:]
            if any(one.startswith(end) for one in self._secrets):
                return size
        return 0
