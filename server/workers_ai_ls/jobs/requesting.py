"""What the wire is asked for a prompt: the settings' parameters, and the document's session."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from workers_ai_ls.context import render_raw, render_unscoped
from workers_ai_ls.settings import json_object
from workers_ai_ls.workers_ai import Message, Model, Request

if TYPE_CHECKING:
    from workers_ai_ls.context import Prompt
    from workers_ai_ls.settings import Settings

_KEY = secrets.token_bytes(16)
"""Of this server process; without it nobody finds a document's name by its session."""


def session_of(uri: str) -> str:
    """The session of a document: the same as long as this server runs, and saying nothing of it.

    Requests of one session meet the same prefix cache.
    """
    return hashlib.blake2b(_whole(uri).encode(), key=_KEY, digest_size=16).hexdigest()


def request_of(prompt: Prompt, model: Model, settings: Settings, session: str) -> Request:
    """The request that asks `model`. Raises Failure for a raw prompt without a known template."""
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
        top_p=settings.top_p,
        top_k=settings.top_k,
        seed=settings.seed,
        repetition_penalty=settings.repetition_penalty,
        frequency_penalty=settings.frequency_penalty,
        presence_penalty=settings.presence_penalty,
        lora=settings.lora or None,
        reasoning_effort=settings.reasoning_effort or None,
        session=session,
        extra=json_object(settings.extra_body) if settings.extra_body else {},
    )


def _whole(text: str) -> str:
    """The text with U+FFFD for halves of characters, which editors have and UTF-8 cannot hold."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
