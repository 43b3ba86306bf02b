"""Answers from the journal: shown, compared, applied, or asked for in another way."""

from __future__ import annotations

import asyncio
import functools
from typing import TYPE_CHECKING

from workers_ai_ls.errors import Failure

from .concluding import meant
from .course import run_to_its_end
from .reapplying import EDITING, CodeGone, NoEdit, edit_in, job_for, put, reapply, reply_of
from .showing import show_difference, show_markdown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.journal import Entry
    from workers_ai_ls.text import Document

    from .board import Board
    from .job import Job
    from .services import Services

_UNUSED = ("held", "failed", "cancelled", "discarded", "reverted", "interrupted")
"""Outcomes of an edit that is not in the document, though it may be wanted there."""

_LOOKED_AT = 200
"""The newest entries of a document that are looked at for one of them."""


class NoAnswer(Failure):
    """There is no such answer in the journal."""

    def __init__(self, number: int | None = None, name: str = "") -> None:
        if number is not None:
            sentence = f"The journal has no answer {number}; `workers-ai-ls history` lists them."
        elif name:
            sentence = (
                f"The journal has no edit for {name} that is not in it; `workers-ai-ls history` "
                "lists the answers."
            )
        else:
            sentence = "There is no answer yet; choose AI: Explain on some code first."
        super().__init__(sentence)


class StillRunning(Failure):
    """An answer was to be applied that is still on its way."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"Answer {number} is still being written; wait for it, or cancel it first."
        )


async def show_last_answer(uri: str | None, services: Services, number: int | None = None) -> None:
    """Show the journal's last answer, about this document or any, or the one of that number."""
    if number is not None:
        entry = await numbered(number, services)
    else:
        journal = await services.journal()
        last = await asyncio.to_thread(journal.last, uri) or await asyncio.to_thread(journal.last)
        if last is None:
            raise NoAnswer
        entry = last
    head = f"# Last answer: {entry.action}\n\n*{entry.model}, {entry.outcome}*\n\n"
    detail = f"{entry.detail}\n\n" if entry.detail else ""
    await show_markdown("last answer", entry.uri, f"{head}{detail}{entry.answer}\n", services)


async def apply_last_answer(documents: Sequence[Document], number: int | None, board: Board) -> Job:
    """Apply an answer to its document again: that entry, else the newest edit that is not in it.

    `documents` are those that are meant. Returns the job once it has begun. Raises Failure.
    """
    services = board.services
    if number is None:
        entry, document = await _newest_unused(documents, services)
    else:
        entry, document = await numbered(number, services), documents[0]
    if entry.outcome == "running":
        raise StillRunning(entry.id)
    if services.editor.document(document.uri) is not document:
        raise CodeGone(document.uri.rpartition("/")[2])
    job = job_for(entry, document)
    board.add(job, run_to_its_end(job, services, functools.partial(reapply, job, entry, board)))
    return job


async def show_entry_difference(document: Document, number: int, services: Services) -> None:
    """Show what an answer would change in its document as it is now. Raises Failure."""
    entry = await numbered(number, services)
    job = job_for(entry, document)
    try:
        await put(job, entry, services)
        job.held = edit_in(meant(job, reply_of(entry), services))
        if job.held is None:
            raise NoEdit(entry.id)
        await show_difference(job, services)
    finally:
        document.untrack(job.place)


async def newest_at(document: Document, start: int, end: int, services: Services) -> Entry | None:
    """The newest entry about lines that these offsets touch, as they stood when it was made."""
    snapshot = document.snapshot()
    first, last = snapshot.line_at(start) + 1, snapshot.line_at(end) + 1
    for entry in await _entries(document.uri, services):
        if entry.first_line <= last and first <= entry.last_line:
            return entry
    return None


async def numbered(number: int, services: Services) -> Entry:
    """The entry of that number. Raises NoAnswer."""
    journal = await services.journal()
    # SQLite's numbers end there.
    entry = await asyncio.to_thread(journal.entry, number) if abs(number) < 2**63 else None
    if entry is None:
        raise NoAnswer(number)
    return entry


async def _newest_unused(
    documents: Sequence[Document], services: Services
) -> tuple[Entry, Document]:
    found: list[tuple[Entry, Document]] = []
    for document in documents:
        entries = await _entries(document.uri, services)
        unused = (each for each in entries if each.action in EDITING and each.outcome in _UNUSED)
        found += [(each, document) for each in unused if each.answer][:1]
    if not found:
        name = documents[0].uri.rpartition("/")[2] if len(documents) == 1 else "an open document"
        raise NoAnswer(name=name)
    return max(found, key=lambda pair: pair[0].id)


async def _entries(uri: str, services: Services) -> tuple[Entry, ...]:
    journal = await services.journal()
    return await asyncio.to_thread(journal.entries, _LOOKED_AT, uri)
