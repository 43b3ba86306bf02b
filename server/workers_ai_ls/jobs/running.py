"""Runs one job from click to outcome. Whatever happens, the user's text stays and is told of."""

from __future__ import annotations

import asyncio
import functools
import logging
import time
from typing import TYPE_CHECKING, Literal

from workers_ai_ls.errors import Failure

from .answering import answered
from .concluding import End, conclude, in_journal, meant
from .preparing import look, look_again, with_settings, with_tests
from .record import Record
from .repairing import ANOTHER, Earlier, goes_before, repair

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from workers_ai_ls.actions import Outcome

    from .answer import Answer
    from .editor import Progress
    from .job import Job
    from .services import Services

logger = logging.getLogger(__name__)

BUG = "a bug in the server stopped it; your text is as it was, and the log has the details."


async def run(job: Job, services: Services) -> None:
    """Run the job. Never raises: its end is told in the editor and written to the journal."""
    progress: Progress = services.editor.progress(job.token, job.action.title)
    record = Record(job, services.journal)
    end = End("failed", BUG, "error")
    try:
        end = await _run(job, services, progress, record)
    except asyncio.CancelledError:
        end = End("cancelled")
        job.state = "done"
        await record.end("cancelled")
    except Failure as failure:
        end = End("failed", str(failure), "error")
        job.state = "done"
        await record.end("failed", str(failure))
    except Exception:
        logger.exception("%s failed", job.token)
        job.state = "done"
        await record.end("failed", "a bug in the server")
    finally:
        if job.state == "running":
            job.state = "done"
        # Helix shows both on one line: what is said last is what a person sees.
        await progress.end(", ".join(filter(None, (end.word, record.cost))))
        services.successors.tell(services.editor)
        if end.sentence:
            services.editor.tell(end.level, f"{job.action.title}: {end.sentence}")


async def _run(job: Job, services: Services, progress: Progress, record: Record) -> End:
    """The job itself."""
    material = look_again(job) or look(job, services.editor)
    resolved = await services.settings(job.uri)
    settings = resolved.settings
    material = job.material = with_settings(material, job.action, settings)
    progress.report("connecting")
    client = await services.client(resolved)
    client.connect()
    if job.action.wants_tests:
        job.material = await with_tests(material, services.editor)
    started = time.monotonic()
    ask = functools.partial(
        answered, job, client, settings, services, record=record, progress=progress
    )
    previous = Earlier(job.previous.answer, ANOTHER) if job.previous else None
    answer = await ask(earlier=previous)
    services.successors.answered(resolved, answer.model.id)
    outcome = meant(job, answer.reply(), services)
    if settings.repair:
        outcome = await _mended(job, outcome, ask, services, record)
    took = f"done in {time.monotonic() - started:.1f} s"
    return await conclude(job, outcome, settings, services, record, took)


async def _mended(
    job: Job,
    first: Outcome,
    ask: Callable[..., Awaitable[Answer]],
    services: Services,
    record: Record,
) -> Outcome:
    """Ask once more where the answer cannot be used, and go by the better one of the two."""
    earlier = repair(first, job.answer)
    if earlier is None:
        return first
    kept = job.answer, job.reply
    told: tuple[Literal["held", "refused", "failed"], str]
    await record.set_aside(*in_journal(first))
    services.editor.restart_answer(job.token, job.action.name)
    try:
        second = meant(job, (await ask(earlier=earlier)).reply(), services)
    except Failure as failure:
        logger.warning("asking once more failed: %s", failure)
        told = "failed", str(failure)
    else:
        if goes_before(second, first):
            return second
        told = in_journal(second)
    await record.take_up(*told)
    job.answer, job.reply = kept
    return first
