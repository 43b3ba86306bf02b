"""Asks the model: the prompt within its window, the stream of its answer, progress on the way."""

from __future__ import annotations

import asyncio
import contextlib
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.context import SelectionTooLong
from workers_ai_ls.workers_ai import ContextOverflow, Model

from .answer import Answer
from .prompting import size_of, without_secrets
from .requesting import request_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from workers_ai_ls.context import Material, Prompt
    from workers_ai_ls.settings import Settings
    from workers_ai_ls.workers_ai import Client

    from .prompting import Sent
    from .repairing import Earlier

_SMALLER = range(60, 100, 2)
"""Percent of a prompt to try after the endpoint has called it too large: estimates can err."""


async def ask(
    client: Client,
    model: Model,
    settings: Settings,
    material: Material,
    write: Callable[[int | None], Prompt],
    *,
    session: str,
    report: Callable[[str], None],
    earlier: Earlier | None = None,
) -> AsyncGenerator[Answer, None]:
    """Stream the model's answer, yielding it each time it has grown; the last one is complete.

    `write` makes the prompt about the material, within so many tokens. One that the endpoint calls
    too large is made smaller once. `session` is the document's; `earlier` is what the model has
    answered before. Raises Failure.
    """
    # In a thread: the first secret of a session imports its detectors, which takes 60 ms.
    first = await asyncio.to_thread(write, None)
    for again in (False, True):
        prompt = await asyncio.to_thread(_smaller, first, write) if again else first
        sent = await asyncio.to_thread(_sent, prompt, material, earlier)
        answer = Answer(sent.prompt, model, restorer=sent.hidden.restorer())
        status = earlier.status if earlier else ""
        report(status or f"waiting for {model.id.rpartition('/')[2]}")
        stream = client.stream(request_of(answer.prompt, model, settings, session))
        try:
            async with contextlib.aclosing(stream):
                async for event in stream:
                    if told := answer.take(event):
                        report(told)
                    yield answer
            if answer.complete():
                yield answer
        except ContextOverflow:
            if again or answer.text:
                raise
            report("too large, trying again with less context")
        else:
            return


def _sent(prompt: Prompt, material: Material, earlier: Earlier | None) -> Sent:
    whole = prompt.again(*earlier[:2]) if earlier else prompt
    return without_secrets(whole, material)


def _smaller(first: Prompt, write: Callable[[int | None], Prompt]) -> Prompt:
    """Write a prompt that is smaller by what is not needed; else leave less room for the answer."""
    size = size_of(first)
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
