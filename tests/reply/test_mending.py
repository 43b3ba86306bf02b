# ruff: noqa: RUF001 - these are the quotes in question
"""Curly quotes and odd blanks, where they break the parse and where they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers_ai_ls.reply import mended
from workers_ai_ls.syntax import language_for

PYTHON = language_for("python", "")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("print(“a”)", 'print("a")'),
        ("print(‘a’)", "print('a')"),
        ("print(“It’s”)  # “so”", 'print("It’s")  # “so”'),
        ("x = 'It’s “fine”'", "x = 'It’s “fine”'"),
        ("# It’s fine\nx = 1", "# It’s fine\nx = 1"),
        ("def f():\n\u00a0\u00a0\u00a0\u00a0return\u00a01", "def f():\n    return 1"),
        ("x = 'a\u00a0b'", "x = 'a\u00a0b'"),
    ],
)  # fmt: skip
def test_only_what_breaks_the_parse_is_made_plain(code: str, expected: str) -> None:
    assert mended(code, PYTHON) == expected


def test_without_a_grammar_nothing_is_touched() -> None:
    assert mended("echo “a”", language_for("nim", "")) == "echo “a”"


@given(st.text("ab“”‘’'\"()= \n\u00a0", max_size=40))
def test_only_these_characters_change(code: str) -> None:
    new = mended(code, PYTHON)
    assert len(new) == len(code)
    assert all(a == b or a in "“”‘’\u00a0" for a, b in zip(code, new, strict=True))
