"""AI Gateway's cache: whole answers, found again by exactly the same question."""

import time
from collections.abc import Callable

import attrs
from starlette.types import Message

_LIMIT = 100
"""Answers that are kept; the oldest goes first."""


@attrs.frozen
class _Kept:
    messages: tuple[Message, ...]
    until: float


@attrs.frozen
class Cache:
    """Answers as they were sent, each for its own time."""

    clock: Callable[[], float] = time.monotonic
    _kept: dict[str, _Kept] = attrs.field(factory=dict, init=False)

    def find(self, key: str) -> tuple[Message, ...] | None:
        """Return the messages of the answer under `key`, unless its time is over."""
        kept = self._kept.get(key)
        if kept is None:
            return None
        if kept.until <= self.clock():
            del self._kept[key]
            return None
        return kept.messages

    def keep(self, key: str, messages: tuple[Message, ...], seconds: float) -> None:
        """Keep an answer for so many seconds."""
        self._kept.pop(key, None)
        while len(self._kept) >= _LIMIT:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = _Kept(messages, self.clock() + seconds)
