import time

import pytest
from hypothesis import given

from tests.text.strategies import texts, thoroughly
from workers_ai_ls.text import line_ending, split_lines
from workers_ai_ls.text.lines import content_length


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a\n", ""]),
        ("\n\r", ["\n", "\r", ""]),
        ("\r\n\r\r\n", ["\r\n", "\r", "\r\n", ""]),
        ("a\rb\nc\r\nd", ["a\r", "b\n", "c\r\n", "d"]),
        ("\f\x0b\x1c\x1d\x1e\x85\u2028\u2029", ["\f\x0b\x1c\x1d\x1e\x85\u2028\u2029"]),
        ("\u2028\r\f", ["\u2028\r", "\f"]),
    ],
)
def test_only_three_sequences_end_a_line(text: str, lines: list[str]) -> None:
    assert split_lines(text) == lines


@thoroughly
@given(texts)
def test_lines_agree_with_a_scan_of_the_characters(text: str) -> None:
    scanned = [""]
    for index, character in enumerate(text):
        scanned[-1] += character
        if character == "\n" or (character == "\r" and text[index + 1 : index + 2] != "\n"):
            scanned.append("")
    assert split_lines(text) == scanned


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_five_megabytes_are_split_in_well_under_a_second(ending: str) -> None:
    line = "x = some_call(1, 2)  # words" + ending
    text = line * (5_000_000 // len(line))
    begun = time.process_time()
    lines = split_lines(text)
    assert time.process_time() - begun < 0.5
    assert len(lines) == text.count(ending) + 1


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        ("", "\n"),
        ("a\fb\u2028", "\n"),
        ("a\r\n", "\r\n"),
        ("a\rb\r", "\r"),
        ("a\r\nb\r\nc\nd\r", "\r\n"),
        ("a\nb\r\n", "\n"),
        ("a\rb\r\n", "\r\n"),
    ],
)
def test_the_most_frequent_line_end_is_the_documents(text: str, ending: str) -> None:
    assert line_ending(text) == ending


@pytest.mark.parametrize("end", ["", "\n", "\r", "\r\n"])
def test_content_excludes_the_line_end(end: str) -> None:
    assert content_length("ab\f" + end) == 3
