"""Brings an outcome to the user: an edit that is confirmed, a file, or something to read."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING

from workers_ai_ls.errors import Failure
from workers_ai_ls.reply.outcomes import CreateFile, Insert, Replace
from workers_ai_ls.text import Edit, Snapshot, apply_edits, minimal_edits, snapshot_of
from workers_ai_ls.workspace import create_file, path_of, read_for_edit, remove_file_if, uri_of

from .job import Done

if TYPE_CHECKING:
    from .editor import Applied, Editor
    from .job import Edited, Job

_CONFIRMED_S = 3.0
"""How long the editor may take to tell of a change: Eglot waits for half a second of idleness."""

_REFUSED_S = 1.0
"""How long the change that made an edit stale may be under way."""


class NotTaken(Failure):
    """The edit did not get into the document, which is as it was."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"The edit was not made, because {reason}.")
        self.reason = reason
        """What follows "because"."""


async def deliver(
    job: Job, outcome: Edited, editor: Editor, *, confirm: bool = False, anyway: bool = False
) -> None:
    """Make the edit and see that it has landed; then the job is `applied`.

    `confirm` asks the user where the editor can; `anyway` also replaces code that was edited
    meanwhile. Raises NotTaken, with the document as it was.
    """
    match outcome:
        case Replace(text):
            done = await _replace(job, text, editor, confirm=confirm, anyway=anyway)
        case Insert(path, text):
            done = await _insert(job, Path(path), text, editor, confirm=confirm)
        case CreateFile(path, text):
            done = await _create(job, Path(path), text, editor)
    job.done, job.held, job.state = done, None, "applied"
    if not isinstance(outcome, Replace):
        await editor.show_document(uri_of(Path(outcome.path)))


async def _replace(job: Job, text: str, editor: Editor, *, confirm: bool, anyway: bool) -> Done:
    reason = "the editor did not take the edit"
    for _ in range(2):
        snapshot = job.document.snapshot()
        start, end = job.place.offsets(snapshot)
        before = snapshot.text[start:end]
        if not anyway and (before != job.original or job.place.lost):
            raise NotTaken("you edited the code meanwhile")
        edits = [
            Edit(start + edit.start, start + edit.end, edit.text)
            for edit in minimal_edits(before, text)
        ]
        applied = await editor.apply(job.action.title, snapshot, edits, confirm=confirm)
        if not applied.yes:
            reason = _reason(applied)
            await editor.changed(job.uri, _REFUSED_S)
            continue
        at = await _landed(snapshot, edits, text, start, editor)
        if at is not None:
            job.document.untrack(job.place)
            job.place = job.document.track(at, at + len(text))
            return Done(Replace(text), before=before, after=text)
        if not editor.checks_versions:
            break
    raise NotTaken(reason)


async def _landed(
    snapshot: Snapshot, edits: list[Edit], text: str, start: int, editor: Editor
) -> int | None:
    """Where `text` stands in the document once the editor has told of the change, or None.

    Typing elsewhere may have come along, so failing the exact text the nearest new copy counts.
    """
    expected = apply_edits(snapshot.text, edits)
    deadline = time.monotonic() + _CONFIRMED_S
    while True:
        document = editor.document(snapshot.uri)
        if document is None:
            return None
        now = document.snapshot().text
        if now == expected:
            return start
        if now != snapshot.text and now.count(text) > snapshot.text.count(text):
            places = _occurrences(now, text)
            return min(places, key=lambda place: abs(place - start))
        if not await editor.changed(snapshot.uri, deadline - time.monotonic()):
            return None


def _occurrences(text: str, part: str) -> list[int]:
    places, at = [], text.find(part)
    while at >= 0:
        places.append(at)
        at = text.find(part, at + 1)
    return places


async def _insert(job: Job, path: Path, text: str, editor: Editor, *, confirm: bool) -> Done:
    uri = uri_of(path)
    document = editor.document(uri)
    snapshot = document.snapshot() if document else _on_disk(path, uri)
    before = snapshot.text
    edits = minimal_edits(before, text)
    applied = await editor.apply(job.action.title, snapshot, edits, confirm=confirm)
    if not applied.yes:
        raise NotTaken(_reason(applied))
    if document is not None and await _landed(snapshot, edits, text, 0, editor) is None:
        raise NotTaken("the editor did not take the edit")
    return Done(Insert(str(path), text), before=before, after=text)


def _on_disk(path: Path, uri: str) -> Snapshot:
    return snapshot_of(uri, "", None, read_for_edit(path))


async def _create(job: Job, path: Path, text: str, editor: Editor) -> Done:
    """Create the file by the editor if it can, so that it can undo it; else on disk."""
    uri = uri_of(path)
    title = job.action.title
    done = Done(CreateFile(str(path), text), before="", after=text)
    if not editor.creates_files:
        create_file(path, text)
        return done
    applied = await editor.create_file(title, uri)
    if not applied.yes:
        raise NotTaken(_reason(applied))
    empty = snapshot_of(uri, "", None, "")
    applied = await editor.apply(title, empty, [Edit(0, 0, text)])
    if not applied.yes:
        await asyncio.to_thread(remove_file_if, path, "")
        raise NotTaken(_reason(applied))
    return done


def _reason(applied: Applied) -> str:
    if applied.reason:
        return f"the editor did not take the edit ({applied.reason})"
    return "the editor did not take the edit"


def text_at(uri: str, editor: Editor) -> str | None:
    """What a file holds now, in the editor or else on disk; None when it is gone."""
    document = editor.document(uri)
    if document is not None:
        return document.snapshot().text
    path = path_of(uri)
    return read_for_edit(path) if path and path.exists() else None
