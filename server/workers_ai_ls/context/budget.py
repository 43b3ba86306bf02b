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


def budget_for(
    code: str, *, window: int, most_answer: int | None = None, share: float = 1.0
) -> Budget:
    """Share `window` (tokens) for an answer about `code`.

    The answer gets twice the selection and some more, at least 1,024 tokens, never more than the
    model gives (`most_answer`) or half of the window. `share` below 1 makes the prompt smaller:
    after the endpoint has called it too large.
    """
    answer = max(_LEAST_ANSWER, 2 * estimate(code) + 512)
    answer = min(answer, most_answer or window, window // 2)
    return Budget(prompt=int((window - answer - _OVERHEAD) * share), answer=answer)
