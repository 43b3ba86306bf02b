"""An editor in this process, for jobs: it takes edits as a function says, and tells of nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.text import Change, Document, Position, apply_edits

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from workers_ai_ls.jobs import Applied, Level, Progress
    from workers_ai_ls.text import Edit, Snapshot


@attrs.define
class BareEditor:
    """Implements `jobs.Editor`. `take` gets the text that the edit would make."""

    open_document: Document
    take: Callable[[str], Applied]
    checks_versions: bool = True
    roots: Sequence[Path] = ()
    creates_files: bool = False
    deletes_files: bool = False
    asks_before_applying: bool = False
    reloads_files: bool = False
    edits_blindly: bool = False
    asked: int = 0
    waited: list[float] = attrs.field(factory=list)
    """The time limits of the waits for a change; none of them is waited out."""
    on_wait: Callable[[], bool] = bool

    def document(self, uri: str) -> Document | None:
        return self.open_document if uri == self.open_document.uri else None

    async def changed(self, uri: str, timeout_s: float) -> bool:
        assert uri == self.open_document.uri
        self.waited.append(timeout_s)
        return self.on_wait()

    async def pause(self, uri: str) -> None:
        assert uri

    async def apply(
        self, label: str, snapshot: Snapshot, edits: Sequence[Edit], *, confirm: bool = False
    ) -> Applied:
        assert label
        assert confirm in (True, False)
        self.asked += 1
        return self.take(apply_edits(snapshot.text, edits))

    def becomes(self, text: str) -> None:
        """The document changes to `text`."""
        document = self.open_document
        document.apply([Change(None, None, text)], document.version + 1, "utf-16")

    async def create_file(self, label: str, uri: str, *, confirm: bool = False) -> Applied:
        raise NotImplementedError(label, uri, confirm)

    async def delete_file(self, label: str, uri: str) -> Applied:
        raise NotImplementedError(label, uri)

    async def show_document(self, uri: str) -> bool:
        raise NotImplementedError(uri)

    def tell(self, level: Level, sentence: str) -> None:
        raise NotImplementedError(level, sentence)

    async def ask(self, question: str, choices: Sequence[str]) -> str | None:
        raise NotImplementedError(question, choices)

    def progress(self, token: str, title: str) -> Progress:
        raise NotImplementedError(token, title)

    def restart_answer(self, token: str, action: str) -> None:
        """Nobody follows the answers."""

    def offer_edit(self, job: int, uri: str, text: str) -> bool:
        raise NotImplementedError(job, uri, text)

    def stream_answer(self, token: str, action: str, uri: str, text: str, *, done: bool) -> bool:
        raise NotImplementedError(token, action, uri, text, done)


def opened(text: str) -> Document:
    """An open document."""
    return Document("file:///half.py", "python", 1, text)


def whole(document: Document) -> str:
    """The text of a document."""
    snapshot = document.snapshot()
    end = snapshot.position(len(snapshot.text), "utf-16")
    assert snapshot.offset(Position(*end), "utf-16") == len(snapshot.text)
    return snapshot.text
