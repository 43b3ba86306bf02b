"""Comments that ask for something."""

import time

import pytest

from tests.marked import marked
from workers_ai_ls.syntax import ai_comments, language_for

FOUND = {
    "a line": ("python", "x = 1\n┃# AI: do it\ny = 2\n", "# AI: do it", "do it"),
    "a cursor at its end": ("python", "# AI: do it┃\n", "# AI: do it", "do it"),
    "no blank before": ("go", "\t//AI:do it┃", "//AI:do it", "do it"),
    "behind code": ("python", "x = '#'  # AI: do it┃\n# Other.\n", "# AI: do it", "do it"),
    "more lines": (
        "python",
        "┃  # AI: do it\n  # like  this\n  #\n  # and that\n  x = 1\n  # Other.\n",
        "# AI: do it\n  # like  this\n  #\n  # and that",
        "do it\nlike  this\nand that",
    ),
    "a cursor on a later line of it": (
        "python",
        "# AI: do it\n# like ┃this\nx = 1\n",
        "# AI: do it\n# like this",
        "do it\nlike this",
    ),
    "the instruction on the next line": ("lua", "┃-- AI:\n-- do it\n", "-- AI:\n-- do it", "do it"),
    "a block": ("c", "┃/* AI: do it */ int x;", "/* AI: do it */", "do it"),
    "a block of several lines": (
        "java",
        "┃/**\n * AI: do it\n * like this\n */\nint x;",
        "/**\n * AI: do it\n * like this\n */",
        "do it\nlike this",
    ),
    "a cursor in a later line of a block": (
        "java",
        "/* AI: do it\n * like ┃this\n */",
        "/* AI: do it\n * like this\n */",
        "do it\nlike this",
    ),
    "a block that has no end": ("css", "┃/* AI: do it\na {}", "/* AI: do it", "do it"),
    "markup": ("html", "<b>┃<!-- AI: do it -->", "<!-- AI: do it -->", "do it"),
    "jsx": ("typescriptreact", "<b>{/* AI: do it */}┃</b>", "/* AI: do it */", "do it"),
    "doc comments": (
        "rust",
        "┃/// AI: do it\n/// now\nfn f() {}",
        "/// AI: do it\n/// now",
        "do it\nnow",
    ),
    "a lifetime is no string": ("rust", "fn f<'a>() { // AI: don't┃", "// AI: don't", "don't"),
    "sql": ("sql", "select 1 -- AI: do it┃", "-- AI: do it", "do it"),
    "lisp": ("clojure", ";; AI: do it┃", ";; AI: do it", "do it"),
    "an unknown language": ("nothing", "┃# AI: do it", "# AI: do it", "do it"),
    "emoji and CRLF": (
        "python",
        "x = '😀'\r\n# AI: do 😀┃\r\n# now\r\n",
        "# AI: do 😀\r\n# now",
        "do 😀\nnow",
    ),
}

NOT_FOUND = {
    "lower case": ("python", "┃# ai: no"),
    "not at the start": ("python", "┃# Some AI: no"),
    "a longer word": ("python", "┃# FAI: no"),
    "nothing asked": ("python", "┃# AI:\nx = 1"),
    "in a string": ("python", "x = 'a # AI: no'┃"),
    "in a string with quotes": ("javascript", 'x = "\\" // AI: no"┃'),
    "in a template": ("javascript", "x = `a // AI: no`┃"),
    "another language's comment": ("python", "┃// AI: no"),
    "an address": ("javascript", "┃a: http://AI: no"),
    "a parameter count": ("shellscript", "┃echo $#AI: no"),
    "on another line": ("python", "# AI: no\nx = 1┃\n# AI: no"),
    "no comment": ("python", "┃AI: no"),
}


@pytest.mark.parametrize(
    ("language", "fixture", "comment", "instruction"), FOUND.values(), ids=FOUND.keys()
)
def test_an_instruction(language: str, fixture: str, comment: str, instruction: str) -> None:
    text, start, end = marked(fixture)
    (found,) = ai_comments(language_for(language, ""), text, start, end)
    assert text[found.start : found.end] == comment
    assert found.instruction == instruction


@pytest.mark.parametrize(("language", "fixture"), NOT_FOUND.values(), ids=NOT_FOUND.keys())
def test_no_instruction(language: str, fixture: str) -> None:
    text, start, end = marked(fixture)
    assert ai_comments(language_for(language, ""), text, start, end) == []


def test_several_instructions_in_a_selection() -> None:
    text, start, end = marked(
        "# AI: no\n\n┃# AI: one\n# AI: two\nx = 1  # AI: three\ny┃\n# AI: no\n"
    )
    found = ai_comments(language_for("python", ""), text, start, end)
    assert [each.instruction for each in found] == ["one", "two", "three"]


@pytest.mark.parametrize(
    "line", ["x = 1\n", "# note\n", "/* note\n", "# FAI: no\n", '"# AI: no"\n']
)
def test_a_cursor_move_in_a_text_of_5_mb_costs_next_to_nothing(line: str) -> None:
    text = line * (5_000_000 // len(line))
    python = language_for("python", "")
    times = []
    for _ in range(20):
        before = time.perf_counter()
        assert ai_comments(python, text, 2_500_000, 2_500_000) == []
        times.append(time.perf_counter() - before)
    assert min(times) < 0.001


def test_a_line_of_100_000_characters_is_not_searched() -> None:
    text = "x = 1; " * 15_000 + "# AI: no"
    assert ai_comments(language_for("python", ""), text, 0, len(text)) == []
