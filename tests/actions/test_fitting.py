"""Code of an answer takes on the indentation of its place, and its strings keep their lines."""

import doctest

import pytest

from workers_ai_ls.actions import tests_fitting
from workers_ai_ls.actions.tests_fitting import fitted
from workers_ai_ls.syntax import language_for, parse


@pytest.mark.parametrize(
    ("language", "code", "indent", "unit", "after"),
    [
        ("python", "def a():\n    if b:\n        c()", "  ", "  ", "  def a():\n    if b:\n      c()"),
        ("python", "def a():\n    b(c,\n      d)", "\t", "\t", "\tdef a():\n\t\tb(c,\n\t\t  d)"),
        ("python", "def a():\n    b", "    ", "", "    def a():\n        b"),
        ("python", "def a():\n\n    b", "    ", "    ", "    def a():\n\n        b"),
        ("python", 'def a():\n    b("""\nc\n    d""")\n    e', "    ", "    ", '    def a():\n        b("""\nc\n    d""")\n        e'),
        ("typescript", "it('a', () => {\n\tb(`\nc`);\n});", "  ", "  ", "  it('a', () => {\n    b(`\nc`);\n  });"),
        ("java", "/**\n * A.\n */\nvoid a() {}", "    ", "    ", "    /**\n     * A.\n     */\n    void a() {}"),
        ("go", "func a() {\n\tb(`\nc`)\n}", "", "\t", "func a() {\n\tb(`\nc`)\n}"),
    ],
)  # fmt: skip
def test_fitted(language: str, code: str, indent: str, unit: str, after: str) -> None:
    tree = parse(language_for(language, ""), code)
    assert tree is not None
    assert fitted(tree, 0, len(code), indent, unit) == after


def test_the_example() -> None:
    assert doctest.testmod(tests_fitting).failed == 0
