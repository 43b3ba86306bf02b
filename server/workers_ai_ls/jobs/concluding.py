"""What becomes of a whole answer: an edit, something to read, or the sentence why it is not used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

import attrs

from workers_ai_ls.actions import written
from workers_ai_ls.reply import Refusal, Reply
from workers_ai_ls.reply.outcomes import Hold, Replace, Show, Unchanged

from .delivering import deliver, waits_for_the_user
from .editing import NotTaken
from .preparing import refreshed
from .remaining import ALSO, remaining
from .showing import show, show_difference

if TYPE_CHECKING:
    from workers_ai_ls.actions import Outcome
    from workers_ai_ls.settings import Settings

    from .editor import Level
    from .job import Edited, Job
    from .record import Record
    from .services import Services

_OFFERED = "AI: Apply anyway, AI: Show difference and AI: Discard are offered there"
KEPT = f"The answer is kept: {_OFFERED}"
READY = f"the result is ready; {_OFFERED}."


class End(NamedTuple):
    """How a job ended: a word for the progress display, and a sentence where more is to be said."""

    word: str
    sentence: str = ""
    level: Level = "warning"


def meant(job: Job, reply: Reply, services: Services) -> Outcome:
    """Find what the answer means for the files as they are now. Raises Failure."""
    job.answer, job.reply = reply.raw, reply
    material = job.material
    if material is None:
        raise TypeError("a job has its material before its answer")
    if material.tests:
        fresh = refreshed(material.tests, services.editor)
        material = job.material = attrs.evolve(material, tests=fresh)
    return job.action.finish(reply, material)


def in_journal(outcome: Outcome) -> tuple[Literal["held", "refused"], str]:
    """The journal's word and sentence for an answer that cannot be used."""
    match outcome:
        case Hold(sentence):
            return "held", sentence
        case Refusal(_, sentence):
            return "refused", sentence
    raise TypeError("this answer can be used")


async def conclude(
    job: Job, outcome: Outcome, settings: Settings, services: Services, record: Record, took: str
) -> End:
    """Do what the answer means; `took` is the word for an answer that is used. Raises Failure."""
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
            return await _edit(job, outcome, settings, services, record, took)


def of_tests(job: Job) -> str:
    """Which tests the job's edit has written and how they are run; "" where it wrote none."""
    done, place = job.done, job.material.tests if job.material else None
    if done is None or place is None or isinstance(done.outcome, Replace):
        return ""
    return written(attrs.evolve(place, text=done.before or None), done.after).sentence


async def _edit(
    job: Job, outcome: Edited, settings: Settings, services: Services, record: Record, took: str
) -> End:
    """Deliver an edit, or hold it and say why."""
    confirm = settings.apply == "preview"
    try:
        if waits_for_the_user(outcome, services.editor, confirm=confirm):
            job.held, job.state = outcome, "held"
            await show_difference(job, services)
            await record.end("held", _with_verdict("shown before it is applied.", job))
            return End("ready", _with_verdict(READY, job), "info")
        job.delivering = not confirm
        await deliver(job, outcome, services.editor, confirm=confirm)
    except NotTaken as failure:
        job.held, job.state = outcome, "held"
        await record.end("held", _with_verdict(str(failure), job))
        return End("held", _with_verdict(f"not applied, because {failure.reason}. {KEPT}.", job))
    await record.end("applied", job.verdict.sentence if job.verdict else "")
    said = [outcome.note] if outcome.note else []
    if tests := of_tests(job):
        said.insert(0, tests)
    if isinstance(outcome, Replace) and outcome.rest:
        job.also = remaining(job, outcome.rest)
        said += [ALSO] if job.also else []
    fails = job.verdict is not None and job.verdict.state != "passed"
    return End(took, _with_verdict(" ".join(said), job), "warning" if fails else "info")


def _with_verdict(sentence: str, job: Job) -> str:
    """Say first what running its tests has shown: the rest may end with a command to be copied."""
    return " ".join(filter(None, (job.verdict.sentence if job.verdict else "", sentence)))
