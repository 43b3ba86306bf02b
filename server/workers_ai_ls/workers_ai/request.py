"""One question to a model, and the JSON body that asks it."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

import attrs

Role: TypeAlias = Literal["system", "user", "assistant"]


@attrs.frozen
class Message:
    """One turn of a scoped prompt."""

    role: Role
    content: str


@attrs.frozen(kw_only=True)
class Request:
    """A scoped prompt (`messages`) or an unscoped one (`prompt`), exactly one of the two.

    `raw` says that `prompt` already is in the model's own template. `max_tokens` is always sent,
    because the endpoint's own default (256) cuts answers off. Parameters that are `None` are left
    to the endpoint. `session` becomes the header `x-session-affinity`, by which requests with the
    same beginning meet the same prefix cache.

    Raises `ValueError` when both or neither of `messages` and `prompt` are given: a bug of the
    caller, not a failure to show.
    """

    model: str
    max_tokens: int
    messages: tuple[Message, ...] = ()
    prompt: str | None = None
    raw: bool = False
    stream: bool = True
    temperature: float | None = None
    top_p: float | None = None
    top_k: int | None = None
    seed: int | None = None
    repetition_penalty: float | None = None
    frequency_penalty: float | None = None
    presence_penalty: float | None = None
    lora: str | None = None
    reasoning_effort: str | None = None
    session: str | None = None
    extra: Mapping[str, object] = attrs.field(factory=dict)
    """Further members of the body, which win over none of the above."""

    def __attrs_post_init__(self) -> None:
        if bool(self.messages) == (self.prompt is not None):
            raise ValueError("a request has either messages or a prompt")
        if self.raw and self.prompt is None:
            raise ValueError("only a prompt can be raw")


_PARAMETERS = (
    "temperature",
    "top_p",
    "top_k",
    "seed",
    "repetition_penalty",
    "frequency_penalty",
    "presence_penalty",
    "lora",
    "reasoning_effort",
)


def request_body(request: Request) -> dict[str, object]:
    """Return the JSON body of `POST …/ai/run/{model}`, as the API schema names its members.

    >>> request_body(Request(model="@cf/a/b", max_tokens=9, prompt="Hi", top_k=4))
    {'prompt': 'Hi', 'max_tokens': 9, 'stream': True, 'top_k': 4}
    """
    body: dict[str, object] = {}
    if request.prompt is None:
        body["messages"] = _messages(request.messages)
    else:
        body["prompt"] = request.prompt
        if request.raw:
            body["raw"] = True
    return body | _parameters(request)


def openai_body(request: Request) -> dict[str, object]:
    """Return the JSON body of `POST …/chat/completions`; of `/completions` for a raw prompt.

    An unscoped prompt becomes what the user says, for there is no other way to say it.

    >>> openai_body(Request(model="m", max_tokens=9, prompt="Hi", stream=False))
    {'model': 'm', 'messages': [{'role': 'user', 'content': 'Hi'}], 'max_tokens': 9, 'stream': False}
    """
    body: dict[str, object] = {"model": request.model}
    if request.raw:
        body["prompt"] = request.prompt
    else:
        unscoped = (Message("user", request.prompt or ""),)
        body["messages"] = _messages(request.messages or unscoped)
    body |= _parameters(request)
    if request.stream:
        # Without it most servers do not tell what a streamed answer cost.
        body.setdefault("stream_options", {"include_usage": True})
    return body


def _messages(messages: tuple[Message, ...]) -> list[dict[str, str]]:
    return [{"role": m.role, "content": m.content} for m in messages]


def _parameters(request: Request) -> dict[str, object]:
    parameters: dict[str, object] = {"max_tokens": request.max_tokens, "stream": request.stream}
    for name in _PARAMETERS:
        value = getattr(request, name)
        if value is not None:
            parameters[name] = value
    return {**parameters, **{k: v for k, v in request.extra.items() if k not in parameters}}
