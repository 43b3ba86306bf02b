"""What llama.cpp says while it generates: OpenAI's chunks, with prompt progress and errors."""

from collections.abc import Mapping
from typing import cast

import attrs

from workers_ai_local.engine import Reason, Usage

Chunk = Mapping[str, object]


@attrs.frozen
class LlamaFailure:
    """llama.cpp's refusal."""

    is_clients: bool
    prompt_tokens: int | None
    """How long the prompt was, when it was too long."""


def failure(chunk: Chunk) -> LlamaFailure | None:
    """Return the refusal that `chunk` is, if it is one."""
    if "error" not in chunk:
        return None
    error = _mapping(chunk["error"])
    too_long = error.get("type") == "exceed_context_size_error"
    return LlamaFailure(
        is_clients=error.get("code") == 400,  # noqa: PLR2004 - HTTP's number for the client's fault
        prompt_tokens=_count(error, "n_prompt_tokens") if too_long else None,
    )


def prompt_tokens(chunk: Chunk) -> int | None:
    """Return the prompt's length, which the chunks before the first token tell."""
    progress = _mapping(chunk.get("prompt_progress"))
    return _count(progress, "total") if progress else None


def text(chunk: Chunk) -> str:
    """Return the piece of the answer in `chunk`, often none."""
    choice = _choice(chunk)
    piece = _mapping(choice.get("delta")).get("content") or choice.get("text")
    return piece if isinstance(piece, str) else ""


def finish_reason(chunk: Chunk) -> Reason | None:
    """Return why the answer ended, from the chunk that says so."""
    reason = _choice(chunk).get("finish_reason")
    if reason is None:
        return None
    return "length" if reason == "length" else "stop"


def usage(chunk: Chunk) -> Usage | None:
    """Return the token counts, from the chunk that has them."""
    counts = _mapping(chunk.get("usage"))
    if not counts:
        return None
    details = _mapping(counts.get("prompt_tokens_details"))
    return Usage(
        prompt=_count(counts, "prompt_tokens"),
        completion=_count(counts, "completion_tokens"),
        cached=_count(details, "cached_tokens"),
    )


def _choice(chunk: Chunk) -> Chunk:
    choices = chunk.get("choices")
    return _mapping(choices[0]) if isinstance(choices, list) and choices else {}


def _mapping(value: object) -> Chunk:
    return cast("Chunk", value) if isinstance(value, dict) else {}


def _count(values: Chunk, name: str) -> int:
    value = values.get(name, 0)
    return value if isinstance(value, int) else 0
