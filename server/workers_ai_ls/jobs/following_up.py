"""What can be done about a job's result: apply, compare, revert, try again, discard."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from workers_ai_ls.errors import Failure
from workers_ai_ls.reply.outcomes import CreateFile, Insert, Replace
from workers_ai_ls.text import Edit, apply_edits
from workers_ai_ls.workspace import remove_file_if, uri_of

from .concluding import of_tests
from .delivering import deliver, edits_at, now_at, renewed, text_at
from .editing import NotTaken, make_edit
from .record import settle
from .remaining import ALSO, remaining
from .showing import show_difference
from .trying_again import Wish, settle_replaced, try_again

if TYPE_CHECKING:
    from workers_ai_ls.text import Snapshot

    from .board import Board
    from .job import Edited, Job
    from .services import Services


class NothingThere(Failure):
    """A follow-up was asked for where there is no job that it fits."""

    def __init__(self) -> None:
        super().__init__(
            "There is nothing to do this to; AI actions can be followed up until their code is "
            "edited or the document is closed."
        )


class WasEdited(Failure):
    """The result was edited, so taking it back would lose those edits."""

    def __init__(self) -> None:
        super().__init__(
            "The result was edited meanwhile, so it was not taken back; use the editor's undo."
        )


async def follow_up(name: str, job: Job | None, board: Board, services: Services) -> None:
    """Do the follow-up `name` of FOLLOW_UPS. Raises Failure."""
    if job is None or not job.is_open():
        raise NothingThere
    if job.held and name in ("applyAnyway", "showDifference"):
        job.held = renewed(job, job.held, services.editor)
    match name:
        case "cancel":
            job.cancel()
        case "applyAnyway" if job.held:
            await _apply(job, job.held, board)
        case "showDifference":
            await show_difference(job, services)
        case "revert" if job.done:
            await _revert(job, services)
            await settle(job, services.journal, "reverted")
        case "tryAgain" if job.done:
            await try_again_with(job, Wish(), board)
        case "discard" if job.held:
            job.held, job.state = None, "done"
            await settle(job, services.journal, "discarded")
        case _:
            raise NothingThere


async def try_again_with(job: Job, wish: Wish, board: Board) -> None:
    """Ask for another answer about the job's code, whatever became of the one that it got.

    Raises Failure.
    """
    in_view = job.is_open() and job.state != "running"
    applied, services = job.state == "applied" and in_view, board.services
    if applied and job.done and not isinstance(job.done.outcome, Replace):
        # Tests would be added a second time beside the first.
        await _revert(job, services)
        await settle(job, services.journal, "reverted")
    new = try_again(job, wish, board, in_view=in_view)
    if job.state == "applied" and applied:
        await settle_replaced(job, new, services)


async def _apply(job: Job, held: Edited, board: Board) -> None:
    """Make the edit that is held, and say what goes with it."""
    services = board.services
    await deliver(job, held, services.editor, anyway=True)
    await settle(job, services.journal, "applied")
    said = of_tests(job)
    if isinstance(held, Replace) and held.rest and (also := remaining(job, held.rest)):
        board.jobs.append(also)
        said = ALSO
    if said:
        services.editor.tell("info", f"{job.action.title}: {said}")


async def _revert(job: Job, services: Services) -> None:
    """Bring back the text from before the edit, if the result is untouched."""
    done, editor = job.done, services.editor
    if done is None:
        raise NothingThere
    match done.outcome:
        case Replace():
            snapshot = job.document.snapshot()
            start, _ = job.range
        case Insert(path, _):
            snapshot, start = now_at(Path(path), editor), 0
            if snapshot.text != done.after:
                raise WasEdited
        case CreateFile(path, _):
            await _remove(Path(path), done.after, services)
            job.state = "done"
            return
    before = job.before
    edits = edits_at(start, done.after, before)
    extras = _extras(job, snapshot)
    edits = sorted([*edits, *extras], key=lambda edit: edit.start)
    start += sum(len(each.text) - (each.end - each.start) for each in extras if each.end <= start)
    title = f"Revert {job.action.title}"
    landing = await make_edit(title, snapshot, edits, before, start, editor)
    if landing.at is None:
        raise NotTaken("the editor did not take it back; use its undo")
    job.state = "done"


def _extras(job: Job, snapshot: Snapshot) -> list[Edit]:
    """The edits that take back what was changed besides, as far as nobody has changed it since."""
    found: list[Edit] = []
    for place, before, after in [extra for done in job.edits for extra in done.extras]:
        start, end = place.offsets(snapshot)
        # What a later answer has put inside is taken back first: an import among imports.
        inside = [each for each in sorted(found) if start <= each.start and each.end <= end]
        shifted = [Edit(each.start - start, each.end - start, each.text) for each in inside]
        if not place.lost and apply_edits(snapshot.text[start:end], shifted) == after:
            found = [each for each in found if each not in inside]
            found.append(Edit(start, end, before))
    return found


async def _remove(path: Path, text: str, services: Services) -> None:
    """Remove a file that we created, unless there is anything in it that we did not write."""
    uri = uri_of(path)
    if text_at(uri, services.editor) not in (text, "", None):
        raise WasEdited
    if services.editor.deletes_files:
        applied = await services.editor.delete_file("Revert AI: Write tests", uri)
        if applied.yes:
            return
    if not await asyncio.to_thread(_gone, path, text):
        raise WasEdited


def _gone(path: Path, text: str) -> bool:
    return not path.exists() or remove_file_if(path, text)
