"""Runs one job from click to outcome. Whatever happens, the user's text stays and is told of."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from workers_ai_ls.errors import Failure

from .answering import answered
from .concluding import End, conclude
from .preparing import look, look_again, with_settings, with_tests
from .record import Record

if TYPE_CHECKING:
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
        material = job.material = await with_tests(material, services.editor)
    started = time.monotonic()
    answer = await answered(
        job, material, client, settings, services, record=record, progress=progress
    )
    services.successors.answered(resolved, answer.model.id)
    took = f"done in {time.monotonic() - started:.1f} s"
    return await conclude(job, material, answer.reply(), settings, services, record, took)
