"""Sends one edit to the editor and sees whether it lands: what the editor replies is a hint."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.errors import Failure
from workers_ai_ls.text import apply_edits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.text import Edit, Snapshot

    from .editor import Applied, Editor

_CONFIRMED_S = 3.0
"""How long the editor may take to tell of a change: Eglot waits for half a second of idleness."""

_PARTS_S = 0.3
"""How long an editor may take from the first change of an edit to the last."""

_REFUSED_S = 1.0
"""How long the change that made an edit stale may be under way."""


class NotTaken(Failure):
    """The edit did not get into the document, which is as it was."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The edit was not made, because {reason}.")
        self.reason = reason
        """What follows "because"."""


@attrs.frozen
class Landing:
    """What became of an edit."""

    at: int | None = None
    """Where the new text stands, as an offset; None where it did not land."""
    again: bool = False
    """Whether another try can help."""
    reason: str = ""


async def make_edit(
    label: str,
    snapshot: Snapshot,
    edits: Sequence[Edit],
    text: str,
    start: int,
    editor: Editor,
    *,
    confirm: bool = False,
) -> Landing:
    """Ask for the edits of `snapshot` that leave `text` at `start`, and wait until they are seen.

    Some editors say yes and drop a stale edit (Neovim), and some apply it and reply nonsense; so
    the document's next change counts. Of a file that is not open the reply is all there is.
    """
    applied = await editor.apply(label, snapshot, edits, confirm=confirm)
    if snapshot.version is None:
        return Landing(start) if applied.yes else Landing(reason=_reason(applied))
    declined = confirm and not applied.yes
    limit_s = _CONFIRMED_S if applied.yes else 0.0 if declined else _REFUSED_S
    at = await _landed(snapshot, edits, text, start, editor, limit_s)
    if at is not None:
        return Landing(at)
    # Without a check of versions an edit that is only late would be made twice.
    again = editor.checks_versions if applied.yes else not declined
    return Landing(again=again, reason=_reason(applied))


async def _landed(
    snapshot: Snapshot,
    edits: Sequence[Edit],
    text: str,
    start: int,
    editor: Editor,
    limit_s: float,
) -> int | None:
    """Where `text` stands in the document once the editor has told of the change, or None.

    Typing elsewhere may have come along, so failing the exact text the nearest new copy counts.
    """
    expected = apply_edits(snapshot.text, edits)
    deadline = time.monotonic() + limit_s
    while True:
        document = editor.document(snapshot.uri)
        if document is None:
            return None
        now = document.snapshot().text
        if now == expected:
            return start
        if now != snapshot.text and text and now.count(text) > snapshot.text.count(text):
            return min(_occurrences(now, text), key=lambda place: abs(place - start))
        left = deadline - time.monotonic()
        if now != snapshot.text and editor.checks_versions:
            # A change that came without the edit says that it was dropped, unless this is its
            # first part; the other parts follow at once.
            left = min(left, _PARTS_S)
        if not await editor.changed(document.uri, left):
            return None


def _occurrences(text: str, part: str) -> list[int]:
    places, at = [], text.find(part)
    while at >= 0:
        places.append(at)
        at = text.find(part, at + 1)
    return places


def _reason(applied: Applied) -> str:
    if applied.reason:
        return f"the editor did not take the edit ({applied.reason})"
    return "the editor did not take the edit"
