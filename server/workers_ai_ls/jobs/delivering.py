"""Brings an outcome to the user: an edit that is confirmed, a file, or something to read."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.actions import placed
from workers_ai_ls.reply.outcomes import CreateFile, Hold, Insert, Replace
from workers_ai_ls.syntax import language_for
from workers_ai_ls.text import Edit, minimal_edits, snapshot_of
from workers_ai_ls.workspace import create_file, path_of, read_for_edit, remove_file_if, uri_of

from .editing import NotTaken, make_edit
from .job import Done, Extra
from .preparing import refreshed

if TYPE_CHECKING:
    from workers_ai_ls.text import Document, Snapshot

    from .editor import Editor
    from .job import Edited, Job


def waits_for_the_user(outcome: Edited, editor: Editor, *, confirm: bool) -> bool:
    """Whether an edit is shown first, and made once the user asks for it.

    That is so where the editor can't ask, and where it must not edit behind the user's back: it
    tells of all that was typed with the user's next request.
    """
    if confirm and not editor.asks_before_applying:
        return True
    match outcome:
        case Replace():
            return editor.edits_blindly
        case Insert(path):
            return editor.edits_blindly and editor.document(uri_of(Path(path))) is not None
        case CreateFile():
            return False


async def deliver(
    job: Job, outcome: Edited, editor: Editor, *, confirm: bool = False, anyway: bool = False
) -> None:
    """Make the edit and see that it has landed; then the job is `applied`.

    `confirm` asks the user where the editor can; `anyway` also replaces code that was edited
    meanwhile. Raises NotTaken, with the document as it was.
    """
    match outcome:
        case Replace():
            done = await _replace(job, outcome, editor, confirm=confirm, anyway=anyway)
        case Insert():
            done = await _insert(job, outcome, editor, confirm=confirm)
        case CreateFile(path, text):
            done = await _create(job, Path(path), text, editor, confirm=confirm)
    job.done, job.held, job.state = done, None, "applied"
    if not isinstance(done.outcome, Replace):
        await editor.show_document(uri_of(Path(done.outcome.path)))


def renewed(job: Job, outcome: Edited, editor: Editor) -> Edited:
    """The outcome for files as they are now: what was typed into a test file since then stays.

    Raises Failure when the file can't be edited.
    """
    if isinstance(outcome, Replace) or not (job.material and job.material.tests and job.reply):
        return outcome
    tests = refreshed(job.material.tests, editor)
    job.material = attrs.evolve(job.material, tests=tests)
    new = job.action.finish(job.reply, job.material)
    new = new.edit if isinstance(new, Hold) else new
    return new if isinstance(new, Insert | CreateFile) else outcome


async def _replace(
    job: Job, outcome: Replace, editor: Editor, *, confirm: bool, anyway: bool
) -> Done:
    title, text = job.action.title, outcome.text
    for _ in range(2):
        await editor.pause(job.uri)
        if editor.document(job.uri) is not job.document:
            raise NotTaken("its document was closed")
        snapshot = job.document.snapshot()
        start, end = job.place.offsets(snapshot)
        before = snapshot.text[start:end]
        if not anyway and (before != job.original or job.place.lost):
            raise NotTaken("you edited the code meanwhile")
        language = language_for(snapshot.language_id, snapshot.uri)
        whole = placed(outcome, snapshot.text, start, end, language)
        edits = edits_at(start, before, text)
        if outcome.imports:
            edits = minimal_edits(snapshot.text, whole.text)
        landing = await make_edit(
            title, snapshot, edits, text, whole.start, editor, confirm=confirm
        )
        if landing.at is not None:
            job.document.untrack(job.place)
            job.place = job.document.track(landing.at, landing.at + len(text))
            alone = f"{snapshot.text[:start]}{text}{snapshot.text[end:]}"
            extras = _extras(job.document, alone, whole.text)
            return Done(outcome, before=before, after=text, extras=extras)
        if not landing.again:
            break
    raise NotTaken(landing.reason)


def _extras(document: Document, alone: str, whole: str) -> tuple[Extra, ...]:
    """Follow what an edit has changed besides its main part; nothing where more was typed since."""
    if alone == whole or document.snapshot().text != whole:
        return ()
    extras, shift = [], 0
    for edit in minimal_edits(alone, whole):
        place = document.track(edit.start + shift, edit.start + shift + len(edit.text))
        extras.append(Extra(place, alone[edit.start : edit.end], edit.text))
        shift += len(edit.text) - (edit.end - edit.start)
    return tuple(extras)


def edits_at(start: int, before: str, after: str) -> list[Edit]:
    """The fewest edits that turn `before`, which stands at `start`, into `after`."""
    return [
        Edit(start + edit.start, start + edit.end, edit.text)
        for edit in minimal_edits(before, after)
    ]


async def _insert(job: Job, outcome: Insert, editor: Editor, *, confirm: bool) -> Done:
    title = job.action.title
    for _ in range(2):
        path, text = outcome.path, outcome.text
        snapshot = now_at(Path(path), editor)
        before = snapshot.text
        edits = minimal_edits(before, text)
        main = max(edits, key=lambda edit: len(edit.text), default=Edit(0, 0, ""))
        landing = await make_edit(
            title, snapshot, edits, main.text, main.start, editor, confirm=confirm
        )
        if landing.at is not None:
            return Done(Insert(path, text), before=before, after=text)
        new = renewed(job, outcome, editor)
        if not landing.again or not isinstance(new, Insert):
            break
        outcome = new
    raise NotTaken(landing.reason)


def now_at(path: Path, editor: Editor) -> Snapshot:
    """A file as it is now, in the editor or else on disk; then it has no version."""
    uri = uri_of(path)
    document = editor.document(uri)
    return document.snapshot() if document else snapshot_of(uri, "", None, read_for_edit(path))


async def _create(job: Job, path: Path, text: str, editor: Editor, *, confirm: bool) -> Done:
    """Create the file by the editor if it can, so that it can undo it; else on disk."""
    uri = uri_of(path)
    title = job.action.title
    done = Done(CreateFile(str(path), text), before="", after=text)
    if not editor.creates_files:
        create_file(path, text)
        return done
    created = await editor.create_file(title, uri, confirm=confirm)
    if not created.yes:
        raise NotTaken("the editor did not create the file")
    empty = snapshot_of(uri, "", None, "")
    landing = await make_edit(title, empty, [Edit(0, 0, text)], text, 0, editor)
    if landing.at is None:
        await asyncio.to_thread(remove_file_if, path, "")
        raise NotTaken(landing.reason)
    return done


def text_at(uri: str, editor: Editor) -> str | None:
    """What a file holds now, in the editor or else on disk; None when it is gone."""
    document = editor.document(uri)
    if document is not None:
        return document.snapshot().text
    path = path_of(uri)
    return read_for_edit(path) if path and path.exists() else None
