"""Trees, their offsets, and what is kept of them."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.syntax.reading import tree_of
from workers_ai_ls.syntax import LANGUAGES, error_count, imports, language_for, parse, scopes
from workers_ai_ls.syntax.tree import matches

READ = [language.id for language in LANGUAGES if language.has_grammar]


def test_fifteen_languages_have_a_grammar() -> None:
    assert len(READ) == 15


@pytest.mark.parametrize("language_id", READ)
def test_the_queries_and_kinds_of_a_grammar_exist(language_id: str) -> None:
    tree = tree_of(language_id, "x")
    grammar = tree.grammar
    assert matches(tree, grammar.scopes) == []
    assert imports(tree) == []
    assert tree.node.type in grammar.containers
    kinds = sorted(grammar.containers | grammar.borders)
    matches(tree, "".join(f"({kind}) @kind" for kind in kinds))  # raises for an unknown kind


def test_a_language_without_a_grammar_gives_no_tree() -> None:
    assert parse(language_for("haskell", ""), "main = 1") is None


def test_a_text_is_parsed_once() -> None:
    python = language_for("python", "")
    first = parse(python, "x = 1  # once")
    assert parse(python, "x = 1  " + "# once") is first
    assert parse(language_for("ruby", ""), "x = 1  # once") is not first


def test_only_few_trees_are_kept() -> None:
    python = language_for("python", "")
    first = parse(python, "x = 'first'")
    for number in range(8):
        parse(python, f"x = {number}")
    assert parse(python, "x = 'first'") is not first


def test_large_trees_are_not_kept_together() -> None:
    python = language_for("python", "")
    large = "#" * 3_000_000
    first = parse(python, large)
    assert parse(python, large) is first
    parse(python, large + "2")
    assert parse(python, large) is not first


def test_scopes_are_found_once() -> None:
    tree = tree_of("python", "def f(): pass")
    assert scopes(tree) is scopes(tree)


@given(st.text(st.sampled_from(["a", " ", "é", "漢", "😀", "\ud83d", "\ude00", "\n"]), max_size=40))
def test_bytes_and_offsets_correspond(text: str) -> None:
    tree = tree_of("lua", text)
    for offset in range(len(text) + 1):
        before = text[:offset].encode("utf-16-le", "surrogatepass")
        expected = len(before) if not text.isascii() else offset
        assert tree.byte(offset) == expected
        assert tree.offset(expected) == offset


@pytest.mark.parametrize(
    ("language_id", "text", "count"),
    [
        ("python", "x = 1", 0),
        ("python", "", 0),
        ("python", "x = = 1\n\ny = (\n", 2),
        ("javascript", "f(", 1),
        ("javascript", "if (a { b() }", 1),
        ("python", "x = '😀' '\ud83d'", 0),
    ],
)
def test_errors_are_counted(language_id: str, text: str, count: int) -> None:
    assert error_count(tree_of(language_id, text)) == count


def test_importing_the_room_loads_neither_tree_sitter_nor_a_grammar() -> None:
    code = (
        "import sys\n"
        "from workers_ai_ls.syntax import ai_comments, expand, language_for, parse\n"
        "ai_comments(language_for('python', ''), '# AI: x', 0, 0)\n"
        "expand(None, 'x', 0, 0)\n"
        "print([name for name in sys.modules if name.startswith('tree_sitter')])\n"
        "parse(language_for('go', ''), 'x')\n"
        "print(sorted(n for n in sys.modules if n.startswith('tree_sitter') and '.' not in n))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["[]", "['tree_sitter', 'tree_sitter_go']"]
