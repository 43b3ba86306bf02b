"""What an answer comes to: the edit that it means, or the reason why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from .refusals import Reason


@attrs.frozen
class Rest:
    """What an answer changes around the selection too, which is only offered.

    `before` is a passage of the document once the selection's edit is made, which holds that edit;
    `after` is the passage as the model would have it.
    """

    before: str
    after: str


@attrs.frozen
class Replace:
    """`text` takes the place of the code that the action worked on."""

    text: str
    note: str = ""
    """A sentence to tell the user once the edit is made."""
    imports: tuple[str, ...] = ()
    """Statements that the text needs and that go where the file has its imports, in the same edit."""
    rest: Rest | None = None
    """What the model also changed, on purpose, outside of the selection."""


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
    """An edit that is not made unless the user asks for it. `sentence` says why.

    `reason` is that of the refusal, where it comes from an answer that is not whole.
    """

    sentence: str
    edit: Replace | Insert | CreateFile
    reason: Reason | None = None
