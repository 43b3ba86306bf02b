"""Gets a job its whole answer: asked for, recorded, and by another model where one is withdrawn."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from workers_ai_ls.workers_ai import (
    ModelNotAllowed,
    ModelWithdrawn,
    NoSuchModel,
    PaidPlanNeeded,
    TermsNotAccepted,
)
from workers_ai_ls.workers_ai import model as model_of

from .asking import ask
from .prompting import write_prompt
from .requesting import session_of

if TYPE_CHECKING:
    from workers_ai_ls.context import Prompt
    from workers_ai_ls.settings import Settings
    from workers_ai_ls.workers_ai import Client, Model

    from .answer import Answer
    from .editor import Progress
    from .job import Job
    from .record import Record
    from .repairing import Earlier
    from .services import Services

_NO_HELP = (ModelWithdrawn, NoSuchModel, ModelNotAllowed, TermsNotAccepted, PaidPlanNeeded)
"""What a successor may answer that leaves the user with the withdrawn model to think about."""


async def answered(
    job: Job,
    client: Client,
    settings: Settings,
    services: Services,
    *,
    record: Record,
    progress: Progress,
    earlier: Earlier | None = None,
) -> Answer:
    """Return the whole answer, after it has been recorded and passed on as it grew.

    `earlier` is an answer that the model is to see. Where the model turns out to be withdrawn, its
    successor is asked. Raises Failure.
    """

    async def asked(model: Model) -> Answer:
        return await _asked(
            *(job, client, settings, services, model),
            record=record,
            progress=progress,
            earlier=earlier,
        )

    try:
        return await asked(model_of(services.successors.now(settings)))
    except ModelWithdrawn as failure:
        try:
            return await asked(model_of(failure.alternative))
        except _NO_HELP:
            raise failure from None


async def _asked(
    job: Job,
    client: Client,
    settings: Settings,
    services: Services,
    model: Model,
    *,
    record: Record,
    progress: Progress,
    earlier: Earlier | None,
) -> Answer:
    material, seen = job.material, "".join(earlier[:2]) if earlier else ""
    if material is None:
        raise TypeError("a job has its material before its answer")

    def write(most: int | None) -> Prompt:
        return write_prompt(job.action, material, model, settings, most=most, previous=seen)

    stream = ask(
        client,
        model,
        settings,
        material,
        write,
        session=session_of(job.uri),
        report=progress.report,
        earlier=earlier,
    )
    answer: Answer | None = None
    async with contextlib.aclosing(stream):
        async for answer in stream:
            await _grow(job, answer, record, services)
    if answer is None:
        raise TypeError("a stream ends with an event")
    await record.complete(answer)
    return answer


async def _grow(job: Job, answer: Answer, record: Record, services: Services) -> None:
    """Take note of what the answer has got so far, and pass it on to a thin client."""
    job.answer = answer.text
    await record.grow(answer)
    services.editor.stream_answer(
        job.token, job.action.name, job.uri, answer.reader.visible(), done=False
    )
