"""How what the code uses stands in the prompt: where, in which words, and each thing once."""

from __future__ import annotations

import pytest

from tests.context.asking import look, user_turn
from tests.context.knowing import knowing, known
from workers_ai_ls.context import Budget, Caller, Knowledge, compose, estimate

SHAPES = '''\
import math

TWO = 2


class Shape:
    """What has an area."""

    unit: str = "m"

    def area(self) -> float:
        """How much paper it takes."""
        raise NotImplementedError

    def scaled(
        self,
        factor: float,
    ) -> "Shape":
        self.unit = "cm"
        return self


def half(x):
    return x / TWO
'''

CODE = "def cost(shape):\n    return ┃half(shape.area())\n"


def listing(*names: str, body: bool = True) -> str:
    used = tuple(known("shapes.py", SHAPES, name, body=body) for name in names)
    return user_turn(knowing(look(CODE), Knowledge(used=used)))


def test_small_definitions_stand_below_their_file_and_class() -> None:
    assert """
Definitions that the selected code uses:
```python
# shapes.py
class Shape:
    def area(self) -> float:
        \"\"\"How much paper it takes.\"\"\"
        raise NotImplementedError
def half(x):
    return x / TWO
```
""" in listing("half", "area")


def test_what_stands_in_a_body_is_not_listed_again() -> None:
    text = listing("Shape", "area", "unit")
    assert text.count("def area") == 1
    assert text.count('unit: str = "m"') == 1
    assert "raise NotImplementedError" in text


def test_without_bodies_headers_keep_their_lines_and_docstrings() -> None:
    text = listing("scaled", "area", "half", "TWO", body=False)
    assert (
        """
# shapes.py
TWO = 2
class Shape:
    def area(self) -> float:
        \"\"\"How much paper it takes.\"\"\"
    def scaled(
        self,
        factor: float,
    ) -> "Shape":
def half(x):
```
"""
        in text
    )


def test_most_used_goes_first_and_what_is_left_out_is_named() -> None:
    used = tuple(
        known(f"shapes{number}.py", SHAPES, "half", uses=number) for number in range(1, 80)
    )
    material = knowing(look(CODE), Knowledge(used=used))
    prompt = compose(material, system="", task="Do it.", budget=Budget(700, 64))
    text = prompt.turns[-1].content
    assert estimate(text) <= 700
    assert "shapes79.py" in text
    assert "shapes1.py" not in text
    left = 79 - text.count("def half(x):")
    assert (
        f"(Left out for lack of room: {left} definitions that it uses (half, half, half, …)" in text
    )
    assert prompt.cut[0] == f"{left} definitions that it uses (half, half, half, …)"


def test_the_unsure_come_after_the_sure() -> None:
    sure = known("a.py", SHAPES, "half", uses=1)
    unsure = known("b.py", SHAPES, "half", uses=9, certainty=0.2)
    material = knowing(look(CODE), Knowledge(used=(unsure, sure)))
    texts = [user_turn(material, Budget(room, 64)) for room in range(80, 200)]
    shown = [("a.py" in text, "b.py" in text) for text in texts]
    assert set(shown) == {(False, False), (True, False), (True, True)}
    assert shown == sorted(shown)


def test_an_overlong_header_is_cut_and_its_lines_are_told_right() -> None:
    text = "def many(\n" + "".join(f"    parameter_{at}: int,\n" for at in range(200)) + "): ...\n"
    material = knowing(look(CODE), Knowledge(used=(known("many.py", text, "many", body=False),)))
    prompt = compose(material, system="", task="", budget=Budget(800, 64))
    [source] = [each for each in prompt.sources if each.path == "many.py"]
    shown = prompt.turns[-1].content
    assert source.first == 1
    assert f"parameter_{source.last - 2}: int" in shown
    assert f"parameter_{source.last - 1}: int" not in shown
    assert "…" in shown


def test_comments_say_what_a_definition_is_for_where_there_are_no_docstrings() -> None:
    text = "/** Half of it. */\nexport function half(x: number): number {\n  return x / 2;\n}\n"
    one = known("half.ts", text, "half", language="typescript", body=False)
    material = look("const a = half(┃2);\n", language="typescript", path="a.ts")
    shown = user_turn(knowing(material, Knowledge(used=(one,))))
    assert "// half.ts\n// Half of it.\nexport function half(x: number): number\n" in shown


CLASS = '''\
class Circle(Shape):
    """Round."""

    def edge(self):
        return 2 * 3.14 * self.r

    def ┃area(self):
        return self.edge() * self.r / 2

    def name(self):
        return "circle"
'''
FAR = "\n".join(f"filler_{at} = {at}" for at in range(400))


