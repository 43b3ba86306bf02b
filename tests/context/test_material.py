"""What a selection means, and what is found around it."""

import pytest

from tests.context.asking import look, select
from workers_ai_ls.context import gather, narrowed

METHOD = (
    "import math\n\n\nclass Circle:\n    '''Round.'''\n\n    # Of the disc.\n    @property\n"
    "    def area(self):\n        return math.pi * ┃self.r ** 2\n"
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (METHOD, "    @property\n    def area(self):\n        return math.pi * self.r ** 2"),
        ("x = ┃half(4)┃ + 1\n", "half(4)"),
        ("x = 😋 = ┃half(4)┃ + 1\n", "half(4)"),
        ("def f():\n    a = 1\n    ┃b = 2\n    c = 3┃\n", "    b = 2\n    c = 3"),
        ("def f():\n    a = 1\n    b ┃= 2\n    c =┃ 3\n", "    b = 2\n    c = 3"),
        ("┃x = 1\ny = 2\n┃", "x = 1\ny = 2"),
        ("┃x = 1\ny = 2┃", "x = 1\ny = 2"),
        ("def f():\n  ┃  ┃return 1\n", "def f():\n    return 1"),
        ("def f():\r\n\treturn 1┃\r\n", "def f():\r\n\treturn 1"),
        (
            "def f():\n    def g():\n        return ┃1\n    return g\n",
            "    def g():\n        return 1",
        ),
        ("┃", ""),
    ],
)
def test_what_the_model_sees_is_exactly_what_is_replaced(text: str, code: str) -> None:
    material = look(text)
    assert material.code == material.original == material.text[material.start : material.end]
    assert material.original == code


def test_what_is_found_around_a_method() -> None:
    material = look(METHOD)
    assert material.symbol == "Circle.area"
    assert material.defines == ("area",)
    assert material.headers == ('class Circle:\n    """Round."""',)
    assert material.imports == ("import math",)


def test_a_part_of_a_function_defines_nothing() -> None:
    material = look("def f():\n    a = 1\n    ┃return a┃\n")
    assert material.defines == ()
    assert material.symbol == "f"
    assert material.headers == ("def f():",)


def test_all_that_a_whole_file_defines_counts_and_its_imports_are_no_surroundings() -> None:
    material = look("┃import os\n\n\nclass A:\n    def f(self): ...\n\n\ndef g(): ...\n┃")
    assert material.defines == ("A", "g")
    assert material.imports == ()
    assert material.headers == ()


def test_of_a_very_long_file_some_definitions_are_enough() -> None:
    text = "".join(f"def f{number}(): ...\n" for number in range(100))
    assert len(look(f"┃{text}┃").defines) == 20


def test_a_language_without_a_grammar() -> None:
    material = look("a\n\nx = 1\ny ┃= 2\n\nb\n", language="nim", path="sample.nim")
    assert material.original == "x = 1\ny = 2"
    assert (material.scope, material.symbol, material.imports) == (None, None, ())


def test_another_range_of_the_same_document() -> None:
    material = look("def f():\n    a = 1\n    ┃return a┃\n")
    whole = narrowed(material, 0, len(material.text) - 1)
    assert whole.original == whole.code == "def f():\n    a = 1\n    return a"
    assert whole.defines == ("f",)
    assert whole.headers == ()


def test_an_instruction_comes_along() -> None:
    assert gather(select("x┃ = 1"), instruction="Be short.").instruction == "Be short."
