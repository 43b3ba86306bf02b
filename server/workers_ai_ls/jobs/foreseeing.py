"""What an action would send, written by the functions that a job uses, and sent nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.errors import Failure
from workers_ai_ls.workers_ai import Usage

from .prompting import size_of, without_secrets, write_prompt
from .requesting import request_of

if TYPE_CHECKING:
    from workers_ai_ls.actions import Action
    from workers_ai_ls.context import Material
    from workers_ai_ls.settings import Settings
    from workers_ai_ls.workers_ai import Model, Request

    from .prompting import Sent


@attrs.frozen
class Foreseen:
    """What an action would send."""

    action: Action
    material: Material
    sent: Sent
    request: Request
    model: Model

    @property
    def tokens(self) -> int:
        """What is sent, estimated."""
        return size_of(self.sent.prompt)

    @property
    def neurons(self) -> tuple[float, float] | None:
        """What the prompt alone costs, and with the longest answer; None where no price is known."""
        low, high = (
            self.model.cost(Usage(prompt_tokens=self.tokens, completion_tokens=answer))
            for answer in (0, self.sent.prompt.max_tokens)
        )
        return None if low is None or high is None else (low, high)

    @property
    def dollars(self) -> tuple[float, float] | None:
        """The same in US dollars."""
        price = self.model.price
        if price is None:
            return None
        low = self.tokens * price.usd_per_m_input / 1e6
        return low, low + self.sent.prompt.max_tokens * price.usd_per_m_output / 1e6


@attrs.frozen
class Refused:
    """An action that would send nothing, and why."""

    action: Action
    sentence: str


def foresee(
    action: Action,
    material: Material,
    model: Model,
    settings: Settings,
    *,
    context: int | None = None,
) -> Foreseen:
    """Write the request of an action; `context` limits all but the instructions and the code.

    Raises Failure where the action would fail before anything is sent.
    """
    prompt = write_prompt(action, material, model, settings, context=context)
    sent = without_secrets(prompt, material)
    # The session is a secret of each server, and says nothing of the prompt.
    request = request_of(sent.prompt, model, settings, session="")
    return Foreseen(action, material, sent, request, model)


def foresee_or_say(
    action: Action, material: Material, model: Model, settings: Settings
) -> Foreseen | Refused:
    """The same, with the sentence of a failure in its place."""
    try:
        return foresee(action, material, model, settings)
    except Failure as failure:
        return Refused(action, str(failure))
