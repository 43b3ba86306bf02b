"""Asks the model: the prompt within its window, the stream of its answer, progress on the way."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Literal

import attrs

from workers_ai_ls.context import Material, Prompt, budget_for, render_raw, render_unscoped
from workers_ai_ls.reply import Reader, Reply
from workers_ai_ls.workers_ai import (
    ContextOverflow,
    Finish,
    Message,
    Model,
    Reasoning,
    Request,
    Retrying,
    Text,
    Usage,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from workers_ai_ls.actions import Action
    from workers_ai_ls.settings import Settings
    from workers_ai_ls.workers_ai import Client

_SMALLER = 0.6
"""The prompt's share of the room after the endpoint has called it too large: estimates can err."""

_ANOTHER = "Give a different answer to the same request, in the same form."


@attrs.define
class Answer:
    """The model's answer as it grows."""

    prompt: Prompt
    reader: Reader = attrs.field(factory=Reader)
    usage: Usage | None = None
    finish: Literal["stop", "length", "unknown"] = "unknown"
    tokens: int = 0
    thinking: int = 0
    text: str = ""
    started: float = attrs.field(factory=time.monotonic)

    def reply(self) -> Reply:
        """Read what the answer means, once it has ended."""
        return self.reader.finish(self.finish)

    def status(self) -> str:
        """How the answer stands, for the progress display."""
        if self.tokens:
            return f"{self.tokens} tokens, {time.monotonic() - self.started:.0f} s"
        return "thinking" if self.thinking else ""


def write_prompt(
    action: Action, material: Material, model: Model, settings: Settings, share: float = 1.0
) -> Prompt:
    """Write the prompt within the model's context window. Raises SelectionTooLong."""
    most = min(model.max_output, settings.max_tokens or model.max_output)
    budget = budget_for(
        material.original, window=model.context_window, most_answer=most, share=share
    )
    limit = settings.context.max_tokens
    if limit is not None:
        budget = attrs.evolve(budget, prompt=min(budget.prompt, limit))
    return action.prompt(material, budget)


async def ask(
    client: Client,
    model: Model,
    settings: Settings,
    write: Callable[[float], Prompt],
    previous: str,
    report: Callable[[str], None],
) -> AsyncGenerator[Answer, None]:
    """Stream the model's answer, yielding it each time it has grown; the last one is complete.

    `write` makes the prompt for a share of the room. A prompt that the endpoint calls too large is
    made smaller once. Raises Failure.
    """
    for share in (1.0, _SMALLER):
        prompt = write(share)
        if previous:
            prompt = prompt.again(previous, _ANOTHER)
        answer = Answer(prompt)
        report(f"waiting for {model.id.rpartition('/')[2]}")
        stream = client.stream(_request(prompt, model, settings))
        try:
            async with contextlib.aclosing(stream):
                async for event in stream:
                    _take(answer, event, report)
                    yield answer
        except ContextOverflow:
            if share < 1 or answer.text:
                raise
            report("too large, trying again with less context")
        else:
            return


def _take(
    answer: Answer,
    event: Text | Reasoning | Usage | Finish | Retrying,
    report: Callable[[str], None],
) -> None:
    match event:
        case Text(text):
            answer.tokens += 1
            answer.text += text
            answer.reader.feed(text)
        case Reasoning(text):
            answer.thinking += 1
        case Usage():
            answer.usage = event
        case Finish(reason):
            answer.finish = reason if reason in ("stop", "length") else "unknown"
        case Retrying(delay_s, reason):
            report(f"{reason}, trying again in {delay_s:.0f} s")
            return
    if status := answer.status():
        report(status)


def _request(prompt: Prompt, model: Model, settings: Settings) -> Request:
    messages: tuple[Message, ...] = ()
    text: str | None
    text, raw = None, settings.prompt_style == "raw"
    if raw:
        text = render_raw(prompt, model.id)
    elif settings.prompt_style == "unscoped":
        text = render_unscoped(prompt)
    else:
        messages = tuple(Message(turn.role, turn.content) for turn in prompt.turns)
    return Request(
        model=model.id,
        messages=messages,
        prompt=text,
        raw=raw,
        max_tokens=prompt.max_tokens,
        stream=settings.stream,
        temperature=settings.temperature,
    )
