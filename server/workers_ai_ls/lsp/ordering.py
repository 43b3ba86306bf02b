"""Puts the changes of a document back into their order.

Helix (25.07) hands each notification to a task of its own, and quick typing arrives in any order.
Applied as they come, such changes make a text that nobody has typed. Its versions count up by one.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

    from lsprotocol import types

logger = logging.getLogger(__name__)

_LATE_S = 2.0
"""How long a change may be late before the ones behind it are applied without it."""


@attrs.define
class Ordering:
    """The changes of one document that came before their turn."""

    apply: Callable[[types.DidChangeTextDocumentParams], None]
    version: int
    """The document's."""
    out_of_step: bool = False
    """A change came after the ones behind it were applied: the text is not the editor's."""
    _early: dict[int, types.DidChangeTextDocumentParams] = attrs.field(factory=dict)
    _limit: asyncio.TimerHandle | None = None

    def take(self, params: types.DidChangeTextDocumentParams) -> None:
        """Apply a change at its turn: now, or when those before it have come."""
        version = params.text_document.version
        if version <= self.version:
            logger.warning("version %d came after version %d", version, self.version)
            self.out_of_step = True
            return
        self._early[version] = params
        while (due := self._early.pop(self.version + 1, None)) is not None:
            self._apply(due)
        self._wait()

    def close(self) -> None:
        """Forget the changes that still wait."""
        self._early.clear()
        self._wait()

    def _wait(self) -> None:
        if self._limit is not None:
            self._limit.cancel()
            self._limit = None
        if self._early:
            self._limit = asyncio.get_running_loop().call_later(_LATE_S, self._go_on)

    def _go_on(self) -> None:
        """Apply what waits: the version that is missing may be one that was never sent."""
        for version in sorted(self._early):
            self._apply(self._early.pop(version))

    def _apply(self, params: types.DidChangeTextDocumentParams) -> None:
        self.version = params.text_document.version
        self.apply(params)
