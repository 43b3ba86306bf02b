"""Asks the model: the prompt within its window, the stream of its answer, progress on the way."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.context import Material, Prompt, SelectionTooLong, budget_for, estimate
from workers_ai_ls.workers_ai import ContextOverflow, Model

from .answer import Answer
from .requesting import request_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from workers_ai_ls.actions import Action
    from workers_ai_ls.settings import Settings
    from workers_ai_ls.workers_ai import Client

    from .repairing import Earlier

_SMALLER = range(60, 100, 2)
"""Percent of a prompt to try after the endpoint has called it too large: estimates can err."""


def write_prompt(
    action: Action,
    material: Material,
    model: Model,
    settings: Settings,
    *,
    most: int | None = None,
    previous: str = "",
) -> Prompt:
    """Write the prompt within the model's context window, and within `most` tokens.

    `previous` is an answer that the model is to see besides. Raises SelectionTooLong.
    """
    most_answer = min(model.max_output, settings.max_tokens or model.max_output)
    budget = budget_for(material.original, window=model.context_window, most_answer=most_answer)
    limits = (budget.prompt - estimate(previous), settings.context.max_tokens, most)
    prompt = min(limit for limit in limits if limit is not None)
    return action.prompt(material, attrs.evolve(budget, prompt=prompt))


async def ask(
    client: Client,
    model: Model,
    settings: Settings,
    write: Callable[[int | None], Prompt],
    *,
    session: str,
    report: Callable[[str], None],
    earlier: Earlier | None = None,
) -> AsyncGenerator[Answer, None]:
    """Stream the model's answer, yielding it each time it has grown; the last one is complete.

    `write` makes the prompt within so many tokens. One that the endpoint calls too large is made
    smaller once. `session` is the document's; `earlier` is what the model has answered before.
    Raises Failure.
    """
    first = write(None)
    for prompt in (first, None):
        prompt = prompt or _smaller(first, write)  # noqa: PLW2901 - the second is seldom needed
        answer = Answer(prompt.again(*earlier[:2]) if earlier else prompt, model)
        status = earlier.status if earlier else ""
        report(status or f"waiting for {model.id.rpartition('/')[2]}")
        stream = client.stream(request_of(answer.prompt, model, settings, session))
        try:
            async with contextlib.aclosing(stream):
                async for event in stream:
                    if told := answer.take(event):
                        report(told)
                    yield answer
        except ContextOverflow:
            if prompt is not first or answer.text:
                raise
            report("too large, trying again with less context")
        else:
            return


def _smaller(first: Prompt, write: Callable[[int | None], Prompt]) -> Prompt:
    """Write a prompt that is smaller by what is not needed; else leave less room for the answer."""
    size = sum(estimate(turn.content) for turn in first.turns)
    for percent in _SMALLER:
        with contextlib.suppress(SelectionTooLong):
            prompt = write(size * percent // 100)
            if prompt.turns != first.turns:
                break
    else:
        prompt = first
    if percent == _SMALLER[0]:
        return prompt
    return attrs.evolve(prompt, max_tokens=prompt.max_tokens // 2)
