"""What is asked of a model, read from the body of a request."""

import json
import math
from collections.abc import Mapping
from typing import TypeGuard, cast

import attrs

from workers_ai_local.api_errors import bad_input, invalid_input
from workers_ai_local.schemas import OPENAI, Schema, Unmet, schema_of, validate

DEFAULT_MAX_TOKENS = 256
"""Cloudflare's default."""

_WHOLE = ("top_k", "seed")
_KNOBS = ("temperature", "top_p", "repetition_penalty", "frequency_penalty", "presence_penalty")

Json = Mapping[str, object]


@attrs.frozen
class RunRequest:
    """One generation as it was asked for. Exactly one of `messages` and `prompt` is given."""

    model: str
    messages: tuple[Json, ...]
    """Scoped: `{"role": …, "content": …}` each, content a string or a list of text parts.

    Cloudflare's validator lets a list of strings through, for which no model has a use.
    """
    prompt: str | None
    """Unscoped."""
    raw: bool
    """Whether `prompt` already is in the model's own template."""
    stream: bool
    max_tokens: int
    knobs: Mapping[str, float]
    """The sampling parameters that were given, under their names in the API."""
    reject_if_busy: bool = False
    """Whether to be refused rather than to wait for others."""

    @property
    def last_words(self) -> str:
        """What the user said last: the prompt, or the last user message's text."""
        if self.prompt is not None:
            return self.prompt
        said = (
            message.get("content", "")
            for message in reversed(self.messages)
            if isinstance(message, dict) and message.get("role") == "user"
        )
        content = next(said, "")
        return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)


def read_object(body: bytes) -> dict[str, object]:
    """Read `body` as a JSON object. Raises `ApiError`."""
    try:
        values = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise invalid_input() from error
    if not isinstance(values, dict):
        _check({"type": "object"}, values)
    return cast("dict[str, object]", values)


def read_request(model: str, values: Json) -> RunRequest:
    """Read what `…/ai/run` is given; what the API ignores is ignored. Raises `ApiError`."""
    _check(schema_of(model), values)
    # A prompt beside messages that meet the schema is one that does not, so it does not count.
    prompt = None if _is_met(schema_of(model), values, "messages") else values["prompt"]
    return RunRequest(
        model=model,
        messages=() if prompt is not None else _messages(values),
        prompt=cast("str | None", prompt),
        raw=values.get("raw") is True,
        stream=values.get("stream") is True,
        max_tokens=_max_tokens(values),
        knobs=_knobs(values),
        reject_if_busy=_rejects(values),
    )


def read_chat(model: str, values: Json) -> RunRequest:
    """Read what `…/v1/chat/completions` is given, in OpenAI's words. Raises `ApiError`."""
    _check(OPENAI, values)
    return RunRequest(
        model=model,
        messages=_messages(values),
        prompt=None,
        raw=False,
        stream=values.get("stream") is True,
        max_tokens=_max_tokens(values),
        knobs=_knobs(values),
    )


def read_completion(model: str, values: Json) -> RunRequest:
    """Read what `…/v1/completions` is given: a prompt in the model's template."""
    if not isinstance(values.get("prompt"), str):
        raise bad_input("required properties at '/' are 'prompt'")
    return attrs.evolve(
        read_chat(model, {**values, "messages": []}), prompt=str(values["prompt"]), raw=True
    )


def _check(schema: Schema, values: object) -> None:
    try:
        validate(schema, values)
    except Unmet as unmet:
        raise bad_input(str(unmet)) from unmet


def _is_met(schema: Schema, values: Json, member: str) -> bool:
    """Whether the branch that requires `member` is the one that `values` meets."""
    branch = next(each for each in schema["oneOf"] if member in each["required"])
    try:
        validate({"type": "object", **branch}, values)
    except Unmet:
        return False
    return True


def _messages(values: Json) -> tuple[Json, ...]:
    return tuple(cast("list[Json]", values["messages"]))


def _max_tokens(values: Json) -> int:
    asked = values.get("max_tokens", values.get("max_completion_tokens"))
    return max(1, int(asked)) if _is_number(asked) else DEFAULT_MAX_TOKENS


def _knobs(values: Json) -> dict[str, float]:
    known = {name: values.get(name) for name in _KNOBS}
    whole = {name: values.get(name) for name in _WHOLE}
    found = {name: value for name, value in known.items() if _is_number(value)}
    return found | {name: int(value) for name, value in whole.items() if _is_number(value)}


def _is_number(value: object) -> TypeGuard[int | float]:
    if isinstance(value, float):
        return math.isfinite(value)  # 1e999 is JSON, and no number.
    return isinstance(value, int) and not isinstance(value, bool)


def _rejects(values: Json) -> bool:
    options = values.get("options")
    return isinstance(options, dict) and options.get("rejectIfBusy") is True


def _no_number(word: str) -> float:
    raise ValueError(f"{word} is no JSON")
