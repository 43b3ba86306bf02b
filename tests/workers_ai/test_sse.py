import pytest

from workers_ai_ls.workers_ai.sse import SseDecoder


def decoded(stream: bytes, size: int) -> list[str]:
    decoder = SseDecoder()
    events: list[str] = []
    for start in range(0, len(stream), size):
        events += decoder.feed(stream[start : start + size])
    return events + decoder.end()


STREAMS = {
    "line feeds": (b"data: a\n\ndata: b\n\n", ["a", "b"]),
    "carriage returns": (b"data: a\r\rdata: b\r\r", ["a", "b"]),
    "both": (b"data: a\r\n\r\ndata: b\r\n\r\n", ["a", "b"]),
    "mixed": (b"data: a\r\n\ndata: b\n\r\ndata: c\r\r\n", ["a", "b", "c"]),
    "several lines": (b"data: a\ndata: b\n\n", ["a\nb"]),
    "several lines of both": (b"data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n", ["a\nb", "c"]),
    "comments": (b": ping\n\ndata: a\n: ping\ndata: b\n\n:\n\n", ["a\nb"]),
    "other fields": (b"event: x\nid: 4\nretry: 9\ndata: a\nnonsense\n\nevent: y\n\n", ["a"]),
    "no space": (b"data:a\n\n", ["a"]),
    "one space of two": (b"data:  a\n\n", [" a"]),
    "colons inside": (b"data: a: b\n\n", ["a: b"]),
    "empty data": (b"data\n\ndata:\n\n", ["", ""]),
    "byte order mark": (b"\xef\xbb\xbfdata: a\n\n", ["a"]),
    "second byte order mark": (b"data: \xef\xbb\xbfa\n\n", ["\ufeffa"]),
    "wide characters": ("data: ä€😋\n\n".encode(), ["ä€😋"]),
    "invalid bytes": (b"data: a\xffb\n\n", ["a\ufffdb"]),
    "form feed and U+2028 end no line": (
        "data: a\fb\u2028c\u0085d\n\n".encode(),
        ["a\fb\u2028c\u0085d"],
    ),
    "no blank line at the end": (b"data: a\n\ndata: b\n", ["a", "b"]),
    "no line end at the end": (b"data: a\n\ndata: b", ["a", "b"]),
    "cut in a character": (b"data: a\xe2\x82", ["a\ufffd"]),
    "nothing": (b"", []),
    "blank lines": (b"\n\n\r\n\n", []),
}


@pytest.mark.parametrize("name", STREAMS)
def test_events_are_the_same_at_every_chunk_size(name: str) -> None:
    stream, expected = STREAMS[name]

    assert [decoded(stream, size) for size in range(1, len(stream) + 2)] == [expected] * (
        len(stream) + 1
    )


def test_an_event_is_told_as_soon_as_its_blank_line_is_there() -> None:
    decoder = SseDecoder()

    assert decoder.feed(b"data: a\r\n\r") == ["a"]
    assert decoder.feed(b"\ndata: b\n") == []
    assert decoder.feed(b"\n") == ["b"]
