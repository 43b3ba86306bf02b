"""What an answer comes to: the edit that it means, or the reason why there is none."""

from __future__ import annotations

import attrs


@attrs.frozen
class Replace:
    """`text` takes the place of the code that the action worked on."""

    text: str
    note: str = ""
    """A sentence to tell the user once the edit is made."""


@attrs.frozen
class Insert:
    """The existing file at `path` (absolute) gets additions, after which it reads `text`."""

    path: str
    text: str
    note: str = ""


@attrs.frozen
class CreateFile:
    """A new file at `path` (absolute) with this text."""

    path: str
    text: str
    note: str = ""


@attrs.frozen
class Show:
    """Markdown for the user to read; nothing changes."""

    title: str
    markdown: str


@attrs.frozen
class Unchanged:
    """The model found that nothing should change. `sentence` tells the user."""

    sentence: str


@attrs.frozen
class Hold:
    """An edit that is not made unless the user asks for it. `sentence` says why."""

    sentence: str
    edit: Replace | Insert | CreateFile
