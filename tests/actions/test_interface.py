"""A refactoring keeps what other code sees: names, and what they take."""

import pytest

from tests.actions.checking import Request
from workers_ai_ls.actions import ACTIONS
from workers_ai_ls.actions.interface import changed_interface
from workers_ai_ls.reply.outcomes import Replace

REFACTOR = next(action for action in ACTIONS if action.name == "refactor")


def said(before: str, after: str, language: str = "python") -> str | None:
    """Why the replacement is held; None when it is not."""
    hold = changed_interface(Replace(after), Request(REFACTOR, before, language).material)
    return None if hold is None else hold.sentence


ADD = "┃def add(a, b):\n    return a + b┃\n"


@pytest.mark.parametrize(
    "after",
    [
        "def add(a, b):\n    return b + a",
        "def add(a: int, b: int) -> int:\n    return a + b",
        "def add(a, b):\n    def inner(x):\n        return x\n    return inner(a) + b",
        "def _check(a): pass\n\ndef add(a, b):\n    return a + b",
    ],
)
def test_what_nobody_sees_from_outside_may_change(after: str) -> None:
    assert said(ADD, after) is None


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (
            "def plus(a, b):\n    return a + b",
            "This renames `add` to `plus`, which other code may use, so nothing was changed.",
        ),
        (
            "x = 1",
            "This leaves out `add`, which other code may use, so nothing was changed.",
        ),
        (
            "def add(b, a):\n    return a + b",
            "This changes the parameters of `add`, which other code may use, so nothing was changed.",
        ),
        (
            "def add(a, b, c=0):\n    return a + b",
            "This changes the parameters of `add`, which other code may use, so nothing was changed.",
        ),
    ],
)
def test_a_changed_name_or_parameter_list_is_held(after: str, why: str) -> None:
    assert said(ADD, after) == why


def test_it_says_when_the_name_is_used_in_the_same_file() -> None:
    before = f"{ADD}\nprint(add(1, 2))\n"
    assert said(before, "def plus(a, b):\n    return a + b") == (
        "This renames `add` to `plus`, used elsewhere, so nothing was changed."
    )


CLASS = """\
┃class Shop:
    def __init__(self, name):
        self._open = True

    def total(self, items):
        return self._sum(items)

    def _sum(self, items):
        return sum(items)┃
"""


def test_methods_of_a_selected_class_are_seen_from_outside() -> None:
    after = CLASS.replace("┃", "").replace("def total(", "def count(")
    assert said(CLASS, after) == (
        "This renames `Shop.total` to `Shop.count`, which other code may use, so nothing was changed."
    )
    after = CLASS.replace("┃", "").replace("__init__(self, name)", "__init__(self, name, place)")
    assert said(CLASS, after) == (
        "This changes the parameters of `Shop.__init__`, which other code may use, "
        "so nothing was changed."
    )


def test_a_private_method_may_go_unless_it_is_used_elsewhere() -> None:
    after = """\
class Shop:
    def __init__(self, name):
        self._open = True

    def total(self, items):
        return sum(items)
"""
    assert said(CLASS, after) is None
    assert said(f"{CLASS}\nShop('x')._sum([])\n", after) == (
        "This leaves out `Shop._sum`, used elsewhere, so nothing was changed."
    )


def test_parameters_that_are_called_by_place_may_be_renamed() -> None:
    assert (
        said("┃function f(x) { return x; }┃\n", "function f(y) { return y; }", "javascript") is None
    )
    assert said("┃function f(x) { return x; }┃\n", "function f(x, y) { return x; }", "javascript")


def test_overloads_are_all_kept() -> None:
    before = "class A {\n┃int f(int a) { return a; }\nint f(int a, int b) { return b; }┃\n}\n"
    kept = "int f(int a) { return a; }\nint f(int a, int b) { return a; }"
    assert said(before, kept, "java") is None
    assert said(before, "int f(int a) { return a; }", "java")


def test_code_in_a_language_without_a_grammar_is_not_judged() -> None:
    assert said("┃sub add { 1 }┃\n", "sub plus { 1 }", "perl") is None


def test_a_method_is_read_without_its_class() -> None:
    before = "class A {\n  ┃m(x) { return x; }┃\n}\n"
    assert said(before, "m(x) {\n  return (x);\n}", "javascript") is None
    renamed = said(before, "n(x) { return x; }", "javascript")
    assert renamed is not None
    assert renamed.startswith("This renames `m` to `n`")
