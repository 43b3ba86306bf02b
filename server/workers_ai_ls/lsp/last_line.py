"""Edits at the end of a document, for an editor whose buffers are lists of lines.

Neovim's buffer has no text after its last line's end, which it writes by itself: 0.11 makes an empty
line of what is inserted there, and of the last line end that an empty buffer is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.text import Edit, Position

if TYPE_CHECKING:
    from workers_ai_ls.text import Snapshot

PAST_NOTHING = Position(1, 0)
"""Where an edit of an empty document ends: Neovim then takes the empty line as replaced."""


def off_the_end(snapshot: Snapshot, edit: Edit) -> Edit:
    """The same edit, which adds before the last line's end what it would add after it."""
    text = snapshot.text
    ending = next((each for each in ("\r\n", "\n", "\r") if text.endswith(each)), "")
    if edit.start < len(text) or not ending or not edit.text.endswith(ending):
        return edit
    at = len(text) - len(ending)
    return Edit(at, at, ending + edit.text.removesuffix(ending))
