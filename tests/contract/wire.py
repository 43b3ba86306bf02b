"""The wire's own frames: the fixed point that neither client nor endpoint may drift from.

Each frame is a pattern for what is sent, and an example of it as it was seen. `…` stands for what
differs from one answer to the next: padding, ids, times, prices.
"""

import re
from typing import NamedTuple

_ANY = {"…": r'[^"]*', "#": r"[0-9.]+"}
_TOTAL = (
    '"prompt_tokens":21,"completion_tokens":5,"total_tokens":26,'
    '"prompt_tokens_details":{"cached_tokens":16}'
)
_SHORT = {
    "CHUNK": '"id":"…","object":"chat.completion.chunk","created":#,"model":"…"',
    "NO_TOKEN": (
        '"usage":{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0,'
        '"prompt_tokens_details":{"cached_tokens":0}}'
    ),
    "ONE_TOKEN": (
        '"usage":{"prompt_tokens":0,"completion_tokens":1,"total_tokens":1,'
        '"prompt_tokens_details":{"cached_tokens":0}}'
    ),
    "USAGE": f'"usage":{{{_TOTAL}}}',
    "PRICED": f'"usage":{{{_TOTAL},"neurons":#}}',
}


class Stream(NamedTuple):
    """The frames of a stream, in their order."""

    frames: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        return re.compile("".join(_pattern(frame) + "\n\n" for frame in self.frames))

    @property
    def example(self) -> bytes:
        whole = "".join(frame + "\n\n" for frame in self.frames)
        return whole.replace("…", "abcdef").replace("#", "1").encode()


def _pattern(frame: str) -> str:
    pattern = re.escape(frame)
    for mark, what in _ANY.items():
        pattern = pattern.replace(re.escape(mark), what)
    return pattern


def _stream(*frames: str) -> Stream:
    return Stream(tuple(_in_full(frame) for frame in frames))


def _in_full(frame: str) -> str:
    for short, full in _SHORT.items():
        frame = frame.replace(short, full)
    return frame


_SAID = (
    'data: {CHUNK,"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}],NO_TOKEN}',
    'data: {CHUNK,"choices":[{"index":0,"delta":{"content":"You"},"finish_reason":null}],ONE_TOKEN}',
    'data: {CHUNK,"choices":[{"index":0,"delta":{"content":4},"finish_reason":null}],ONE_TOKEN}',
    'data: {CHUNK,"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}',
)

NATIVE = _stream(
    'data: {"response":"You","p":"…"}',
    'data: {"response":4,"p":"…"}',
    'data: {"tool_calls":[],"p":"…"}',
    'data: {"response":"",USAGE}',
    "data: [DONE]",
)
DUAL = _stream(
    'data: {CHUNK,"choices":[{"index":0,"delta":{"content":"You"},"finish_reason":null}],"response":"You","p":"…"}',
    'data: {CHUNK,"choices":[{"index":0,"delta":{"content":4},"finish_reason":null}],"response":4,"p":"…"}',
    'data: {CHUNK,"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}',
    'data: {"response":"",USAGE}',
    "data: [DONE]",
)
OPENAI = _stream(
    *_SAID,
    'data: {CHUNK,"choices":[],USAGE}',
    'data: {"response":"",PRICED}',
    "data: [DONE]",
)
CHAT = _stream(*_SAID, 'data: {CHUNK,"choices":[],PRICED}', "data: [DONE]")
WHOLE = _in_full(
    '{"result":{"response":"You4",USAGE,"tool_calls":[]},"success":true,"errors":[],"messages":[]}'
)

ENVELOPES = {
    "model": '{"errors":[{"message":"Told","code":3040}],"success":false,"result":{},"messages":[]}',
    "edge": '{"result":null,"success":false,"errors":[{"code":3040,"message":"Told"}],"messages":[]}',
    "edge-router": '{"success":false,"errors":[{"code":3040,"message":"Told"}],"messages":[],"result":null}',
    "openai": '{"error":{"code":3040,"message":"Told"}}',
    "gateway": '{"success":false,"result":[],"messages":[],"error":[{"code":3040,"message":"Told"}],"name":"AiGatewayError","httpCode":429,"internalCode":3040}',
}  # fmt: skip # as it comes
