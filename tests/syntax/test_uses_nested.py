"""Code that is nested or chained as nobody writes it is read all the same, and soon."""

import time

import pytest

from workers_ai_ls.syntax import language_for, parse
from workers_ai_ls.syntax.uses import uses

FUNCTIONS = {
    "python": "def f():\n    x = {}\n",
    "go": "package a\n\nfunc f() {{\n\tx := {}\n}}\n",
    "java": "class A {{ void f() {{ x = {}; }} }}\n",
    "rust": "fn f() {{ let x = {}; }}\n",
    "cpp": "void f() {{ int x = {}; }}\n",
}
EXPRESSIONS = {
    "in parentheses": "(" * 2_000 + "a.b" + ")" * 2_000,
    "calls in calls": "f(" * 1_000 + "a.b" + ")" * 1_000,
    "a chain of names": "a" + ".b" * 3_000,
    "a chain of calls": "a" + ".b()" * 3_000,
}


@pytest.mark.parametrize("language", FUNCTIONS)
@pytest.mark.parametrize("expression", EXPRESSIONS.values(), ids=EXPRESSIONS)
def test_it_is_read(language: str, expression: str) -> None:
    text = FUNCTIONS[language].format(expression)
    tree = parse(language_for(language, ""), text)
    assert tree is not None
    start = time.process_time()
    found = uses(tree, 0, len(text))
    assert time.process_time() - start < 5.0
    assert found.uses
