"""All jobs of one server: which run where, which supersede which, what can follow."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import attrs

from .job import Job

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence

    from workers_ai_ls.actions import Action
    from workers_ai_ls.context import Diagnostic
    from workers_ai_ls.text import Document

    from .services import Services

_REMEMBERED = 32
"""Finished jobs that still offer follow-ups; each holds the texts before and after."""


@attrs.define
class Board:
    """The jobs that run or can still be followed up."""

    services: Services
    jobs: list[Job] = attrs.field(factory=list)

    def start(
        self,
        action: Action,
        document: Document,
        start: int,
        end: int,
        *,
        instruction: str = "",
        diagnostics: tuple[Diagnostic, ...] = (),
        previous: Job | None = None,
        services: Services | None = None,
    ) -> Job:
        """Start a job on a range of offsets. A job that runs on the same code is superseded.

        `services` take the place of the board's own. Returns at once: the job's first step comes
        after the caller's reply has gone out.
        """
        for other in self.at(document.uri, start, end):
            other.cancel()
        job = Job(
            action=action,
            document=document,
            place=document.track(start, end),
            asked=document.track(start, end),
            diagnostics=diagnostics,
            instruction=instruction,
            previous=previous,
        )
        from .running import run

        self.add(job, run(job, services or self.services))
        return job

    def add(self, job: Job, course: Coroutine[None, None, None]) -> None:
        """Take in a job and set it going; `course` is all that it does."""
        self.jobs.append(job)
        job.task = asyncio.create_task(course, name=job.token)
        job.task.add_done_callback(lambda _: self._stopped(job))
        self._forget()

    def _stopped(self, job: Job) -> None:
        job.stopped()
        if job.also is not None:
            self.jobs.append(job.also)

    def supersede(self, job: Job, entry: int) -> None:
        """Let a job take the place of what runs on its code, and of what holds that entry's answer."""
        for other in self.at(job.uri, *job.range):
            if other is not job:
                other.cancel()
        for other in self.jobs:
            if other.entry == entry and other.state == "held":
                other.state = "done"

    def at(self, uri: str, start: int, end: int) -> list[Job]:
        """Jobs about which something can be done at this range of offsets, newest first."""
        return [
            job for job in reversed(self.jobs) if job.touches(uri, start, end) and job.is_open()
        ]

    def last_at(self, uri: str, start: int, end: int) -> Job | None:
        """The newest job that has anything to do with this range, whatever became of it."""
        jobs = (job for job in reversed(self.jobs) if job.touches(uri, start, end))
        return next(jobs, None)

    def numbered(self, number: int) -> Job | None:
        """The job with this number."""
        return next((job for job in self.jobs if job.number == number), None)

    def newest(self, states: Sequence[str], uri: str | None = None) -> Job | None:
        """The newest job in one of these states (in this document) that can be followed up."""
        return next(
            (
                job
                for job in reversed(self.jobs)
                if job.state in states and uri in (None, job.uri) and job.is_open()
            ),
            None,
        )

    def cancel(self, token: object = None) -> None:
        """Cancel the job with this progress token, or every job when there is none."""
        for job in self.jobs:
            if token in (None, job.token):
                job.cancel()

    def close(self, uri: str) -> None:
        """Forget a document that was closed; what runs there is cancelled."""
        for job in self.jobs:
            if job.uri == uri:
                job.cancel()
        self.jobs = [job for job in self.jobs if job.uri != uri or job.state == "running"]

    async def shut_down(self) -> None:
        """Cancel everything and wait until connections and journal are closed."""
        tasks = [job.task for job in self.jobs if job.task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self.services.successors.close()

    def _forget(self) -> None:
        """Let go of jobs that nothing can follow any more, and of the oldest beyond the limit."""
        kept = [job for job in self.jobs if job.is_open()]
        gone = {id(job) for job in self.jobs} - {id(job) for job in kept[-_REMEMBERED:]}
        for job in self.jobs:
            if id(job) in gone and job.state != "running":
                for each in filter(None, (job.place, job.asked)):
                    job.document.untrack(each)
        self.jobs = [job for job in self.jobs if id(job) not in gone or job.state == "running"]
