"""What a replay script says.

A script is JSON (or the same values in Python):

    {"models": ["@cf/qwen/qwen2.5-coder-32b-instruct"],   the ids to answer to
     "token": "…",                                        instead of a random one
     "window": 32768,                                     absent: Cloudflare's for the model
     "replies": [REPLY, …]}

The first reply serves whose `when` occurs in what the user said last, and that has not served
`times` times yet. A REPLY is

    {"when": "Explain", "times": 1,       both optional: any request, any number of times
     "delay": 0.5,                        seconds before the headers
     "shape": "native",                   or dual, openai, json
     "text": "…" or "pieces": ["a", …],   a text is cut into words
     "numbers": true,                     a word of it that is a number is sent as one
     "every": 0.01,                       seconds before each piece
     "chunk": 1,                          bytes sent at a time; absent: a frame at a time
     "usage": {"prompt": 9, "completion": 2, "cached": 0},   null: none; absent: counted
     "reason": "stop",                    or length, error (native streams don't tell it)
     "finishes": 1, "dones": 1,           how many frames tell the reason, how many [DONE] follow
     "end": "done"}                       or cut (no [DONE]), drop (the connection), hang

where a piece is what stands in `response`: a string, a number, null; or an object: one of
`{"text": …}`, `{"reasoning": "…"}`, `{"raw": "data: …"}` (bytes of the stream), `{"frame": {…}}`
(an event of its own, such as `{"error": {…}}`) and `{"value": {…}}` (an object in `response`),
each with an `"after"` of its own in seconds. A refusal is

    {"when": …, "times": …, "delay": …,
     "error": {"status": 429, "code": 3040, "message": "…", "layer": "model", "headers": {…}}}

with a layer of model, edge, edge-router, openai or gateway, or with a `"body"` of its own in place of an
envelope, such as a proxy's HTML.
"""

from collections.abc import Iterable, Mapping
from typing import cast

import attrs

from workers_ai_local.recorded import End, Piece, Refusal, Reply

__all__ = ["DEFAULT_MODEL", "End", "Piece", "Refusal", "Reply", "Script", "read_script"]

DEFAULT_MODEL = "@cf/qwen/qwen2.5-coder-32b-instruct"
DEFAULT_WINDOW = 32_768
"""Tokens, of a model that nobody knows."""


def _replies(values: Iterable[object]) -> tuple[Reply, ...]:
    return tuple(
        Reply(**value) if isinstance(value, dict) else cast("Reply", value) for value in values
    )


@attrs.frozen
class Script:
    """A whole script."""

    replies: tuple[Reply, ...] = attrs.field(converter=_replies)
    models: tuple[str, ...] = attrs.field(default=(DEFAULT_MODEL,), converter=tuple)
    token: str | None = attrs.field(default=None, repr=False)
    window: int | None = None


def read_script(values: Mapping[str, object]) -> Script:
    """Read a script. Raises `TypeError` or `ValueError` for what no script may say."""
    return Script(**cast("dict[str, object]", values))  # type: ignore[arg-type] # attrs checks them
