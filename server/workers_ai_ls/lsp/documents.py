"""The open documents, kept from the editor's notifications."""

from __future__ import annotations

import asyncio
import functools
import time
from typing import TYPE_CHECKING

import attrs
from lsprotocol import types

from workers_ai_ls.text import Change, Document, Position

from .ordering import Ordering

if TYPE_CHECKING:
    from workers_ai_ls.text import Encoding


_PAUSE_S = 0.3
"""How long nobody types in a pause. Neovim tells of typing up to 0.15 s later."""

_LONGEST_S = 3.0
"""How long to wait for a pause."""


@attrs.define
class Documents:
    """The editor's open documents by URI."""

    by_uri: dict[str, Document] = attrs.field(factory=dict)
    _waiting: dict[str, asyncio.Event] = attrs.field(factory=dict)
    _changed_at: dict[str, float] = attrs.field(factory=dict)
    _orderings: dict[str, Ordering] = attrs.field(factory=dict)
    """For an editor that sends changes in any order."""

    def open(self, item: types.TextDocumentItem) -> None:
        """Take in a document that the editor has opened."""
        self._forget_order(item.uri)
        self.by_uri[item.uri] = Document(item.uri, item.language_id, item.version, item.text)
        self._wake(item.uri)

    def change(self, params: types.DidChangeTextDocumentParams, encoding: Encoding) -> None:
        """Apply the editor's changes. Some that never opened the document are ignored."""
        document = self.by_uri.get(params.text_document.uri)
        if document is not None:
            self._apply(document, encoding, params)

    def change_in_order(
        self, params: types.DidChangeTextDocumentParams, encoding: Encoding
    ) -> None:
        """Apply the changes of an editor that sends them in any order."""
        document = self.by_uri.get(params.text_document.uri)
        if document is None:
            return
        ordering = self._orderings.get(document.uri)
        if ordering is None:
            apply = functools.partial(self._apply, document, encoding)
            ordering = self._orderings[document.uri] = Ordering(apply, document.version)
        self._changed_at[document.uri] = time.monotonic()
        ordering.take(params)

    def is_out_of_step(self, uri: str) -> bool:
        """Whether the text is not the editor's, because a change of it came too late."""
        ordering = self._orderings.get(uri)
        return ordering is not None and ordering.out_of_step

    def _apply(
        self, document: Document, encoding: Encoding, params: types.DidChangeTextDocumentParams
    ) -> None:
        changes = [_change(change) for change in params.content_changes]
        document.apply(changes, params.text_document.version, encoding)
        self._changed_at[document.uri] = time.monotonic()
        self._wake(document.uri)

    def close(self, uri: str) -> None:
        """Let go of a document that the editor has closed."""
        self._forget_order(uri)
        self.by_uri.pop(uri, None)
        self._changed_at.pop(uri, None)
        self._wake(uri)

    async def changed(self, uri: str, timeout_s: float) -> bool:
        """Wait for the next change of a document; False when the time is up."""
        event = self._waiting.setdefault(uri, asyncio.Event())
        try:
            # `wait_for` loses a cancel that comes together with the change, until Python 3.12.
            async with asyncio.timeout(timeout_s):
                await event.wait()
        except TimeoutError:
            return False
        return True

    async def pause(self, uri: str) -> None:
        """Wait until nobody types in a document, at most a few seconds.

        An edit for a text that has just changed is refused or, in an editor that checks nothing,
        put in the wrong place.
        """
        deadline = time.monotonic() + _LONGEST_S
        while uri in self._changed_at:
            quiet_at = self._changed_at[uri] + _PAUSE_S
            left = min(quiet_at, deadline) - time.monotonic()
            if left <= 0:
                break
            await self.changed(uri, left)

    def _forget_order(self, uri: str) -> None:
        ordering = self._orderings.pop(uri, None)
        if ordering is not None:
            ordering.close()

    def _wake(self, uri: str) -> None:
        event = self._waiting.pop(uri, None)
        if event is not None:
            event.set()


def _change(change: types.TextDocumentContentChangeEvent) -> Change:
    if isinstance(change, types.TextDocumentContentChangePartial):
        start, end = change.range.start, change.range.end
        return Change(
            Position(start.line, start.character), Position(end.line, end.character), change.text
        )
    return Change(None, None, change.text)
