"""What editors offer besides the actions: what asks no model, and what follows one."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

import attrs

State = Literal["running", "applied", "held"]
"""The states of a job in which something can still be done about it."""


class Entry(NamedTuple):
    """An entry of the code action list that asks no model."""

    name: str
    title: str
    kind: str

    @property
    def command(self) -> str:
        """The id of the command that does it."""
        return f"workers-ai.{self.name}"


PROMPT: Final = Entry("prompt", "AI: Show prompt", "refactor.workers-ai.prompt")


@attrs.frozen
class FollowUp:
    """An entry in the code action menu, for jobs in one of these states."""

    name: str
    """In the command `workers-ai.<name>`."""
    title: str
    states: tuple[State, ...]
    kind: str = "refactor.workers-ai"

    @property
    def command(self) -> str:
        """The id of the command that does it."""
        return f"workers-ai.{self.name}"


FOLLOW_UPS: tuple[FollowUp, ...] = (
    FollowUp("cancel", "AI: Cancel", ("running",)),
    FollowUp("applyAnyway", "AI: Apply anyway", ("held",)),
    FollowUp("showDifference", "AI: Show difference", ("applied", "held")),
    FollowUp("revert", "AI: Revert", ("applied",)),
    FollowUp("tryAgain", "AI: Try again", ("applied",)),
    FollowUp("discard", "AI: Discard", ("held",)),
)
"""In the order in which editors list them."""
