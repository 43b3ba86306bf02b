"""Writes the course of one job to the journal, off the event loop."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Unpack

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
    """The journal's entry of one job, begun with the answer's first text."""

    _job: Job
    _open: Callable[[], Awaitable[Journal]]
    _saved_at: float = float("-inf")
    _later: asyncio.Task[None] | None = None
    _last: asyncio.Future[None] | None = None
    """The last write, which goes on when the job that waits for it is cancelled."""

    async def grow(self, answer: Answer, model: str) -> None:
        """Save the answer so far, at most once a second; the rest follows when the time is up."""
        if not answer.text:
            return
        if self._job.entry is None:
            await self._begin(answer, model)
        if self._later is None or self._later.done():
            self._later = asyncio.create_task(self._save_soon(answer))

    async def _save_soon(self, answer: Answer) -> None:
        saved = ""
        # What came while the last piece was written is due as well: no more may follow it.
        while len(saved) < len(answer.text):
            await asyncio.sleep(self._saved_at + _INTERVAL_S - time.monotonic())
            self._saved_at, saved = time.monotonic(), answer.text
            await self._update(answer=saved)

    async def complete(self, answer: Answer, model: str) -> None:
        """Save the whole answer and what it cost."""
        if self._job.entry is None:
            await self._begin(answer, model)
        self._stop()
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
        self._stop()
        if self._last is not None:
            # It may be the one that makes the entry.
            await asyncio.shield(self._last)
        if self._job.entry is not None:
            await self._update(answer=self._job.answer, outcome=outcome, detail=detail)

    def _stop(self) -> None:
        if self._later is not None:
            self._later.cancel()

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

        def make(journal: Journal) -> None:
            job.entry = journal.record(entry)

        await self._do(make)

    async def _update(self, **changes: Unpack[Changes]) -> None:
        number = self._job.entry or 0
        await self._do(lambda journal: journal.update(number, **changes))

    async def _do(self, work: Callable[[Journal], None]) -> None:
        """Work in a thread, one piece after the other: none may overtake an earlier one."""
        self._last = asyncio.ensure_future(self._work(self._last, work))
        await asyncio.shield(self._last)

    async def _work(
        self, before: asyncio.Future[None] | None, work: Callable[[Journal], None]
    ) -> None:
        if before is not None:
            await before
        await asyncio.to_thread(work, await self._open())


async def settle(job: Job, journal: Callable[[], Awaitable[Journal]], outcome: Outcome) -> None:
    """Save what became of an answer later on."""
    if job.entry is not None:
        changes: Changes = {"outcome": outcome, "detail": ""}
        await asyncio.to_thread((await journal()).update, job.entry, **changes)
