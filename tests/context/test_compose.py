"""The prompt: what is in it, in which order, and that it never exceeds its budget."""

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.context.asking import ROOM, look, select, user_turn
from workers_ai_ls.context import (
    Budget,
    Diagnostic,
    Piece,
    SelectionTooLong,
    compose,
    estimate,
    fenced,
    fits,
    gather,
)

CIRCLE = """\
import math
from os import path

TWO = 2


class Circle:
    '''Round.'''

    def edge(self):
        return TWO * math.pi * self.r

    def ┃area(self):
        return math.pi * self.r ** TWO

    def name(self):
        return "circle"
"""


def test_the_whole_prompt() -> None:
    selection = select(CIRCLE, path="shapes/circle.py", told=("`r` is\n  unknown",))
    prompt = compose(
        gather(selection),
        system="Be exact.",
        task="Do it.",
        budget=ROOM,
        more=[Piece("a hint", "A hint.")],
    )
    system, user = prompt.turns
    assert (system.role, system.content) == ("system", "Be exact.")
    assert user.role == "user"
    assert (
        user.content
        == """\
File: shapes/circle.py (Python)

A hint.

Code above it, for context only:
```python
import math
from os import path

TWO = 2


class Circle:
    '''Round.'''

    def edge(self):
        return TWO * math.pi * self.r
```

Code below it, for context only:
```python
    def name(self):
        return "circle"
```

Selected code:
```python
    def area(self):
        return math.pi * self.r ** TWO
```

Problems reported in the selected code:
- error in `def area(self):`: `r` is unknown

Do it."""
    )


def test_what_the_surroundings_do_not_show_is_shown_apart() -> None:
    filler = "\n".join(f"    value_{number} = {number}" for number in range(400))
    text = CIRCLE.replace("    def ┃area", f"{filler}\n\n    def ┃area")
    shown = user_turn(look(text, path="shapes/circle.py"))
    assert shown.startswith(
        """\
File: shapes/circle.py (Python)

The file imports:
```python
import math
from os import path
```

The selected code stands inside:
```python
class Circle:
    \"\"\"Round.\"\"\"
```

Code above it, for context only:
```python
    value_"""
    )


def test_what_the_user_adds_follows_the_static_text() -> None:
    material = attrs.evolve(look("x┃ = 1"), extra="Use British spelling.")
    system = compose(material, system="Be exact.", task="", budget=ROOM).turns[0]
    assert system.content == "Be exact.\n\nUse British spelling."


def test_the_same_question_gives_the_same_bytes() -> None:
    prompts = {
        compose(look(CIRCLE), system="Be exact.", task="Do it.", budget=ROOM) for _ in range(3)
    }
    assert len(prompts) == 1


def test_only_problems_that_touch_the_code_are_told() -> None:
    selection = select("a = 1\nb = ┃2┃\nc = 3\n")
    told = tuple(
        Diagnostic(start, end, 1, "warning", f"{start}-{end}")
        for start, end in [(0, 5), (6, 7), (10, 11), (4, 10), (11, 11), (12, 17), (0, 17)]
    )
    text = user_turn(gather(attrs.evolve(selection, diagnostics=told)))
    assert "10-11" in text
    assert "4-10" in text
    assert "11-11" in text
    assert "0-17" in text
    assert "0-5" not in text
    assert "6-7" not in text
    assert "12-17" not in text


def test_a_part_of_a_line_is_shown_in_its_line() -> None:
    text = user_turn(look("def f(x):\n    return ┃x / 2┃ + 1\n"))
    assert "Selected code:\n```python\nx / 2\n```" in text
    assert "It is a part of this line:\n```python\n    return x / 2 + 1\n```" in text
    assert "Code above it, for context only:\n```python\ndef f(x):\n```" in text
    assert "Code below" not in text


def test_nothing_selected_is_no_empty_block() -> None:
    text = user_turn(look("┃"))
    assert "Nothing stands in the selected place" in text
    assert "```" not in text


def test_a_budget_of_less_than_nothing_is_too_small() -> None:
    with pytest.raises(SelectionTooLong, match="has room for 0;"):
        user_turn(look("x┃ = 1"), Budget(prompt=-200, answer=64))


