"""One job: an action at work on a piece of a document."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import attrs

if TYPE_CHECKING:
    import asyncio

    from workers_ai_ls.actions import Action
    from workers_ai_ls.context import Diagnostic, Material
    from workers_ai_ls.reply import Reply
    from workers_ai_ls.reply.outcomes import CreateFile, Insert, Replace
    from workers_ai_ls.text import Document, TrackedRange

    from .verdict import Verdict

State = Literal["running", "applied", "held", "done"]
Edited: TypeAlias = "Replace | Insert | CreateFile"

_numbers = itertools.count(1)


class Extra(NamedTuple):
    """What an edit has changed besides its main part, such as an import."""

    place: TrackedRange
    before: str
    after: str


@attrs.frozen
class Done:
    """An edit that has landed: the text of the changed range (or file) before and after it."""

    outcome: Edited
    before: str
    after: str
    extras: tuple[Extra, ...] = ()


@attrs.define(eq=False)
class Job:
    """The state of one job, from click to follow-ups."""

    action: Action
    document: Document
    place: TrackedRange
    """The code that the action works on; after an edit, what took its place."""
    original: str = ""
    """What stood at `place` when the job looked."""
    asked: TrackedRange | None = None
    """Where it was asked for, which may be beside the code: on the blank line above a function."""
    diagnostics: tuple[Diagnostic, ...] = ()
    instruction: str = ""
    previous: Job | None = None
    """The job that this one tries again."""
    number: int = attrs.field(factory=lambda: next(_numbers))
    state: State = "running"
    material: Material | None = None
    answer: str = ""
    reply: Reply | None = None
    held: Edited | None = None
    done: Done | None = None
    entry: int | None = None
    """The journal's id of the answer."""
    also: Job | None = None
    """What else the answer changes, held for the user to decide."""
    verdict: Verdict | None = None
    """What running its new tests has shown; None where they were not to be run."""
    delivering: bool = False
    """Whether the edit is on its way: from then on it can be undone, but not stopped."""
    task: asyncio.Task[None] | None = None

    @property
    def token(self) -> str:
        """The progress token; Helix 25.01 shows it to people."""
        return f"workers-ai/{self.action.name}/{self.number}"

    @property
    def uri(self) -> str:
        """The document that the action was asked for."""
        return self.document.uri

    @property
    def range(self) -> tuple[int, int]:
        """Where `place` is now, as offsets into the document."""
        return self.place.offsets(self.document.snapshot())

    @property
    def text(self) -> str:
        """What stands at `place` now."""
        start, end = self.range
        return self.document.snapshot().text[start:end]

    @property
    def edits(self) -> list[Done]:
        """Its edit, then those that it took the place of, back to the first answer."""
        from workers_ai_ls.reply.outcomes import Replace

        edits = [self.done] if self.done else []
        earlier = self.previous
        while edits and earlier and earlier.done and earlier.done.after == edits[-1].before:
            if not isinstance(earlier.done.outcome, Replace):
                break
            edits.append(earlier.done)
            earlier = earlier.previous
        return edits

    @property
    def before(self) -> str:
        """What stood there before its edit; before the first one, where answers replaced each other."""
        return self.edits[-1].before if self.done else self.text

    def touches(self, uri: str, start: int, end: int) -> bool:
        """Whether the job's code, or where it was asked for, and this range meet; ends count."""
        if uri != self.uri:
            return False
        snapshot = self.document.snapshot()
        places = [each.offsets(snapshot) for each in (self.place, self.asked) if each]
        return any(start <= last and first <= end for first, last in places)

    def is_asked_for_where(self, other: Job) -> None:
        """Count as asked for in the same place as another job about this document."""
        if self.asked is not None and other.asked is not None:
            self.document.untrack(self.asked)
            self.asked = self.document.track(*other.asked.offsets(self.document.snapshot()))

    def is_open(self) -> bool:
        """Whether something can still be done about it."""
        if self.state != "applied" or self.done is None:
            return self.state in ("running", "held")
        from workers_ai_ls.reply.outcomes import Replace

        if isinstance(self.done.outcome, Replace):
            return self.text == self.done.after
        return not self.place.lost

    def cancel(self) -> None:
        """Stop the job if it runs; the connection to the endpoint closes with it."""
        if self.task is not None and self.state == "running" and not self.delivering:
            self.task.cancel()

    def stopped(self) -> None:
        """Take note that the task is over, also one that was cancelled before its first step."""
        if self.state == "running":
            self.state = "done"
