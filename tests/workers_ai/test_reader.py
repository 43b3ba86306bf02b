import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scripted_answers import (
    DONE,
    dual_stream,
    frame,
    json_answer,
    native_stream,
    openai_stream,
)
from tests.workers_ai.reading import (
    ASKED,
    finish_of,
    read,
    read_cut,
    read_on,
    reasoning_of,
    text_of,
    usage_of,
)
from workers_ai_ls.workers_ai import (
    BrokenStream,
    Finish,
    ModelError,
    ModelTimeout,
    NoCapacity,
    NotAnApi,
    ServerError,
    Usage,
    WireFailure,
)
from workers_ai_ls.workers_ai.reader import AnswerReader

PIECES = ("def ", "ä€😋", 42, " = ", "\n")
SAID = "def ä€😋42 = \n"
SHAPES = {
    "native": native_stream(*PIECES),
    "dual": dual_stream(*PIECES),
    "openai": openai_stream(*PIECES),
    "json": json_answer(SAID),
    "json completion": json_answer(SAID, shape="completion"),
    "json bare": json_answer(SAID, shape="bare"),
}
USAGE = Usage(prompt_tokens=9, completion_tokens=4, total_tokens=13)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_the_same_text_at_every_chunk_size(shape: str) -> None:
    body = SHAPES[shape].body

    for size in range(1, len(body) + 1):
        events = read(body, size)
        assert text_of(events) == SAID, size
        assert finish_of(events) == "stop", size


@pytest.mark.parametrize("shape", SHAPES)
def test_carriage_returns_comments_and_a_byte_order_mark_change_nothing(shape: str) -> None:
    body = SHAPES[shape].body
    if not shape.startswith("json"):
        body = b": ping\n\n" + body.replace(b"\n\n", b"\r\n\r\n: ping\r\n\r\n")

    assert text_of(read(b"\xef\xbb\xbf" + body, 1)) == SAID


@pytest.mark.parametrize("shape", SHAPES)
def test_the_total_of_the_usage_is_told_once_before_the_finish(shape: str) -> None:
    events = read(SHAPES[shape].body)

    told = events[-2]
    assert isinstance(told, Usage)
    assert (told.prompt_tokens, told.completion_tokens, told.total_tokens) == (9, 4, 13)
    assert sum(isinstance(event, Usage) for event in events) == 1


def test_the_native_frames_after_an_openai_stream_complete_its_usage() -> None:
    usage = usage_of(read(openai_stream("a").body))

    assert usage is not None
    assert usage.neurons == 0.5


def test_cached_tokens_are_read() -> None:
    details = {"prompt_tokens": 9, "prompt_tokens_details": {"cached_tokens": 8}}

    assert usage_of(read(native_stream("a", usage=details).body)) == Usage(
        prompt_tokens=9, cached_tokens=8
    )


@pytest.mark.parametrize(
    ("counts", "expected"), [([1, 1, 1], 3), ([1, 2, 3], 3), ([5], 5), ([2, 1, 4], 7)]
)
def test_usage_of_chunks_counts_where_no_total_came(counts: list[int], expected: int) -> None:
    frames = [
        frame({"response": "x", "usage": {"prompt_tokens": 7, "completion_tokens": count}})
        for count in counts
    ]

    usage = usage_of(read(b"".join(frames) + DONE))

    assert usage is not None
    assert (usage.prompt_tokens, usage.completion_tokens) == (7, expected)


@pytest.mark.parametrize(
    ("response", "text"),
    [
        (5, "5"),
        (0, "0"),
        (1.5, "1.5"),
        (None, ""),
        ("", ""),
        (True, "true"),
        ({"a": "ä"}, '{"a": "ä"}'),
        ([1, 2], "[1, 2]"),
    ],
)
def test_a_response_may_be_any_json_value(response: object, text: str) -> None:
    native = frame({"response": response})
    openai = frame({"choices": [{"delta": {"content": response}}]})
    dual = frame({"choices": [{"delta": {"content": response}}], "response": response})
    whole = json.dumps({"result": {"response": response}, "success": True}).encode()

    assert [text_of(read(body + DONE)) for body in (native, openai, dual)] == [text] * 3
    assert text_of(read(whole)) == text


def test_a_dual_event_may_hold_its_text_in_response_alone() -> None:
    body = frame({"choices": [{"delta": {"role": "assistant"}}], "response": "a"})

    assert text_of(read(body + DONE)) == "a"


def test_a_whole_answer_repeated_at_the_end_is_not_told_again() -> None:
    body = frame({"choices": [{"delta": {"content": "ab"}}]}) + frame({"response": "ab"}) + DONE

    assert text_of(read(body)) == "ab"
    assert text_of(read(body + frame({"choices": [{"delta": {"content": "ab"}}]}) + DONE)) == "ab"


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
def test_reasoning_is_apart_from_the_text(name: str) -> None:
    deltas: list[dict[str, object]] = [{name: "think"}, {name: None, "content": "say"}]
    body = b"".join(frame({"choices": [{"delta": delta}]}) for delta in deltas) + DONE
    whole = json.dumps({"choices": [{"message": {name: "think", "content": "say"}}]}).encode()

    for events in (read(body), read(whole)):
        assert (reasoning_of(events), text_of(events)) == ("think", "say")


