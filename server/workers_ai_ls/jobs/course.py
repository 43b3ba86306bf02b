"""The shell of every job: whatever happens in it, its end is told once and stands in the journal."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from workers_ai_ls.errors import Failure

from .concluding import End
from .record import Record

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from .editor import Progress
    from .job import Job
    from .services import Services

logger = logging.getLogger(__name__)

BUG = "a bug in the server stopped it; your text is as it was, and the log has the details."


async def run_to_its_end(
    job: Job, services: Services, work: Callable[[Progress, Record], Awaitable[End]]
) -> None:
    """Do the work of a job. Never raises: its end is told in the editor and kept in the journal."""
    progress: Progress = services.editor.progress(job.token, job.action.title)
    record = Record(job, services.journal)
    end = End("failed", BUG, "error")
    try:
        end = await work(progress, record)
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
