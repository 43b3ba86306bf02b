"""What one JSON payload says, whichever of the wire's shapes it has.

The four shapes are native (`response`), dual (`response` and `choices` with the same text), OpenAI
(`choices`), and one whole JSON body, in Cloudflare's envelope or bare.
"""

import json
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from workers_ai_ls.workers_ai.events import FinishReason, Usage

Json: TypeAlias = object  # what `json.loads` returns; every use narrows it

_REASONS: dict[str, FinishReason] = {
    "stop": "stop",
    "stop_sequence": "stop",
    "end_turn": "stop",
    "eos": "stop",
    "length": "length",
    "max_tokens": "length",
    "model_length": "length",
    "tool_calls": "tool_calls",
    "function_call": "tool_calls",
    "content_filter": "content_filter",
}


class Said(NamedTuple):
    """One payload in our words; a tuple, because there is one for each token.

    `from_choice`: the payload has an entry in `choices`; `text` then is that entry's.
    `finish` is the endpoint's own word. `known`: the payload has any member that we read.
    """

    text: str = ""
    reasoning: str = ""
    from_choice: bool = False
    finish: str | None = None
    usage: Usage | None = None
    known: bool = True


def said(payload: Mapping[str, Json]) -> Said:
    """Read one event of a stream, or one whole answer out of its envelope.

    >>> said({"response": 4}).text, said({"choices": [{"delta": {"content": "4"}}]}).text
    ('4', '4')
    """
    usage = _usage(payload.get("usage"))
    choices = payload.get("choices")
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        choice = choices[0]
        delta = _first_dict(choice.get("delta"), choice.get("message"))
        text = _text(delta.get("content"))
        # The same event's `response` repeats the content, or stands in for a missing one.
        text = text or _text(choice.get("text")) or _text(payload.get("response"))
        reasoning = _text(delta.get("reasoning_content")) or _text(delta.get("reasoning"))
        finish = choice.get("finish_reason")
        return Said(
            text=text,
            reasoning=reasoning,
            from_choice=True,
            finish=finish if isinstance(finish, str) and finish else None,
            usage=usage,
        )
    known = not payload.keys().isdisjoint(("response", "choices", "usage", "tool_calls"))
    return Said(text=_text(payload.get("response")), usage=usage, known=known)


def unwrapped(body: Mapping[str, Json]) -> Mapping[str, Json]:
    """Return what stands in Cloudflare's envelope, or the body itself where there is none."""
    result = body.get("result")
    return result if isinstance(result, dict) else body


def finish_reason(word: str) -> FinishReason:
    """Return our name for an endpoint's reason to stop."""
    return _REASONS.get(word.lower(), "unknown")


def _text(value: Json) -> str:
    """Return what a model said: a number is a token that looks like one, an object is JSON."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def _usage(value: Json) -> Usage | None:
    if not isinstance(value, dict):
        return None
    details = _first_dict(value.get("prompt_tokens_details"))
    spent = _first_dict(value.get("completion_tokens_details"))
    neurons = value.get("neurons")
    return Usage(
        prompt_tokens=_count(value.get("prompt_tokens")),
        completion_tokens=_count(value.get("completion_tokens")),
        total_tokens=_count(value.get("total_tokens")),
        cached_tokens=_count(details.get("cached_tokens")),
        neurons=float(neurons) if isinstance(neurons, int | float) else None,
        reasoning_tokens=_count(spent.get("reasoning_tokens")),
    )


def _count(value: Json) -> int | None:
    return int(value) if isinstance(value, int | float) else None


def _first_dict(*values: Json) -> Mapping[str, Json]:
    return next((value for value in values if isinstance(value, dict)), {})
