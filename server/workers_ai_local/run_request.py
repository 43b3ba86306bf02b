"""The body of `POST …/ai/run/{model}`, read."""

import json
from collections.abc import Mapping

import attrs

from workers_ai_local.api_errors import ApiError, bad_input, invalid_input

DEFAULT_MAX_TOKENS = 256
"""Cloudflare's default."""

_WHOLE = ("max_tokens", "top_k", "seed")
_KNOBS = ("temperature", "top_p", "repetition_penalty", "frequency_penalty", "presence_penalty")

Json = Mapping[str, object]


@attrs.frozen
class RunRequest:
    """One generation as it was asked for. Exactly one of `messages` and `prompt` is given."""

    model: str
    messages: tuple[Json, ...]
    """Scoped: `{"role": …, "content": …}` each, content a string or a list of text parts."""
    prompt: str | None
    """Unscoped."""
    raw: bool
    """Whether `prompt` already is in the model's own template."""
    stream: bool
    max_tokens: int
    knobs: Mapping[str, float]
    """The sampling parameters that were given, under their names in the API."""

    @property
    def last_words(self) -> str:
        """What the user said last: the prompt, or the last user message's text."""
        if self.prompt is not None:
            return self.prompt
        said = (message for message in reversed(self.messages) if message["role"] == "user")
        content = next(said, {"content": ""})["content"]
        return content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)


def read_request(model: str, body: bytes) -> RunRequest:
    """Read `body`; what the API ignores is ignored. Raises `ApiError`."""
    values = _object(body)
    messages, prompt = values.get("messages"), values.get("prompt")
    if messages is None and prompt is None:
        raise bad_input(
            "oneOf at '/' not met, 0 matches: required properties at '/' are 'prompt', "
            "required properties at '/' are 'messages'"
        )
    if messages is not None and prompt is not None:
        raise bad_input("oneOf at '/' not met, 2 matches: ")
    if prompt is not None and not isinstance(prompt, str):
        raise _mismatch("prompt", "string", prompt)
    whole = _numbers(values, _WHOLE, "integer")
    return RunRequest(
        model=model,
        messages=_messages(messages),
        prompt=prompt,
        raw=values.get("raw") is True,
        stream=values.get("stream") is True,
        max_tokens=max(1, int(whole.pop("max_tokens", DEFAULT_MAX_TOKENS))),
        knobs=_numbers(values, _KNOBS, "number") | whole,
    )


def _object(body: bytes) -> Json:
    try:
        values = json.loads(body)
    except ValueError as error:
        raise invalid_input() from error
    if not isinstance(values, dict):
        raise _mismatch("", "object", values)
    return values


def _messages(messages: object) -> tuple[Json, ...]:
    if messages is None:
        return ()
    if not isinstance(messages, list):
        raise _mismatch("messages", "array", messages)
    for number, message in enumerate(messages):
        if not isinstance(message, dict):
            raise _mismatch(f"messages/{number}", "object", message)
        if not message.keys() >= {"role", "content"}:
            raise bad_input(f"required properties at '/messages/{number}' are 'role,content'")
    return tuple(messages)


def _numbers(values: Json, names: tuple[str, ...], kind: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for name in names:
        value = values.get(name)
        if value is None:
            continue
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise _mismatch(name, kind, value)
        found[name] = int(value) if kind == "integer" else value
    return found


def _mismatch(place: str, wanted: str, value: object) -> ApiError:
    kinds = {dict: "object", list: "array", str: "string", bool: "boolean", type(None): "null"}
    kind = kinds.get(type(value), "number")
    return bad_input(f"Type mismatch of '/{place}', '{wanted}' not in '{kind}'")
