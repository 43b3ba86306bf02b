"""Header lines and JSON in a setting: what would break a request is refused when it is set."""

from pathlib import Path

import pytest

from tests.settings.offering import resolved
from workers_ai_ls.settings import json_object, metadata
from workers_ai_ls.settings.forms import header_lines


@pytest.mark.parametrize(
    "text",
    ["no colon", ": value", "name:", "na me: x", "näme: x", "name: x\x00y", "name: ü", "a: b\nbad",
     "Host: evil.example", "content-length: 0", "Transfer-Encoding: chunked", "connection: close"],
)  # fmt: skip
def test_what_is_no_header_of_ones_own_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - every caller takes any
        header_lines(text)


@pytest.mark.parametrize("separator", ["\n", "\r\n", "\n\n  "])
def test_a_header_per_line(separator: str) -> None:
    assert header_lines(f"X-A: 1{separator}x-b:  two words ") == (
        ("x-a", "1"),
        ("x-b", "two words"),
    )


BAD_JSON = [
    "",
    "[]",
    "5",
    "{",
    '{"a": NaN}',
    '{"a": -Infinity}',
    '{"a": "\\ud800"}',
    '{"a":' * 4000,
]


@pytest.mark.parametrize("text", BAD_JSON)
def test_what_no_body_can_hold_is_refused(text: str) -> None:
    for form in (json_object, metadata):
        with pytest.raises(ValueError):  # noqa: PT011 - every caller takes any
            form(text)


@pytest.mark.parametrize("name", ["model", "messages", "prompt", "stream", "max_tokens", "raw"])
def test_members_that_the_server_sets_cannot_be_set(name: str) -> None:
    with pytest.raises(ValueError, match="set by the server"):
        json_object(f'{{"{name}": 1, "other": 2}}')


def test_metadata_is_flat_and_small() -> None:
    assert metadata('{"a": "x", "b": 1, "c": true, "d": 0.5}') == {
        "a": "x", "b": 1, "c": True, "d": 0.5,
    }  # fmt: skip
    for text in ('{"a": {}}', '{"a": null}', '{"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1}'):
        with pytest.raises(ValueError, match=r"not plain|too many"):
            metadata(text)


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("extraBody", '{"stream": false}', "without the members that the server sets itself"),
        ("gateway.metadata", '{"a": []}', "at most five texts"),
        ("gateway.id", "a/b", "a gateway's name as the dashboard shows it"),
        ("headers", "Host: evil.example", "none of them a header that HTTP itself needs"),
        ("endpoint", "nowhere", '"rest" or "openai" or "gateway" or "worker"'),
        ("lora", "a b", "the name of a fine-tune"),
    ],
)
def test_a_bad_one_is_told_in_words_and_not_shown(
    tmp_path: Path, name: str, value: str, part: str
) -> None:
    outcome = resolved(tmp_path, user=f"[workersAI]\n{name} = '{value}'\n")
    (problem,) = outcome.problems
    assert part in problem
    assert value not in problem
