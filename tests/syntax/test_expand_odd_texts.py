"""What a selection means in texts that are broken, long, deep, or in a language we do not read."""

import pytest

from tests.marked import MARK
from tests.syntax.reading import expanded
from workers_ai_ls.syntax import expand, language_for, parse

CASES = {
    "emoji before the selection": (
        "python",
        "# 😀 é 漢 👍🏽\nx = '😀'; y = '漢'\n\ndef f():\n    return ┃'😀'\n\nz = 1\n",
        "# 😀 é 漢 👍🏽\nx = '😀'; y = '漢'\n\n┃def f():\n    return '😀'┃\n\nz = 1\n",
    ),
    "emoji around an expression": (
        "python",
        "x = ['😀', ┃'👍🏽é'┃, 1]\n",
        "x = ['😀', ┃'👍🏽é'┃, 1]\n",
    ),
    "letters that are not ASCII": (
        "python",
        "é = 1\ndef größe(ñ):\n    return ┃ñ\n",
        "é = 1\n┃def größe(ñ):\n    return ñ┃\n",
    ),
    "CRLF": (
        "python",
        "x = 1\r\n\r\ndef f():\r\n    y = ┃1\r\n    ret┃urn y\r\n\r\nz = 1\r\n",
        "x = 1\r\n\r\ndef f():\r\n┃    y = 1\r\n    return y┃\r\n\r\nz = 1\r\n",
    ),
    "CR": ("python", "x = 1\r\ry = ┃2\rz = 3\r\r", "x = 1\r\r┃y = 2\rz = 3┃\r\r"),
    "a form feed is no end of a line": (
        "python",
        "x = 1\n\f\ndef f():\n    return '\f┃'\n",
        "x = 1\n\f\n┃def f():\n    return '\f'┃\n",
    ),
    "a line separator is no end of a line": (
        "yaml",
        "a: 1\u2028b: ┃2\x85c\n\nd: 3\n",
        "┃a: 1\u2028b: 2\x85c┃\n\nd: 3\n",
    ),
    "tabs": (
        "go",
        "func f() {\n\tif a {\n\t\tb┃(┃)\n\t}\n}\n",
        "func f() {\n\tif a {\n┃\t\tb()┃\n\t}\n}\n",
    ),
    "a byte order mark": ("python", "\ufeffdef f():\n    ┃pass\n", "\ufeff┃def f():\n    pass┃\n"),
    "a lone surrogate": (
        "python",
        "x = '\ud83d'\ny = '\ude00'┃\n",
        "┃x = '\ud83d'\ny = '\ude00'┃\n",
    ),
    "code broken above": (
        "python",
        "x = = (\n\ndef f():\n    return ┃1\n",
        "x = = (\n\n┃def f():\n    return 1┃\n",
    ),
    "code broken in another function": (
        "javascript",
        "function f() {\n  if (x {\n}\n\nfunction g() {\n  a┃();\n}\n",
        "function f() {\n  if (x {\n}\n\n┃function g() {\n  a();\n}┃\n",
    ),
    "code too broken to have statements": ("c", "} ) x ┃( ]\ny┃ ;;; {\n", "┃} ) x ( ]\ny ;;; {┃\n"),
    "a paragraph without a grammar": (
        "haskell",
        "import A\n\nhalf x =\n  x / ┃2\n\nmain = 1\n",
        "import A\n\n┃half x =\n  x / 2┃\n\nmain = 1\n",
    ),
    "a selection without a grammar": (
        "sql",
        "select a,\n  b┃,\n  c\nfr┃om d\nwhere e\n",
        "select a,\n┃  b,\n  c\nfrom d┃\nwhere e\n",
    ),
    "a language that nobody knows": ("brainfuck2", "+[\n\n-┃]\n", "+[\n\n┃-]┃\n"),
}


@pytest.mark.parametrize(("language", "before", "after"), CASES.values(), ids=CASES.keys())
def test_odd_texts(language: str, before: str, after: str) -> None:
    assert expanded(language, before) == after


def test_a_paragraph_without_end_is_cut_to_100_lines_around_the_cursor() -> None:
    before, chosen, after = expanded("yaml", "a: 1\n" * 500 + "b: ┃2\n" + "c: 3\n" * 500).split(
        MARK
    )
    assert (before.count("\n"), after.count("\n")) == (450, 451)
    assert chosen.count("\n") == 100


@pytest.mark.parametrize("language", ["javascript", "json"])
def test_a_cursor_in_a_line_of_100_000_characters_means_a_window_of_whole_words(
    language: str,
) -> None:
    line = "[" + "word + " * 14_300 + "1]"
    before, chosen, after = expanded(language, f"{line[:70_003]}┃{line[70_003:]}").split(MARK)
    assert 1_980 < len(chosen) <= 2_000
    assert len(before) < 70_003 < len(before) + len(chosen)
    assert chosen.split(" + ")[1:-1] == ["word"] * (len(chosen.split(" + ")) - 2)
    assert not (before[-1].isalpha() and chosen[0].isalpha())
    assert not (chosen[-1].isalpha() and after[0].isalpha())


def test_a_cursor_in_one_word_of_100_000_characters_means_a_window() -> None:
    before, chosen, after = expanded("plaintext", "x" * 50_000 + "┃" + "x" * 50_000).split(MARK)
    assert len(chosen) <= 2_000
    assert len(before) <= 50_000 <= len(before) + len(chosen)
    assert len(before) + len(chosen) + len(after) == 100_000


def test_a_selection_in_a_line_of_100_000_characters_stays() -> None:
    line = "[" + "┃word + w┃" + "word + " * 14_300 + "1]"
    assert expanded("javascript", line) == line


def test_a_function_in_minified_code_is_found() -> None:
    line = "var a=1;" * 1000 + "function f(x){return ┃x}" + "var b=2;" * 1000
    before, chosen, _ = expanded("javascript", line).split(MARK)
    assert chosen == "function f(x){return x}"
    assert len(before) == 8000


@pytest.mark.parametrize(
    ("language", "opening", "closing"),
    [
        ("javascript", "function f(){\n", "}\n"),
        ("javascript", "if(a){", "}"),
        ("typescript", "namespace N{", "}"),
        ("python", "(", ")"),
        ("c", "{", "}"),
        ("json", "[", "]"),
    ],
)
def test_code_nested_5_000_levels_deep_is_walked_without_recursion(
    language: str, opening: str, closing: str
) -> None:
    text = opening * 5_000 + "1" + closing * 5_000
    tree = parse(language_for(language, ""), text)
    middle = len(opening) * 5_000
    for start, end in ((middle, middle), (middle, middle + 1), (middle - 1, middle + 2)):
        found_start, found_end = expand(tree, text, start, end)
        assert found_start <= start <= end <= found_end


def test_a_text_of_5_mb_is_read() -> None:
    part = "def f(x):\n    '😀'\n" + "    x = f(x)\n" * 40 + "    return x\n\n\n"
    text = part * 9_000
    assert len(text) > 4_900_000
    tree = parse(language_for("python", ""), text)
    at = len(part) * 8_000
    start, end = expand(tree, text, at + 20, at + 20)
    assert text[start:end] == part.rstrip()
    assert start == at


@pytest.mark.parametrize(("start", "end"), [(-5, 3), (2, 99), (99, 99), (4, 1)])
def test_offsets_outside_of_the_text_or_reversed_are_read_as_what_they_can_mean(
    start: int, end: int
) -> None:
    text = "x = 1\n"
    assert expand(parse(language_for("python", ""), text), text, start, end) == (0, 5)
