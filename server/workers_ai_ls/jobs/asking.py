"""Asks the model: the prompt within its window, the stream of its answer, progress on the way."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Literal

import attrs

from workers_ai_ls.context import (
    Material,
    Prompt,
    SelectionTooLong,
    budget_for,
    estimate,
    render_raw,
    render_unscoped,
)
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

_SMALLER = range(60, 100, 2)
"""Percent of a prompt to try after the endpoint has called it too large: estimates can err."""

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
            unit = "token" if self.tokens == 1 else "tokens"
            return f"{self.tokens} {unit}, {time.monotonic() - self.started:.0f} s"
        return "thinking" if self.thinking else ""


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
    previous: str,
    report: Callable[[str], None],
) -> AsyncGenerator[Answer, None]:
    """Stream the model's answer, yielding it each time it has grown; the last one is complete.

    `write` makes the prompt within so many tokens. One that the endpoint calls too large is made
    smaller once. Raises Failure.
    """
    first = write(None)
    for prompt in (first, None):
        prompt = prompt or _smaller(first, write)  # noqa: PLW2901 - the second is seldom needed
        answer = Answer(prompt.again(previous, _ANOTHER) if previous else prompt)
        report(f"waiting for {model.id.rpartition('/')[2]}")
        stream = client.stream(_request(answer.prompt, model, settings))
        try:
            async with contextlib.aclosing(stream):
                async for event in stream:
                    _take(answer, event, report)
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
        messages = tuple(Message(turn.role, _whole(turn.content)) for turn in prompt.turns)
    return Request(
        model=model.id,
        messages=messages,
        prompt=None if text is None else _whole(text),
        raw=raw,
        max_tokens=prompt.max_tokens,
        stream=settings.stream,
        temperature=settings.temperature,
    )


def _whole(text: str) -> str:
    """The text with U+FFFD for halves of characters, which editors have and UTF-8 cannot hold."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
