"""One question to a model, and the JSON body that asks it."""

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
    session: str | None = None

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
)


def request_body(request: Request) -> dict[str, object]:
    """Return the JSON body of `POST …/ai/run/{model}`, as the API schema names its members.

    >>> request_body(Request(model="@cf/a/b", max_tokens=9, prompt="Hi", top_k=4))
    {'prompt': 'Hi', 'max_tokens': 9, 'stream': True, 'top_k': 4}
    """
    body: dict[str, object] = {}
    if request.prompt is None:
        body["messages"] = [{"role": m.role, "content": m.content} for m in request.messages]
    else:
        body["prompt"] = request.prompt
        if request.raw:
            body["raw"] = True
    body["max_tokens"] = request.max_tokens
    body["stream"] = request.stream
    for name in _PARAMETERS:
        value = getattr(request, name)
        if value is not None:
            body[name] = value
    return body
