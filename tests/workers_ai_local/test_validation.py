"""The schemas' facts and the validator's sentences, which the client's errors are read from."""

from typing import Any

import pytest

from tests.workers_ai_local.wire import MESSAGES
from workers_ai_local.api_errors import ApiError
from workers_ai_local.run_request import RunRequest, read_chat, read_completion, read_request
from workers_ai_local.schemas import Unmet, schema_of, validate

SEED = "@hf/thebloke/deepseek-coder-6.7b-instruct-awq"
CODER = "@cf/qwen/qwen2.5-coder-32b-instruct"
NEW = "@cf/some/new"

NO_PROMPT = "required properties at '/' are 'prompt'"
NO_MESSAGES = "required properties at '/' are 'messages'"
USER = {"role": "user", "content": "x"}


def sentence(body: object, model: str = CODER) -> str:
    with pytest.raises(ApiError) as caught:
        read_request(model, body)  # type: ignore[arg-type] # what a client may send
    assert (caught.value.status, caught.value.code) == (400, 5006)
    return caught.value.message.removeprefix("AiError: Bad input: Error: ")


def none_matches(*complaints: str) -> str:
    return f"oneOf at '/' not met, 0 matches: {', '.join(complaints)}"


def test_neither_prompt_nor_messages_is_the_wires_own_sentence() -> None:
    with pytest.raises(ApiError) as caught:
        read_request(CODER, {"stream": True})
    assert caught.value.message == (
        "AiError: Bad input: Error: oneOf at '/' not met, 0 matches: "
        "required properties at '/' are 'prompt', required properties at '/' are 'messages'"
    )


def test_both_prompt_and_messages() -> None:
    body = {"prompt": "x", "messages": MESSAGES}
    assert sentence(body) == "oneOf at '/' not met, 2 matches"


@pytest.mark.parametrize(
    ("messages", "complaint"),
    [
        ("x", "Type mismatch of '/messages', 'array' not in 'string'"),
        (None, "Type mismatch of '/messages', 'array' not in 'null'"),
        ({}, "Type mismatch of '/messages', 'array' not in 'object'"),
        ([USER, True], "Type mismatch of '/messages/1', 'object' not in 'boolean'"),
        ([USER, "x"], "Type mismatch of '/messages/1', 'object' not in 'string'"),
        ([[]], "Type mismatch of '/messages/0', 'object' not in 'array','binary'"),
        ([{}], "required properties at '/messages/0' are 'role,content'"),
        ([{"role": "user"}], "required properties at '/messages/0' are 'role,content'"),
        (
            [USER, {"role": "assistant", "content": None}],
            "Type mismatch of '/messages/1/content', 'string' not in 'null'",
        ),
        (
            [{"role": "user", "content": [{"type": "text", "text": "x"}]}],
            "Type mismatch of '/messages/0/content', 'string' not in 'array'",
        ),
        (
            [{"role": 1, "content": "x"}],
            "Type mismatch of '/messages/0/role', 'string' not in 'number','integer'",
        ),
    ],
)
def test_messages_that_break_the_schema(messages: object, complaint: str) -> None:
    assert sentence({"messages": messages}) == none_matches(NO_PROMPT, complaint)


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        ("", "Length of '/prompt' must be >= 1 not met"),
        (5, "Type mismatch of '/prompt', 'string' not in 'number','integer'"),
        (0.5, "Type mismatch of '/prompt', 'string' not in 'number'"),
        ([], "Type mismatch of '/prompt', 'string' not in 'array','binary'"),
        ([1, "a"], "Type mismatch of '/prompt', 'string' not in 'array','binary'"),
        ([{}], "Type mismatch of '/prompt', 'string' not in 'array'"),
        ({}, "Type mismatch of '/prompt', 'string' not in 'object'"),
    ],
)
def test_a_prompt_that_breaks_the_schema(value: object, complaint: str) -> None:
    assert sentence({"prompt": value}) == none_matches(complaint, NO_MESSAGES)