def test_fellows_stand_below_the_header_of_their_class() -> None:
    filler = FAR.replace("filler", "    filler")
    apart = CLASS.replace("    def ┃area", f"{filler}\n\n    def ┃area")
    plain = apart.replace("┃", "")
    edge = known("sample.py", plain, "edge", distance=0, body=False)
    name = known("sample.py", plain, "name", distance=0, uses=0)
    whole = known("sample.py", plain, "Circle", distance=0, uses=0)
    knowledge = Knowledge(used=(edge,), members=(whole, edge, name))
    text = user_turn(knowing(look(apart), knowledge), Budget(600, 64))
    assert (
        'stands inside:\n```python\nclass Circle(Shape):\n    """Round."""\n    def edge(self):\n```'
        in text
    )
    assert text.count("def name(self)") == 1
    assert text.count("class Circle") == 1


@pytest.mark.parametrize("room", [80, 100, 150, 200, 400, 800, 3000])
def test_nothing_stands_twice(room: int) -> None:
    names = ("edge", "name", "Circle")
    text = f"import os\n\n\n{CLASS}"
    plain = text.replace("┃", "")
    members = tuple(known("sample.py", plain, name, distance=0) for name in names)
    callers = (Caller("sample.py", 6, "    def edge(self):\n"),)
    knowledge = Knowledge(members[:1], members, callers, sibling=members[1])
    text = user_turn(knowing(look(text), knowledge), Budget(room, 64))
    for line in ("import os", "class Circle", "def edge", "def area", "def name", '"circle"'):
        assert text.count(line) <= 1


def test_a_header_that_begins_above_its_name_is_claimed_from_there_on() -> None:
    text = "int y;\n\nstatic int\nhalf(int x)\n{\n  return x / 2;\n}\n"
    one = known("half.c", text, "half", language="c", body=False)
    material = look("int a = ┃half(2);\n", language="c", path="a.c")
    prompt = compose(
        knowing(material, Knowledge(used=(one,))), system="", task="", budget=Budget(8000, 64)
    )
    assert "static int\nhalf(int x)\n" in prompt.turns[-1].content
    assert [(each.first, each.last) for each in prompt.sources] == [(3, 4)]


def test_usages_are_shown_with_where_they_stand() -> None:
    inside = known("shapes.py", SHAPES, "half").definition
    callers = tuple(
        Caller(f"use{at}.py", 10 * at, "        x = cost(\n            1)\n", inside)
        for at in range(1, 5)
    )
    prompt = compose(
        knowing(look(CODE), Knowledge(callers=callers)),
        system="",
        task="",
        budget=Budget(8000, 64),
    )
    assert (
        "It is used like this:\n```python\n# use1.py, in half\nx = cost(\n    1)\n\n# use2.py"
        in prompt.turns[-1].content
    )
    ranges = [
        (each.path, each.first, each.last) for each in prompt.sources if each.kind == "caller"
    ]
    assert ranges == [("use1.py", 11, 12), ("use2.py", 21, 22), ("use3.py", 31, 32)]


def test_an_example_of_the_style_is_shown() -> None:
    sibling = known("shapes.py", SHAPES, "half")
    text = user_turn(knowing(look(CODE), Knowledge(sibling=sibling)))
    assert (
        "For the style, something like it (shapes.py):\n```python\ndef half(x):\n    return x / TWO\n"
        in text
    )


def test_an_example_of_the_style_is_for_actions_that_ask_for_it() -> None:
    material = knowing(look(CODE), Knowledge(sibling=known("shapes.py", SHAPES, "half")))
    prompt = compose(material, system="", task="", budget=Budget(8000, 64))
    assert "For the style" not in prompt.turns[-1].content


def test_the_code_is_known_by_the_name_that_the_index_has_for_its_file() -> None:
    text = CLASS.replace("┃", "")
    names = ("Circle", "area", "edge")
    used = tuple(known("packages/sample.py", text, name) for name in names)
    shown = user_turn(knowing(look(CLASS), Knowledge(used=used, path="packages/sample.py")))
    assert [shown.count(f"def {name}(") for name in ("area", "edge")] == [1, 1]


def test_every_source_holds_the_lines_that_it_claims() -> None:
    used = tuple(known("shapes.py", SHAPES, name) for name in ("half", "scaled", "TWO"))
    text = f"import os\n{FAR}\n{CLASS}"
    own = known("sample.py", text.replace("┃", ""), "edge", distance=0)
    files = {"shapes.py": SHAPES.split("\n"), "sample.py": text.replace("┃", "").split("\n")}
    material = knowing(look(text), Knowledge(used=used, members=(own,)))
    for room in (100, 300, 1000, 5000):
        prompt = compose(material, system="", task="", budget=Budget(room, 64))
        shown = prompt.turns[-1].content
        for source in prompt.sources:
            for line in files[source.path][source.first - 1 : source.last]:
                assert line.strip() in shown
