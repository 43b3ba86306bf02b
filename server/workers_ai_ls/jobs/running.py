"""Runs one job from click to outcome. Whatever happens, the user's text stays and is told of."""

from __future__ import annotations

import asyncio
import functools
import logging
import time
from typing import TYPE_CHECKING, Literal

from workers_ai_ls.errors import Failure

from .answering import answered
from .concluding import conclude, in_journal, meant
from .course import run_to_its_end
from .knowing import check_may_be_sent, completed
from .preparing import look, look_again, with_settings
from .repairing import ANOTHER, Earlier, goes_before, repair
from .verifying import verified

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from workers_ai_ls.actions import Outcome

    from .answer import Answer
    from .concluding import End
    from .editor import Progress
    from .job import Job
    from .record import Record
    from .services import Services

logger = logging.getLogger(__name__)


async def run(job: Job, services: Services) -> None:
    """Run the job. Never raises: its end is told in the editor and written to the journal."""
    await run_to_its_end(job, services, functools.partial(_run, job, services))


async def _run(job: Job, services: Services, progress: Progress, record: Record) -> End:
    """The job itself."""
    material = look_again(job) or look(job, services.editor)
    resolved = await services.settings(job.uri)
    settings = resolved.settings
    material = job.material = with_settings(material, job.action, settings)
    await asyncio.to_thread(check_may_be_sent, material, settings, services.editor.roots)
    progress.report("connecting")
    client = await services.client(resolved)
    client.connect()
    job.material = await completed(material, job.action, settings, services)
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
    outcome = await verified(job, outcome, ask, settings, services, record, progress)
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