def test_tool_calls_are_ignored() -> None:
    delta = {"content": None, "tool_calls": [{"function": {"name": "f"}}]}
    body = frame({"choices": [{"delta": delta, "finish_reason": "tool_calls"}]}) + DONE

    assert text_of(read(body)) == ""
    assert finish_of(read(body)) == "tool_calls"


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("stop", "stop"),
        ("length", "length"),
        ("eos", "stop"),
        ("LENGTH", "length"),
        ("?", "unknown"),
    ],
)
def test_finish_reasons_have_our_names(word: str, reason: str) -> None:
    assert finish_of(read(openai_stream("a", finish=word).body)) == reason


@pytest.mark.parametrize(("max_tokens", "reason"), [(3, "length"), (4, "length"), (5, "stop")])
def test_without_a_reason_the_tokens_tell_whether_it_was_cut(max_tokens: int, reason: str) -> None:
    assert finish_of(read(native_stream("a").body, max_tokens=max_tokens)) == reason


def test_without_reason_and_usage_the_finish_is_unknown() -> None:
    assert finish_of(read(native_stream("a", usage=None).body)) == "unknown"


def test_a_given_reason_counts_more_than_the_tokens() -> None:
    assert finish_of(read(openai_stream("a").body, max_tokens=4)) == "stop"


def test_a_finish_reason_without_done_is_an_end() -> None:
    assert text_of(read(openai_stream("a", done=False).body)) == "a"


@pytest.mark.parametrize(
    "body",
    [
        native_stream("a", done=False).body,
        dual_stream("a", done=False).body,
        openai_stream("a", finish=None, done=False).body,
        native_stream("a").body[:-20],
        b'data: {"response": "a"}\n\ndata: {"resp',
        b'data: {"response": "a"}\n\ndata: nonsense\n\n',
        b'data: {"response": "a"}\n\ndata: 7\n\n',
    ],
)
def test_a_stream_without_its_end_is_broken_after_its_text(body: bytes) -> None:
    for size in range(1, len(body) + 1):
        events, failure = read_on(body, size)
        assert text_of(events) == "a", size
        assert isinstance(failure, BrokenStream), size
        assert not any(isinstance(event, Finish) for event in events), size


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        ({"error": {"code": 3040, "message": "Capacity temporarily exceeded"}}, NoCapacity),
        ({"error": {"code": "x", "message": "AiError: Request timeout"}}, ModelTimeout),
        ({"error": "it broke"}, ModelError),
        ({"errors": [{"code": 8005, "message": "Internal server error"}]}, ServerError),
        ({"response": "", "errors": [{"message": "it broke"}], "success": False}, ModelError),
        ({"success": False}, ModelError),
        ({"choices": [{"delta": {}, "finish_reason": "error"}]}, ModelError),
    ],
)
def test_an_error_in_mid_stream_comes_after_the_text(
    payload: dict[str, object], kind: type[WireFailure]
) -> None:
    body = frame({"response": "a"}) + frame(payload) + DONE

    for size in (0, 1, 7):
        events, failure = read_on(body, size)
        assert text_of(events) == "a"
        assert type(failure) is kind


def test_empty_errors_are_none() -> None:
    assert text_of(read(frame({"response": "a", "errors": [], "error": None}) + DONE)) == "a"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", BrokenStream),
        (b"\n \n", BrokenStream),
        (b"\xef\xbb\xbf", BrokenStream),
        (b"<!doctype html><title>Sign in</title>", NotAnApi),
        (b"\n  <html>", NotAnApi),
        (b'{"result": {}, "success": true}', BrokenStream),
        (b'{"result": {"response": "a"', BrokenStream),
        (b'{"success": false, "errors": [{"code": 3040, "message": "busy"}]}', NoCapacity),
        (b"upstream connect error", BrokenStream),
        (b": ping\n\n", BrokenStream),
    ],
)
def test_a_body_that_is_no_answer_is_a_failure(body: bytes, kind: type[WireFailure]) -> None:
    for size in (0, 1):
        events, failure = read_on(body, size)
        assert events == []
        assert type(failure) is kind


def test_a_response_of_null_is_an_empty_answer() -> None:
    events = read(json_answer(None).body)

    assert text_of(events) == ""
    assert finish_of(events) == "stop"


def test_neurons_of_a_header_are_told() -> None:
    reader = AnswerReader(ASKED, max_tokens=9, neurons=1.5)
    list(reader.feed(json_answer("a").body))

    usage = usage_of(reader.end())

    assert usage is not None
    assert usage.neurons == 1.5


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1)), st.data())
def test_any_text_survives_any_cut(pieces: list[str], data: st.DataObject) -> None:
    build = data.draw(st.sampled_from([native_stream, dual_stream, openai_stream]))
    body = build(*pieces).body
    cuts = data.draw(st.sets(st.integers(0, len(body))))

    events, failure = read_cut(body, sorted(cuts))

    assert failure is None
    assert text_of(events) == "".join(pieces)
