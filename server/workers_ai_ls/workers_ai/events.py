"""What `Client.stream` yields: a closed union of frozen values, in the order of arrival.

`Retrying*  Served  (Text | Reasoning)*  Usage?  Finish`. A stream that raises instead has no `Finish`.
"""

from typing import Literal, TypeAlias

import attrs

FinishReason: TypeAlias = Literal["stop", "length", "tool_calls", "content_filter", "unknown"]


@attrs.frozen
class Text:
    """A piece of the answer, never empty; pieces are cut anywhere, even inside a word."""

    text: str


@attrs.frozen
class Reasoning:
    """A piece of the model's thinking, never empty; it is progress, not part of the answer."""

    text: str


@attrs.frozen
class Usage:
    """What the whole answer cost, in tokens; `None` where the endpoint did not say.

    `cached_tokens` are the part of `prompt_tokens` that the prefix cache served, `reasoning_tokens`
    the part of `completion_tokens` that was thinking. `neurons` is Cloudflare's unit of price.
    """

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    total_tokens: int | None = None
    cached_tokens: int | None = None
    neurons: float | None = None
    reasoning_tokens: int | None = None


@attrs.frozen
class Finish:
    """The last event of every stream that succeeded.

    `length`: the answer was cut at `max_tokens`. That is also concluded from the token counts
    where the endpoint gives no reason, as Workers AI's native streams do. `unknown`: no reason
    came, or one that has no name here.
    """

    reason: FinishReason


@attrs.frozen
class Retrying:
    """The request failed and is sent again after `delay_s` seconds.

    `reason` is a few words for a progress report, such as "busy".
    """

    delay_s: float
    reason: str


@attrs.frozen
class Served:
    """The endpoint has begun to answer; what its headers said of the request, "" where nothing.

    `cache`: AI Gateway's word, `HIT` or `MISS`. `log_id`: its log entry. `request_id`: Cloudflare's.
    """

    cache: str = ""
    log_id: str = ""
    request_id: str = ""


Event: TypeAlias = Served | Text | Reasoning | Usage | Finish | Retrying
