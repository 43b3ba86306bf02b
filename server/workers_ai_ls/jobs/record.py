"""Writes the course of one job to the journal, off the event loop."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.journal import Entry, digest

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from workers_ai_ls.journal import Changes, Journal, Outcome

    from .asking import Answer
    from .job import Job

_INTERVAL_S = 1.0
"""How much of an answer a killed server may lose."""


@attrs.define
class Record:
    """The journal's entry of one job, begun with the first event of the answer."""

    _job: Job
    _open: Callable[[], Awaitable[Journal]]
    _saved: int = 0
    _saved_at: float = 0.0

    async def grow(self, answer: Answer, model: str) -> None:
        """Save the answer so far, about once a second."""
        if self._job.entry is None:
            await self._begin(answer, model)
        now = time.monotonic()
        if len(answer.text) == self._saved or now - self._saved_at < _INTERVAL_S:
            return
        piece, self._saved, self._saved_at = answer.text[self._saved :], len(answer.text), now
        journal = await self._open()
        await asyncio.to_thread(journal.append, self._job.entry or 0, piece)

    async def complete(self, answer: Answer) -> None:
        """Save the whole answer and what it cost."""
        usage = answer.usage
        await self._update(
            answer=answer.text,
            finish_reason=answer.finish,
            tokens_in=usage.prompt_tokens if usage else None,
            tokens_out=usage.completion_tokens if usage else None,
            tokens_cached=usage.cached_tokens if usage else None,
            neurons=usage.neurons if usage else None,
        )

    async def end(self, outcome: Outcome, detail: str = "") -> None:
        """Save what became of the answer; a job that got none leaves no entry."""
        if self._job.entry is not None:
            await self._update(answer=self._job.answer, outcome=outcome, detail=detail)

    async def _begin(self, answer: Answer, model: str) -> None:
        job, prompt = self._job, answer.prompt.text()
        snapshot = job.document.snapshot()
        start, end = job.range
        entry = Entry(
            uri=job.uri,
            action=job.action.name,
            model=model,
            prompt=prompt,
            prompt_hash=digest(prompt),
            original_hash=digest(job.original),
            first_line=snapshot.line_at(start) + 1,
            last_line=snapshot.line_at(end) + 1,
        )
        journal = await self._open()
        job.entry = await asyncio.to_thread(journal.record, entry)

    async def _update(self, **changes: object) -> None:
        journal = await self._open()
        await asyncio.to_thread(journal.update, self._job.entry or 0, **changes)  # type: ignore[arg-type] # mypy sees no TypedDict through to_thread


async def settle(job: Job, journal: Callable[[], Awaitable[Journal]], outcome: Outcome) -> None:
    """Save what became of an answer later on."""
    if job.entry is not None:
        changes: Changes = {"outcome": outcome, "detail": ""}
        await asyncio.to_thread((await journal()).update, job.entry, **changes)
