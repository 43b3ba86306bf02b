"""A tree that has grown out of another one is the tree of its text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tree_sitter import Node

from tests.bench.sample_code import python_source
from workers_ai_ls.syntax import error_count, language_for, parse
from workers_ai_ls.syntax.reparsing import changed
from workers_ai_ls.syntax.tree import Tree, captures, parse_once

UNITS = {
    "python": "class A{n}:\n    def f(self, x: int = {n}) -> int:\n        return [x, 'ä😋'][0]\n\n",
    "typescript": "interface I{n}<in out T> {{ a: T }}\nexport const f{n} = (x: number) => x + {n};\n",
    "c": "#define M{n}(x) (x)\nint f{n}(int x) {{\n  /* ä */ return M{n}(x);\n}}\n\n",
    "rust": "#[test]\nfn f{n}(x: u8) -> u8 {{\n    if x > {n} {{ x }} else {{ 0 }}\n}}\n\n",
    "go": "func F{n}(x int) string {{\n\treturn `raw 😋 {n}`\n}}\n\n",
    "javascript": "export function f{n}(x) {{\n  return x ? `${{x}} é` : /a{n}/;\n}}\r\n",
    "java": "class A{n} {{\n  int f(int x) {{ return x < {n} ? 1 : 2; }}\n}}\n",
    "ruby": "def f{n}(x)\n  <<~EOF\n    ü {n}\n  EOF\nend\n",
}
PIECES = (
    *("x", " ", "\n", "\r", "\r\n", "    ", "é", "😋", "\ud83d", "(", ")", "{", "}", '"', "'", "`"),
    *("/*", "*/", "//", "#", "= 1\n", "def g():\n", "<in T>", "<<EOF\n", "EOF\n", "class B:", ""),
)
languages = st.sampled_from(sorted(UNITS))


@st.composite
def edits(draw: st.DrawFn, text: str) -> str:
    """Put pieces in the place of stretches of a text, one or two."""
    for _ in range(draw(st.integers(1, 2))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from((0, 0, 1, 2, 30))))
        text = text[:start] + draw(st.sampled_from(PIECES)) + text[end:]
    return text


def source(language: str, *, ascii_only: bool = False) -> str:
    """At least as much as is parsed with the help of what is known."""
    unit = UNITS[language]
    text = "".join(unit.format(n=n) for n in range(12_000 // len(unit)))
    return "".join(each if each.isascii() else "_" for each in text) if ascii_only else text


def nodes(tree: Tree) -> list[object]:
    """All nodes in order, with all that we look at."""
    seen: list[object] = []
    cursor = tree.node.walk()
    while True:
        node = cursor.node
        assert node is not None
        seen.append((node.type, node.range, node.is_missing, node.child_count, cursor.field_name))
        if cursor.goto_first_child():
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return seen


@settings(max_examples=150, deadline=None)
@given(languages, st.booleans(), st.data())
def test_what_has_grown_is_what_would_be_parsed_anew(
    language_id: str,
    ascii_only: bool,  # noqa: FBT001 - `given` fills it in
    data: st.DataObject,
) -> None:
    language = language_for(language_id, "")
    text = source(language_id, ascii_only=ascii_only)
    parse(language, text)
    for _ in range(3):
        text = data.draw(edits(text))
        tree, anew = parse(language, text), parse_once(language, text)
        assert tree
        assert anew
        assert tree.node.has_error == anew.node.has_error
        assert error_count(tree) == error_count(anew)
        assert tree.span(tree.node) == anew.span(anew.node)
        if not anew.node.has_error:
            assert nodes(tree) == nodes(anew)


@pytest.mark.parametrize("language_id", UNITS)
def test_a_key_pressed_in_a_large_text_makes_its_tree_grow(language_id: str) -> None:
    language, text = language_for(language_id, ""), source(language_id)
    at = text.index("x", len(text) // 2)
    first = parse(language, text)
    assert first
    assert not first.node.has_error

    later = parse(language, f"{text[:at]}y{text[at:]}")

    assert later
    assert later.is_grown
    assert nodes(later) == nodes(parse_once(language, later.text) or first)
    assert nodes(first) == nodes(parse_once(language, text) or later)


def test_another_text_is_parsed_anew() -> None:
    python = language_for("python", "")
    parse(python, python_source(1_000))
    other = parse(python, "".join(f"y_{n} = {n}\n" for n in range(5_000)))
    assert other
    assert not other.is_grown


texts = st.text("ab\n", max_size=12)


@given(texts, texts)
def test_texts_are_the_same_outside_of_what_has_changed(old: str, new: str) -> None:
    change = changed(old, new)
    if change is None:
        assert old != new
        return
    start, old_end, new_end = change
    assert start <= min(old_end, new_end)
    assert old[:start] + new[start:new_end] + old[old_end:] == new


def test_a_large_text_is_compared_to_the_character() -> None:
    text = python_source(2_000)
    at = len(text) * 2 // 3
    assert changed(text, f"{text[:at]}é{text[at + 1 :]}") == (at, at + 1, at + 1)


def test_behind_a_change_in_nested_blocks_the_tree_is_kept() -> None:
    python, text = language_for("python", ""), python_source(2_000)
    at = text.index("total = total")
    first = parse(python, text)
    later = parse(python, f"{text[:at]}x{text[at:]}")

    assert first
    assert later
    before, after = ({node.id for node in names(tree)} for tree in (first, later))
    assert len(before & after) > len(before) / 2


def names(tree: Tree) -> list[Node]:
    return captures(tree, "(identifier) @name")["name"]
