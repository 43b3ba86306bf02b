"""How a model's context window is shared between the prompt and the answer."""

from __future__ import annotations

import attrs

from workers_ai_ls.errors import Failure

from .tokens import estimate

_LEAST_ANSWER = 1024
_OVERHEAD = 64
"""Tokens that the chat template adds around the turns."""


class SelectionTooLong(Failure):
    """The selected code and the instructions alone exceed the model's context window."""

    def __init__(self, needed: int, available: int) -> None:
        super().__init__(
            f"The selected code needs about {needed:,} tokens, but the model has room for "
            f"{available:,}; select less, or choose a model with a larger context window."
        )


@attrs.frozen
class Budget:
    """Tokens for one request: `prompt` for everything sent, `answer` for what comes back."""

    prompt: int
    answer: int
    context: int | None = None
    """At most so many for everything but the instructions (system, task) and the selected code."""


def budget_for(code: str, *, window: int, most_answer: int | None = None) -> Budget:
    """Share `window` (tokens) for an answer about `code`.

    The answer gets max(1024, 2 * code + 512) tokens, which is room for the code, what is added to
    it and some words. Two limits go before: what the model gives at most (`most_answer`), and half
    of the window, so that a prompt fits beside it. The prompt gets the rest of the window.
    """
    most = min(most_answer or window, window // 2)
    answer = min(max(_LEAST_ANSWER, 2 * estimate(code, limit=most) + 512), most)
    return Budget(prompt=max(0, window - answer - _OVERHEAD), answer=answer)