@pytest.mark.parametrize("inside", ["```", "````md", "text ```` text", "    `````"])
def test_a_fence_is_longer_than_any_inside(inside: str) -> None:
    block = fenced(f"a\n{inside}\nb", "python").split("\n")
    assert block[0].removesuffix("python") == block[-1]
    assert block[-1] not in inside


def test_line_ends_in_the_prompt_are_plain() -> None:
    text = user_turn(look("import os\r\n\r\ndef f():\r\n    return┃ 1\r\n\r\nx = 2\r\n"))
    assert "\r" not in text
    assert "def f():\n    return 1" in text


def test_a_form_feed_ends_no_line() -> None:
    text = user_turn(look("a = 1\x0cb = 2\ndef f():\n    return ┃1\n"))
    assert "a = 1\x0cb = 2" in text


def test_surroundings_are_whole_lines_and_the_nearest() -> None:
    lines = [f"value_{number} = {number}" for number in range(5000)]
    lines[2500:2500] = ["", "", "def f():", "    return ┃1", "", ""]
    text = user_turn(look("\n".join(lines)))
    shown = [line for line in text.splitlines() if line.startswith("value_")]
    assert set(shown) <= set(lines)
    assert "value_2499 = 2499" in shown
    assert "value_2500 = 2500" in shown
    assert 50 < len(shown) < 100
    assert "Left out" not in text


def test_a_line_of_100_000_characters_is_no_surroundings() -> None:
    long = "x = '" + "a" * 100_000 + "'"
    text = user_turn(look(f"{long}\ny = 1\n\n\ndef f():\n    return ┃1\n"))
    assert "aaaa" not in text
    assert "y = 1" in text


def test_what_is_cut_is_said_in_one_line() -> None:
    filler = "".join(f"    value_{number} = {number}\n" for number in range(60))
    material = look(CIRCLE.replace("    def edge", f"{filler}\n    def edge"))
    text = user_turn(material, Budget(prompt=330, answer=64))
    assert [line for line in text.splitlines() if "Left out" in line] == [
        "(Left out for lack of room: more of the code around.)"
    ]
    assert "class Circle" in text
    tight = user_turn(material, Budget(prompt=140, answer=64))
    assert "(Left out for lack of room: some context.)" in tight


def test_a_selection_that_does_not_fit_is_refused_with_its_size() -> None:
    material = look("┃" + "x = half(1234)\n" * 2000 + "┃")
    with pytest.raises(SelectionTooLong) as refused:
        user_turn(material, Budget(prompt=1000, answer=64))
    needed = int(str(refused.value).split("about ")[1].split(" ")[0].replace(",", ""))
    assert needed == pytest.approx(estimate(material.code), rel=0.01)


def test_a_selection_of_5_mb_is_refused_at_once_with_its_size() -> None:
    code = "x = half(1234)\n" * 350_000
    material = look("┃┃")
    with pytest.raises(SelectionTooLong) as refused:
        user_turn(attrs.evolve(material, code=code), Budget(prompt=1000, answer=64))
    needed = int(str(refused.value).split("about ")[1].split(" ")[0].replace(",", ""))
    assert needed == pytest.approx(estimate(code), rel=0.02)


LINES = st.lists(
    st.sampled_from(["import os", "def f(x):", "    return x", "class A:", "    y = 1", "", "# 😋"])
    | st.text(alphabet="ab1 .('`\n\r\t", max_size=30),
    max_size=40,
)


@settings(deadline=None)
@given(
    LINES,
    LINES,
    st.integers(0, 900),
    st.text(max_size=40),
    st.sampled_from([(), (Piece("a hint", "A hint. " * 9),)]),
)
def test_no_prompt_exceeds_its_budget(
    above: list[str], below: list[str], room: int, told: str, more: tuple[Piece, ...]
) -> None:
    text = "\n".join([*above, "def half(x):", "    return ┃x / 2", *below])
    material = gather(select(text, told=(told,)))
    try:
        prompt = compose(
            material, system="Be exact.", task="Do it.", budget=Budget(room, 64), more=more
        )
    except SelectionTooLong:
        assert estimate(material.code) + 60 > room
        return
    assert fits("\n\n".join(turn.content for turn in prompt.turns), room)
    assert prompt.turns[-1].content.endswith("Do it.")
    assert prompt.max_tokens == 64