# Name, the values at the bounds, and the complaints about those beyond them.
SHARED: list[tuple[str, list[object], list[tuple[object, str]]]] = [
    ("temperature", [0, 5], [(-0.1, "must be >= 0"), (5.1, "must be <= 5")]),
    ("top_k", [1, 50], [(0, "must be >= 1"), (51, "must be <= 50")]),
    ("seed", [1, 9999999999], [(0, "must be >= 1"), (10000000000, "must be <= 9999999999")]),
    ("repetition_penalty", [0, 2], [(-1, "must be >= 0"), (2.5, "must be <= 2")]),
    ("max_tokens", [-5, 0, 10**9, 3.0], []),
]
SEEDS: list[tuple[str, list[object], list[tuple[object, str]]]] = [
    ("top_p", [0.001, 1], [(0, "must be >= 0.001"), (1.1, "must be <= 1")]),
    ("frequency_penalty", [-2, 2], [(-2.1, "must be >= -2"), (2.1, "must be <= 2")]),
    ("presence_penalty", [-2, 2], [(-2.1, "must be >= -2"), (2.1, "must be <= 2")]),
]
CODERS: list[tuple[str, list[object], list[tuple[object, str]]]] = [
    ("top_p", [0, 2], [(-0.1, "must be >= 0"), (2.1, "must be <= 2")]),
    ("frequency_penalty", [0, 2], [(-0.1, "must be >= 0"), (2.1, "must be <= 2")]),
    ("presence_penalty", [0, 2], [(-0.1, "must be >= 0"), (2.1, "must be <= 2")]),
]


@pytest.mark.parametrize("scoped", [True, False])
@pytest.mark.parametrize(
    ("model", "bounds"),
    [(model, row) for model in (SEED, CODER, NEW) for row in SHARED]
    + [(model, row) for model in (SEED, NEW) for row in SEEDS]
    + [(CODER, row) for row in CODERS],
)
def test_the_bounds_of_each_number(
    model: str, bounds: tuple[str, list[object], list[tuple[object, str]]], *, scoped: bool
) -> None:
    name, inside, outside = bounds
    asked: dict[str, object] = {"messages": MESSAGES} if scoped else {"prompt": "x"}
    for value in inside:
        read_request(model, {**asked, name: value})
    for value, words in outside:
        # Both branches have the member and look at it before they miss theirs: said once.
        complaints = [f"'/{name}' {words}"]
        if scoped and model == NEW:
            # As on the wire: what the other kind of content said is noted, though one fits.
            complaints += ["Type mismatch of '/messages/0/content', 'array' not in 'string'"]
        assert sentence({**asked, name: value}, model) == none_matches(*complaints)


@pytest.mark.parametrize(
    ("member", "complaint"),
    [
        ({"max_tokens": "9"}, "'/max_tokens', 'integer' not in 'string'"),
        ({"max_tokens": 1.5}, "'/max_tokens', 'integer' not in 'number'"),
        ({"max_tokens": None}, "'/max_tokens', 'integer' not in 'null'"),
        ({"temperature": True}, "'/temperature', 'number' not in 'boolean'"),
        ({"stream": 1}, "'/stream', 'boolean' not in 'number','integer'"),
        ({"raw": "yes"}, "'/raw', 'boolean' not in 'string'"),
        ({"response_format": "json"}, "'/response_format', 'object' not in 'string'"),
    ],
)
def test_the_types(member: dict[str, object], complaint: str) -> None:
    told = sentence({"prompt": "x", **member})
    assert told == none_matches(f"Type mismatch of {complaint}")


def test_only_the_branch_that_has_a_member_complains_of_it() -> None:
    complaint = "Type mismatch of '/lora', 'string' not in 'number','integer'"
    assert sentence({"prompt": "x", "lora": 1}) == none_matches(complaint, NO_MESSAGES)


def test_an_enumeration() -> None:
    body = {"prompt": "x", "response_format": {"type": "xml"}}
    complaint = "enum xml not in json_object,json_schema at '/response_format/type'"
    assert sentence(body) == none_matches(complaint)


def test_tools_in_both_forms_and_in_none() -> None:
    parameters = {"type": "object", "properties": {"a": {"type": "number", "description": "A"}}}
    function: dict[str, Any] = {"name": "f", "description": "F", "parameters": parameters}
    for tool in (function, {"type": "function", "function": function}):
        read_request(CODER, {"messages": MESSAGES, "tools": [tool]})
    assert sentence({"messages": MESSAGES, "tools": [{"type": "function"}]}) == none_matches(
        NO_PROMPT,
        "required properties at '/tools/0/parameters' are 'type,properties'",
        "required properties at '/tools/0/function/parameters' are 'type,properties'",
        "oneOf at '/tools/0' not met, 0 matches",
    )
    broken = {**function, "parameters": {"type": "object", "properties": {"a": {"type": "number"}}}}
    assert "required properties at '/a' are 'type,description'" in sentence(
        {"messages": MESSAGES, "tools": [broken]}
    )


