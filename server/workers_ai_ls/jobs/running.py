"""Runs one job from click to outcome. Whatever happens, the user's text stays and is told of."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import TYPE_CHECKING, NamedTuple

import attrs

from workers_ai_ls.errors import Failure
from workers_ai_ls.reply import Refusal, Reply
from workers_ai_ls.reply.outcomes import Hold, Show, Unchanged
from workers_ai_ls.workers_ai import DEFAULT_MODEL
from workers_ai_ls.workers_ai import model as model_of

from .asking import Answer, ask, write_prompt
from .delivering import deliver, waits_for_the_user
from .editing import NotTaken
from .preparing import look, look_again, refreshed, with_settings, with_tests
from .record import Record
from .showing import show, show_difference

if TYPE_CHECKING:
    from workers_ai_ls.actions import Outcome
    from workers_ai_ls.context import Material
    from workers_ai_ls.settings import Settings

    from .editor import Level, Progress
    from .job import Edited, Job
    from .services import Services

logger = logging.getLogger(__name__)

KEPT = "The answer is kept: AI: Apply anyway, AI: Show difference and AI: Discard are offered there"


READY = (
    "the result is ready; AI: Apply anyway, AI: Show difference and AI: Discard are offered there."
)
BUG = "a bug in the server stopped it; your text is as it was, and the log has the details."


class End(NamedTuple):
    """How a job ended: a word for the progress display, and a sentence where more is to be said."""

    word: str
    sentence: str = ""
    level: Level = "warning"


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
        await progress.end(end.word)
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
    model = model_of(settings.model or DEFAULT_MODEL)

    previous = job.previous.answer if job.previous else ""
    started = time.monotonic()
    answer: Answer | None = None
    stream = ask(
        client,
        model,
        settings,
        lambda most: write_prompt(
            job.action, material, model, settings, most=most, previous=previous
        ),
        previous,
        progress.report,
    )
    async with contextlib.aclosing(stream):
        async for answer in stream:
            await _grow(job, answer, record, services, model.id)
    if answer is None:
        msg = "a stream ends with an event"
        raise TypeError(msg)
    await record.complete(answer, model.id)
    reply = answer.reply()
    job.answer, job.reply = reply.raw, reply
    return await _conclude(job, material, reply, services, record, settings, started)


async def _grow(
    job: Job,
    answer: Answer,
    record: Record,
    services: Services,
    model: str,
) -> None:
    """Take note of what the answer has got so far, and pass it on to a thin client."""
    job.answer = answer.text
    await record.grow(answer, model)
    services.editor.stream_answer(job.token, job.action.name, answer.reader.visible(), done=False)


async def _conclude(
    job: Job,
    material: Material,
    reply: Reply,
    services: Services,
    record: Record,
    settings: Settings,
    started: float,
) -> End:
    """Do what the answer means."""
    if material.tests:
        fresh = refreshed(material.tests, services.editor)
        material = job.material = attrs.evolve(material, tests=fresh)
    outcome: Outcome = job.action.finish(reply, material)
    took = f"done in {time.monotonic() - started:.1f} s"
    match outcome:
        case Show():
            job.state = "done"
            await show(job, outcome, services)
            await record.end("shown")
            return End(took)
        case Unchanged(sentence):
            job.state = "done"
            await record.end("unchanged", sentence)
            return End("nothing to change", sentence, "info")
        case Hold(sentence, edit):
            job.held, job.state = edit, "held"
            await record.end("held", sentence)
            return End("held", f"{sentence} {KEPT}.")
        case Refusal(_, sentence):
            job.state = "done"
            await record.end("refused", sentence)
            return End("not used", sentence)
        case _:
            return await _edit(job, outcome, services, record, settings, took)


async def _edit(
    job: Job,
    outcome: Edited,
    services: Services,
    record: Record,
    settings: Settings,
    took: str,
) -> End:
    """Deliver an edit, or hold it and say why."""
    confirm = settings.apply == "preview"
    try:
        if waits_for_the_user(outcome, services.editor, confirm=confirm):
            job.held, job.state = outcome, "held"
            await show_difference(job, services)
            await record.end("held", "shown before it is applied")
            return End("ready", READY, "info")
        job.delivering = not confirm
        await deliver(job, outcome, services.editor, confirm=confirm)
    except NotTaken as failure:
        job.held, job.state = outcome, "held"
        await record.end("held", str(failure))
        return End("held", f"not applied, because {failure.reason}. {KEPT}.")
    await record.end("applied")
    return End(took, outcome.note, "info")
