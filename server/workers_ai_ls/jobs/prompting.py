"""The prompt of a job: within its model's window, and without the secrets that stand in the code.

What is asked and what *AI: Show prompt* shows are written here, by the same functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import attrs

from workers_ai_ls.context import Prompt, budget_for, estimate
from workers_ai_ls.redaction import Hidden, hide

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.actions import Action
    from workers_ai_ls.context import Material
    from workers_ai_ls.settings import Settings
    from workers_ai_ls.workers_ai import Model

_TRIES = 3
"""Prompts that are written until one fits with its placeholders; the second nearly always does."""


class Sent(NamedTuple):
    """A prompt as it is sent, and what puts the secrets back into its answer."""

    prompt: Prompt
    hidden: Hidden


def write_prompt(
    action: Action,
    material: Material,
    model: Model,
    settings: Settings,
    *,
    most: int | None = None,
    previous: str = "",
    context: int | None = None,
) -> Prompt:
    """Write the prompt within the model's context window, and within `most` tokens.

    `previous` is an answer that the model is to see besides, and what is said about it. `context`
    limits all but the instructions and the code. Secrets still stand in it, and there is room for
    what takes their place. Raises SelectionTooLong.
    """
    most_answer = min(model.max_output, settings.max_tokens or model.max_output)
    budget = budget_for(material.original, window=model.context_window, most_answer=most_answer)
    limits = (budget.prompt - estimate(previous), settings.context.max_tokens, most)
    room = min(limit for limit in limits if limit is not None)
    more = 0
    for _ in range(_TRIES):
        shared = None if context is None else max(0, context - more)
        prompt = action.prompt(
            material, attrs.evolve(budget, prompt=max(0, room - more), context=shared)
        )
        grown = _growth(prompt, material)
        if grown <= more:
            break
        more = grown
    return prompt


def without_secrets(prompt: Prompt, material: Material) -> Sent:
    """Take the secrets out of what is sent."""
    hidden = hide([turn.content for turn in prompt.turns], documents_of(material))
    turns = tuple(
        attrs.evolve(turn, content=text)
        for turn, text in zip(prompt.turns, hidden.texts, strict=True)
    )
    return Sent(attrs.evolve(prompt, turns=turns), hidden)


def documents_of(material: Material) -> Sequence[str]:
    """The files that parts of the prompt are cut out of, whole."""
    tests = material.tests.text if material.tests else None
    return [material.text, tests] if tests else [material.text]


def size_of(prompt: Prompt) -> int:
    """Tokens of a prompt, estimated."""
    return sum(estimate(turn.content) for turn in prompt.turns)


def _growth(prompt: Prompt, material: Material) -> int:
    """By how many tokens the placeholders are longer than the secrets."""
    sent, hidden = without_secrets(prompt, material)
    return max(0, size_of(sent) - size_of(prompt)) if hidden.secrets else 0