@pytest.mark.parametrize(
    "body",
    [
        {"messages": []},
        {"messages": ["str"]},
        {"messages": [1, "a"]},
        {"messages": [None, {}]},
        {"messages": MESSAGES, "unknown": {"deep": []}, "n": None},
        {"prompt": 5, "messages": MESSAGES},
        {"prompt": "x", "messages": 5},
        {"prompt": "x", "messages": MESSAGES, "lora": 1},
        {"prompt": "x", "response_format": {"type": "json_schema", "json_schema": 5}},
        {"prompt": "x", "response_format": {}},
    ],
)
def test_what_passes(body: dict[str, object]) -> None:
    assert isinstance(read_request(CODER, body), RunRequest)


def test_the_branch_that_is_met_is_the_one_that_counts() -> None:
    by_messages = read_request(CODER, {"prompt": 5, "messages": MESSAGES})
    assert (by_messages.prompt, by_messages.last_words) == (None, "Say hi")
    by_prompt = read_request(CODER, {"prompt": "x", "messages": 5})
    assert (by_prompt.prompt, by_prompt.messages) == ("x", ())


def test_newer_models_take_content_in_parts() -> None:
    parts = [{"type": "text", "text": "new"}]
    body = {"messages": [{"role": "user", "content": parts}]}
    assert "new" in read_request(NEW, body).last_words
    told = sentence({"messages": [{"role": "user", "content": 5}]}, NEW)
    assert "Type mismatch of '/messages/0/content', 'array' not in 'number','integer'" in told


@pytest.mark.parametrize(("text", "units"), [("é", 1), ("😋", 2), ("\ud83d", 1), ("a😋", 3)])
def test_a_strings_length_is_counted_in_utf16_units(text: str, units: int) -> None:
    validate({"type": "string", "minLength": units, "maxLength": units}, text)
    with pytest.raises(Unmet, match=rf"Length of '/' must be <= {units - 1}$"):
        validate({"type": "string", "maxLength": units - 1}, text)
    with pytest.raises(Unmet, match=rf"Length of '/' must be >= {units + 1} not met$"):
        validate({"type": "string", "minLength": units + 1}, text)


def test_a_schema_of_ones_own_or_the_newest() -> None:
    assert schema_of(SEED) != schema_of(CODER) != schema_of(NEW)
    assert schema_of(NEW) is schema_of("@cf/some/other")


def test_defaults_are_cloudflares() -> None:
    plain = read_request(CODER, {"prompt": "x"})
    assert (plain.max_tokens, plain.stream, plain.raw, plain.knobs) == (256, False, False, {})
    full = read_request(
        CODER,
        {"prompt": "x", "raw": True, "stream": True, "max_tokens": 3.0, "top_k": 5, "seed": 7},
    )
    assert (full.max_tokens, full.stream, full.raw) == (3, True, True)
    assert full.knobs == {"top_k": 5, "seed": 7}
    busy = read_request(CODER, {"prompt": "x", "options": {"rejectIfBusy": True}})
    assert (plain.reject_if_busy, busy.reject_if_busy) == (False, True)


def test_a_number_beyond_all_numbers_is_none() -> None:
    asked: dict[str, object] = {"messages": MESSAGES, "max_tokens": 1e999, "top_k": 1e999}
    chat = read_chat(NEW, asked)
    assert (chat.max_tokens, chat.knobs) == (256, {})
    assert sentence({"prompt": "x", "max_tokens": 1e999}) == none_matches(
        "Type mismatch of '/max_tokens', 'integer' not in 'number'"
    )


def test_openais_words() -> None:
    asked = {"messages": MESSAGES, "max_completion_tokens": 9, "temperature": None, "stop": ["x"]}
    chat = read_chat(NEW, asked)
    assert (chat.max_tokens, chat.knobs, chat.last_words) == (9, {}, "Say hi")
    assert read_chat(NEW, {"messages": [{"role": "assistant", "content": None}]}).last_words == ""
    raw = read_completion(NEW, {"prompt": "def", "max_tokens": 4})
    assert (raw.prompt, raw.raw, raw.max_tokens, raw.messages) == ("def", True, 4, ())
    bad: list[dict[str, object]] = [{}, {"messages": "x"}, {"messages": [{}]}]
    for body in [*bad, {"messages": MESSAGES, "stream": 1}]:
        with pytest.raises(ApiError) as caught:
            read_chat(NEW, body)
        assert caught.value.code == 5006
    with pytest.raises(ApiError) as caught:
        read_completion(NEW, {"messages": MESSAGES})
    assert caught.value.code == 5006
