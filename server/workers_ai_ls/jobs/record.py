"""Writes the course of one job to the journal, off the event loop."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Unpack

import attrs

from workers_ai_ls.journal import Entry, digest

from .cost import in_words, spent

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from workers_ai_ls.journal import Changes, Journal, Outcome

    from .answer import Answer
    from .job import Job

_INTERVAL_S = 1.0
"""How much of an answer a killed server may lose."""


@attrs.define
class Record:
    """The journal's entry of one job, begun with the answer's first text."""

    _job: Job
    _open: Callable[[], Awaitable[Journal]]
    _answer: Answer | None = None
    _aside: list[tuple[int | None, Answer | None]] = attrs.field(factory=list)
    """Entry and answer of each that was asked for anew."""
    _saved_at: float = float("-inf")
    _later: asyncio.Task[None] | None = None
    _last: asyncio.Future[None] | None = None
    """The last write, which goes on when the job that waits for it is cancelled."""

    @property
    def cost(self) -> str:
        """What the answers have cost, in words; "" where that is not known."""
        return in_words(*filter(None, (*(answer for _, answer in self._aside), self._answer)))

    async def grow(self, answer: Answer) -> None:
        """Save the answer so far, at most once a second; the rest follows when the time is up."""
        self._answer = answer
        if not answer.text:
            return
        if self._job.entry is None:
            await self._begin(answer)
        if self._later is None or self._later.done():
            self._later = asyncio.create_task(self._save_soon(answer))

    async def _save_soon(self, answer: Answer) -> None:
        saved = ""
        # What came while the last piece was written is due as well: no more may follow it.
        while len(saved) < len(answer.text):
            await asyncio.sleep(self._saved_at + _INTERVAL_S - time.monotonic())
            self._saved_at, saved = time.monotonic(), answer.text
            await self._update(answer=saved)

    async def complete(self, answer: Answer) -> None:
        """Save the whole answer and what it cost."""
        self._answer = answer
        if self._job.entry is None:
            await self._begin(answer)
        self._stop()
        changes = _costs(answer)
        changes["answer"], changes["finish_reason"] = answer.text, answer.finish
        await self._update(**changes)

    async def end(self, outcome: Outcome, detail: str = "") -> None:
        """Save what became of the answer, and what it cost until then.

        A job that got none leaves no entry; one that a model has only thought about does.
        """
        self._stop()
        if self._last is not None:
            # It may be the one that makes the entry.
            await asyncio.shield(self._last)
        answer = self._answer
        if self._job.entry is None and answer and (answer.thinking or answer.usage):
            await self._begin(answer)
        if self._job.entry is not None:
            changes = _costs(answer) if answer else {}
            changes["answer"], changes["outcome"] = self._job.answer, outcome
            changes["detail"] = detail
            await self._update(**changes)

    async def set_aside(self, outcome: Outcome, detail: str) -> None:
        """End the entry of an answer that is asked for anew; the next one gets an entry of its own."""
        await self.end(outcome, detail)
        self._aside.append((self._job.entry, self._answer))
        self._job.entry, self._answer, self._saved_at = None, None, float("-inf")

    async def take_up(self, outcome: Outcome, detail: str) -> None:
        """End the entry of the answer at hand, and go on with the one that was set aside."""
        await self.end(outcome, detail)
        kept = self._aside.pop()
        self._aside.append((self._job.entry, self._answer))
        self._job.entry, self._answer = kept

    def _stop(self) -> None:
        if self._later is not None:
            self._later.cancel()

    async def _begin(self, answer: Answer) -> None:
        job, prompt = self._job, answer.prompt.text()
        snapshot = job.document.snapshot()
        start, end = job.range
        entry = Entry(
            uri=job.uri,
            action=job.action.name,
            model=answer.model.id,
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


def _costs(answer: Answer) -> Changes:
    usage, served = spent(answer), answer.served
    return {
        "tokens_in": usage.prompt_tokens,
        "tokens_out": usage.completion_tokens,
        "tokens_cached": usage.cached_tokens,
        "neurons": usage.neurons,
        "gateway_cache": served.cache,
        "gateway_log": served.log_id,
    }


async def settle(job: Job, journal: Callable[[], Awaitable[Journal]], outcome: Outcome) -> None:
    """Save what became of an answer later on."""
    if job.entry is not None:
        tried = job.verdict.sentence if job.verdict and outcome == "applied" else ""
        changes: Changes = {"outcome": outcome, "detail": tried}
        await asyncio.to_thread((await journal()).update, job.entry, **changes)
