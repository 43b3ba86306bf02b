"""Runs new tests before they are delivered, where the user's own settings allow that.

They are run in a trial (`workspace.trials`), so that the user's files stay as they are until the one
edit is made, whatever the tests do to themselves. Nothing of this comes from the workspace or over
LSP: command and trusted folders are settings that only the user's own sources may set.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from workers_ai_ls.context import fenced
from workers_ai_ls.errors import Failure
from workers_ai_ls.reply.outcomes import CreateFile, Insert

from .concluding import meant
from .delivering import renewed
from .repairing import Earlier
from .trying_out import try_out
from .verdict import excerpt

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from workers_ai_ls.actions import Outcome
    from workers_ai_ls.settings import Settings

    from .answer import Answer
    from .editor import Editor, Progress
    from .job import Job
    from .record import Record
    from .services import Services
    from .verdict import Verdict

logger = logging.getLogger(__name__)

RUNNING = "running the tests"
STATUS = "new tests fail, asking once more"

_AGAIN = (
    "The tests were run with `{command}`, and not all of them pass:\n{output}\n"
    "Work out again what the code does, and correct the tests. Give the whole answer anew, in the "
    "form that was asked for."
)


async def verified(
    job: Job,
    outcome: Outcome,
    ask: Callable[..., Awaitable[Answer]],
    settings: Settings,
    services: Services,
    record: Record,
    progress: Progress,
) -> Outcome:
    """Run new tests if the user allows it; once more by the model where they fail. Raises Failure.

    Returns what is to be delivered, and leaves the verdict on it with the job.
    """
    verdict = await _tried(job, outcome, settings, services.editor, progress)
    if verdict is None:
        return outcome
    job.verdict = verdict
    if verdict.state == "failed" and settings.repair:
        outcome = await _repaired(job, outcome, verdict, ask, settings, services, record, progress)
    if not isinstance(outcome, Insert | CreateFile):
        raise TypeError("only new tests are run")
    # It took its time: what was typed into the test file meanwhile stays.
    return renewed(job, outcome, services.editor)


async def _repaired(
    job: Job,
    first: Outcome,
    verdict: Verdict,
    ask: Callable[..., Awaitable[Answer]],
    settings: Settings,
    services: Services,
    record: Record,
    progress: Progress,
) -> Outcome:
    """Let the model see what fails, and go by its second answer if that is better."""
    kept = job.answer, job.reply
    shown = fenced(excerpt(verdict.output), "")
    earlier = Earlier(job.answer, _AGAIN.format(command=verdict.command, output=shown), STATUS)
    await record.set_aside("held", verdict.sentence)
    services.editor.restart_answer(job.token, job.action.name)
    told = "the second answer has no better tests"
    try:
        second = meant(job, (await ask(earlier=earlier)).reply(), services)
        again = await _tried(job, second, settings, services.editor, progress)
        if again is not None and again.goes_before(verdict):
            job.verdict = again
            return second
        told = again.sentence if again else told
    except Failure as failure:
        logger.warning("asking once more failed: %s", failure)
        told = str(failure)
    await record.take_up("held", told)
    job.answer, job.reply = kept
    return first


async def _tried(
    job: Job, outcome: Outcome, settings: Settings, editor: Editor, progress: Progress
) -> Verdict | None:
    """The verdict on the tests of an outcome; None where there are none, or none are to be run."""
    material = job.material
    if not isinstance(outcome, Insert | CreateFile) or material is None or material.tests is None:
        return None
    if not settings.verification.command:
        return None
    progress.report(RUNNING)
    return await try_out(
        material.tests,
        outcome.text,
        job.document.snapshot(),
        settings.verification,
        editor.roots,
    )
