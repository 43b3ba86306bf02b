"""Brings an answer from the journal into its document, as any other edit."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from workers_ai_ls.actions import ACTIONS
from workers_ai_ls.context import Material, Selection, narrowed
from workers_ai_ls.errors import Failure
from workers_ai_ls.reply import Reader
from workers_ai_ls.reply.outcomes import CreateFile, Hold, Insert, Replace, Unchanged
from workers_ai_ls.syntax import language_for
from workers_ai_ls.workspace import path_of

from .code_places import code_of
from .concluding import KEPT, End, conclude, meant
from .job import Job
from .preparing import name_of, track_exactly, with_tests
from .showing import show_difference

if TYPE_CHECKING:
    from workers_ai_ls.actions import Outcome
    from workers_ai_ls.journal import Entry
    from workers_ai_ls.reply import Finish, Reply
    from workers_ai_ls.text import Document, Snapshot

    from .board import Board
    from .code_places import Place
    from .editor import Editor, Progress
    from .job import Edited
    from .record import Record
    from .services import Services

EDITING = {action.name: action for action in ACTIONS if action.name != "explain"}
"""The actions whose answers are edits, by name."""

_FINISHES: dict[str, Finish] = {"stop": "stop", "length": "length", "unknown": "unknown"}

_CHANGED = "The code that this answer was for has changed since, so it was not replaced."
_THERE = "The code there is as the answer has it already."


class NoEdit(Failure):
    """An entry was to be applied that is none of an edit."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Answer {number} is no edit, so there is nothing to apply; AI: Show last answer, or "
            f"`workers-ai-ls history show {number}`, shows it."
        )


class CodeGone(Failure):
    """The document has no place any more that an answer could go to."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The code that this answer was for is no longer in {name}; the command "
            "workers-ai.showLastAnswer shows the answer."
        )


def job_for(entry: Entry, document: Document) -> Job:
    """A job that has its answer already. Raises NoEdit."""
    action = EDITING.get(entry.action)
    if action is None or not entry.answer:
        raise NoEdit(entry.id)
    return Job(action=action, document=document, place=document.track(0, 0), answer=entry.answer)


async def reapply(job: Job, entry: Entry, board: Board, progress: Progress, record: Record) -> End:
    """Apply the answer where its code is; where that has changed, hold it and show the difference.

    Raises Failure.
    """
    services = board.services
    settings = (await services.settings(job.uri)).settings
    progress.report("looking for the code")
    place = await put(job, entry, services)
    board.supersede(job, entry.id)
    outcome = meant(job, reply_of(entry), services)
    # From here on what becomes of it is worth keeping.
    job.entry = entry.id
    if place.exact:
        return await conclude(job, outcome, settings, services, record, "done")
    edit = edit_in(outcome)
    if edit is None:
        return _without_edit(outcome)
    job.held, job.state = edit, "held"
    await show_difference(job, services)
    await record.end("held", _CHANGED)
    return End("held", f"{_CHANGED} {KEPT}.")


async def put(job: Job, entry: Entry, services: Services) -> Place:
    """Find the code of the entry, and give the job its place and its material. Raises Failure."""
    while True:
        snapshot = job.document.snapshot()
        place = await asyncio.to_thread(code_of, entry, snapshot)
        # Offsets hold for the text that was searched: after typing it is searched again.
        if job.document.snapshot() is snapshot:
            break
    if place is None:
        raise CodeGone(entry.uri.rpartition("/")[2])
    track_exactly(job, place.start, place.end)
    job.material = _material(job, snapshot, place, services.editor)
    if job.action.wants_tests:
        job.material = await with_tests(job.material, services.editor)
    return place


def reply_of(entry: Entry) -> Reply:
    """Read the answer of an entry again; one that was interrupted is cut off."""
    reader = Reader()
    reader.feed(entry.answer)
    return reader.finish(_FINISHES.get(entry.finish_reason, "length"))


def edit_in(outcome: Outcome) -> Edited | None:
    """The edit of an outcome, also of one that is held."""
    edit = outcome.edit if isinstance(outcome, Hold) else outcome
    return edit if isinstance(edit, Replace | Insert | CreateFile) else None


def _material(job: Job, snapshot: Snapshot, place: Place, editor: Editor) -> Material:
    """What is known about the code: exactly that range, for the answer was made for it."""
    path = path_of(snapshot.uri)
    start, end, _ = place
    selection = Selection(
        snapshot=snapshot,
        start=start,
        end=end,
        language=language_for(snapshot.language_id, snapshot.uri),
        path=name_of(path, editor.roots) if path else "",
    )
    bare = Material(selection, start, end, code="", instruction=job.instruction)
    return narrowed(bare, start, end)


def _without_edit(outcome: Outcome) -> End:
    if isinstance(outcome, Unchanged):
        return End("nothing to change", _THERE, "info")
    return End("not used", getattr(outcome, "sentence", _CHANGED))
