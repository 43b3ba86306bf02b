"""What a job needs of the editor; `lsp` provides it, so that jobs never see the protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

import attrs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from workers_ai_ls.text import Document, Edit, Snapshot

Level = Literal["info", "warning", "error"]


@attrs.frozen
class Applied:
    """The editor's word on an edit: a hint, since some say yes and drop it."""

    yes: bool
    reason: str = ""


class Progress(Protocol):
    """The progress display of one job."""

    def report(self, message: str) -> None:
        """Say how it stands, without waiting; too frequent reports are dropped."""

    async def end(self, message: str) -> None:
        """Finish the display; what is told after this comes after it."""


class Editor(Protocol):
    """One editor at the other end of the connection."""

    @property
    def roots(self) -> Sequence[Path]:
        """The folders of the workspace."""

    @property
    def creates_files(self) -> bool:
        """Whether an edit can create a file."""

    @property
    def deletes_files(self) -> bool:
        """Whether an edit can delete a file."""

    @property
    def asks_before_applying(self) -> bool:
        """Whether the editor can show an edit for confirmation."""

    @property
    def checks_versions(self) -> bool:
        """Whether the editor refuses an edit that was made for an older text."""

    @property
    def edits_blindly(self) -> bool:
        """Whether an edit is made even in a text of which the editor has not yet told."""

    @property
    def reloads_files(self) -> bool:
        """Whether an open file that changes on disk is shown as it is now."""

    def document(self, uri: str) -> Document | None:
        """The open document, or None."""

    async def changed(self, uri: str, timeout_s: float) -> bool:
        """Wait for the document's next change; False when the time is up."""

    async def pause(self, uri: str) -> None:
        """Wait until nobody types in the document, at most a few seconds."""

    async def apply(
        self, label: str, snapshot: Snapshot, edits: Sequence[Edit], *, confirm: bool = False
    ) -> Applied:
        """Edit the document that `snapshot` shows, in one undo step."""

    async def create_file(self, label: str, uri: str, *, confirm: bool = False) -> Applied:
        """Create an empty file."""

    async def delete_file(self, label: str, uri: str) -> Applied:
        """Delete a file."""

    async def show_document(self, uri: str) -> bool:
        """Show a document without taking the cursor there, where the editor lets us."""

    def tell(self, level: Level, sentence: str) -> None:
        """Show one message."""

    async def ask(self, question: str, choices: Sequence[str]) -> str | None:
        """Ask a question with buttons; "" for no answer, None where the editor can't ask."""

    def progress(self, token: str, title: str) -> Progress:
        """Begin a progress display with a cancel button."""

    def stream_answer(self, token: str, action: str, uri: str, text: str, *, done: bool) -> bool:
        """Pass the answer so far about a document to a thin client; False where nobody asked for it.

        `done` says that `text` is the whole answer, to be shown as it is.
        """

    def offer_edit(self, job: int, uri: str, text: str) -> bool:
        """Let a thin client show a file as an edit would make it; False where nobody asked for it."""

    def restart_answer(self, token: str, action: str) -> None:
        """Tell a thin client that another answer comes in place of the one so far."""
