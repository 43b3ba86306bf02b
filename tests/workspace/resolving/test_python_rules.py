"""What Python's own rules read."""

import pytest

from workers_ai_ls.syntax import language_for
from workers_ai_ls.syntax.chains import chain
from workers_ai_ls.syntax.symbols import symbols
from workers_ai_ls.syntax.use_tables import USE_TABLES
from workers_ai_ls.workspace.resolving.rules import RULES

PYTHON = RULES["python"]

SAID = {
    "def f(a: int) -> list[A]: ...": ("list[A]", ""),
    "async def f(\n    a,\n    b=(1, 2),\n) -> 'A':\n    pass": ("'A'", ""),
    "def f(a: '->'): ...": ("", ""),
    "x: A = b": ("A", ""),
    "x: Final = a.b()": ("", "a.b()"),
    "x = A(1, 2)  # a remark": ("", "A()"),
    "x = y if z else A()": ("", "A()"),
    "x = y or A()": ("", "A()"),
    "x = a + b": ("", ""),
}


@pytest.mark.parametrize(("text", "expected"), SAID.items())
def test_what_a_definition_says_of_itself(text: str, expected: tuple[str, str]) -> None:
    found = symbols(language_for("python", ""), text.encode())
    assert found is not None
    said = PYTHON.said(found.definitions[0])
    assert (said.type, said.value) == expected


def test_parameters_of_a_signature() -> None:
    found = PYTHON.parameters("def f(self, a: A, b: dict[str, B] = {}, *c: C, d=D(1, 2), **e):")
    assert {name: (one.type, one.value) for name, one in found.items()} == {
        "self": ("", ""),
        "a": ("A", ""),
        "b": ("dict[str, B]", "''"),
        "c": ("tuple[C]", ""),
        "d": ("", "D()"),
        "e": ("", ""),
    }


CHAINS = {
    "a": "a",
    "a . b\n  .c": "a.b.c",
    "a(b(')'), [c]).d": "a().d",
    "(a.b)[0]": "a.b[]",
    "await a()": "a()",
    "'x'.y": "''.y",
    'f"{a}".b': "''.b",
    "[a, b][0]": "''[]",
    "a.b if c else d": "",
    "a + b": "",
    "lambda: a": "",
    "a.": "",
    "": "",
    "sorted(a.b, key=c)": "a.b",
    "copy.copy(a)": "a",
    "sorted": "sorted",
}


@pytest.mark.parametrize(("text", "expected"), CHAINS.items())
def test_expressions_become_chains(text: str, expected: str) -> None:
    assert chain(text, USE_TABLES["python"]) == expected
