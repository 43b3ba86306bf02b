"""What an answer has changed around the code that it was for: held, for the user to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.reply.outcomes import Replace

from .job import Job

if TYPE_CHECKING:
    from workers_ai_ls.reply.outcomes import Rest

ALSO = "The model also changed code around it; AI: Apply anyway makes that change too."


def remaining(job: Job, rest: Rest) -> Job | None:
    """A job that holds the rest of an answer; None where the document is another one by now."""
    start, end = job.range
    text = job.document.snapshot().text
    at = text.find(rest.before, max(0, end - len(rest.before)))
    if not 0 <= at <= start:
        return None
    return Job(
        action=job.action,
        document=job.document,
        place=job.document.track(at, at + len(rest.before)),
        original=rest.before,
        material=job.material,
        instruction=job.instruction,
        answer=job.answer,
        reply=job.reply,
        held=Replace(rest.after),
        state="held",
    )
