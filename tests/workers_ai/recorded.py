"""Bodies as they come off the wire, byte for byte, in all shapes and with what goes wrong in them.

The frames are facts of the wire: key order, spaces, numbers, padding and ends are as they were seen.
"""

from typing import NamedTuple


class Recorded(NamedTuple):
    """A body, and what it says: `end` is the finish reason, or the failure that ends it."""

    body: bytes
    text: str
    end: str
    reasoning: str = ""
    tokens: tuple[int | None, int | None] = (None, None)  # of the prompt, of the answer


def _events(*frames: str, end: str = "\n\n") -> bytes:
    return "".join(frame + end for frame in frames).encode()


_OPENAI = (
    'data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":'
    '{"role":"assistant","content":""},"finish_reason":null}],"usage":{"prompt_tokens":0,'
    '"completion_tokens":0,"total_tokens":0}}'
)
_TOTAL = '"prompt_tokens":21,"completion_tokens":5,"total_tokens":26'
_NATIVE_USAGE = (
    f'data: {{"response":"","usage":{{{_TOTAL},"prompt_tokens_details":{{"cached_tokens":16}}}}}}'
)


def _openai(delta: str, finish: str = "null") -> str:
    return (
        'data: {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":'
        f'{delta},"finish_reason":{finish}}}],"usage":{{"prompt_tokens":0,"completion_tokens":1,'
        '"total_tokens":1}}'
    )


_NATIVE = (
    'data: {"response":"You","p":"abdefghijklmnop"}',
    'data: {"response":"€re ","p":"abdefg"}',
    'data: {"response":42,"p":"abdefghijk"}',
    'data: {"response":" 😋","p":"a"}',
    'data: {"tool_calls":[],"p":"abdefghij"}',
    _NATIVE_USAGE,
    "data: [DONE]",
)
_LONG_END = (
    _openai("{}", '"stop"'),
    _openai("{}", '"stop"'),
    f'data: {{"id":"c","object":"chat.completion.chunk","choices":[],"usage":{{{_TOTAL}}}}}',
    f'data: {{"response":"","usage":{{{_TOTAL},"neurons":1.71}}}}',
    "data: [DONE]",
    "data: [DONE]",
)
_SAID = "You€re 42 😋"

RECORDED = {
    "native": Recorded(_events(*_NATIVE), _SAID, "stop", "", (21, 5)),
    "native, lines ended by carriage returns": Recorded(
        _events(*_NATIVE, end="\r\r"), _SAID, "stop", "", (21, 5)
    ),
    "native, comments, names and both line ends": Recorded(
        b"\xef\xbb\xbf: hi\r\n\r\n"
        + _events(*(f"event: message\r\n: ping\r\nid: 7\r\n{f}" for f in _NATIVE), end="\r\n\r\n"),
        _SAID,
        "stop",
        "",
        (21, 5),
    ),
    "native, null, missing and object": Recorded(
        _events(
            'data: {"response":null}',
            'data: {"p":"ab"}',
            'data: {"response":{"a":"ä"}}',
            'data:{"response":0}',
            'data: {"response":""}',
            _NATIVE_USAGE,
            "data: [DONE]",
            "data: [DONE]",
        ),
        '{"a": "ä"}0',
        "stop",
        "",
        (21, 5),
    ),
    "native, an event in two lines": Recorded(
        b'data: {"response":\r\ndata: "a"}\r\n\r\n' + _events("data: [DONE]", end="\r\n\r\n"),
        "a",
        "unknown",
    ),
    "dual": Recorded(
        _events(
            'data: {"choices":[{"index":0,"delta":{"content":"def"}}],"response":"def","p":"abd"}',
            'data: {"choices":[{"index":0,"delta":{"content":5}}],"response":5,"p":"abde"}',
            'data: {"choices":[{"index":0,"delta":{"content":"ü"}}],"response":"ü"}',
            _NATIVE_USAGE,
            "data: [DONE]",
        ),
        "def5ü",
        "stop",
        "",
        (21, 5),
    ),
    "openai": Recorded(
        _events(
            _OPENAI,
            _openai('{"reasoning_content":"Hm, ","content":null}'),
            _openai('{"reasoning":"so…"}'),
            _openai('{"content":"✓ "}'),
            _openai('{"content":7}'),
            *_LONG_END,
        ),
        "✓ 7",
        "stop",
        "Hm, so…",
        (21, 5),
    ),
    "openai without [DONE]": Recorded(
        _events(_OPENAI, _openai('{"content":"a"}'), _openai("{}", '"length"')),
        "a",
        "length",
        "",
        (0, 2),
    ),
    "one body": Recorded(
        '{"result":{"response":"Schön","usage":{"prompt_tokens":21,"completion_tokens":5,'
        '"total_tokens":26},"tool_calls":[]},"success":true,"errors":[],"messages":[]}'.encode(),
        "Schön",
        "stop",
        "",
        (21, 5),
    ),
    "one body with a completion": Recorded(
        '{"result":{"id":"c","object":"chat.completion","choices":[{"index":0,"message":'
        '{"role":"assistant","content":"Schön","reasoning_content":"Hm"},"finish_reason":"stop"}],'
        '"usage":{"prompt_tokens":21,"completion_tokens":5,"total_tokens":26}},"success":true,'
        '"errors":[],"messages":[]}'.encode(),
        "Schön",
        "stop",
        "Hm",
        (21, 5),
    ),
    "all thinking": Recorded(
        _events(
            _OPENAI,
            _openai('{"reasoning_content":"Hm"}'),
            _openai('{"content":"\\n\\n"}'),
            _openai("{}", '"length"'),
            "data: [DONE]",
        ),
        "\n\n",
        "OnlyReasoning",
        "Hm",
        (0, 3),
    ),
    "an error in the middle": Recorded(
        _events(
            'data: {"response":"a"}',
            'data: {"errors":[{"message":"AiError: AiError: Request timeout","code":3046}],'
            '"success":false,"result":{},"messages":[]}',
        ),
        "a",
        "ModelTimeout",
    ),
    "cut off": Recorded(_events('data: {"response":"é"}') + b'data: {"respon', "é", "BrokenStream"),
    "cut off inside a character": Recorded(
        _events('data: {"response":"é"}') + b'data: {"response":"\xf0\x9f', "é", "BrokenStream"
    ),
    "no end": Recorded(_events('data: {"response":"é"}'), "é", "BrokenStream"),
    "a web page": Recorded(b"\n<!doctype html><title>Sign in</title>", "", "NotAnApi"),
}
