"""What holds of every prompt, whatever is known: its size, its order, and that room only adds."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.context.asking import look
from workers_ai_ls.context import (
    Budget,
    Caller,
    Knowledge,
    Known,
    Piece,
    ProjectWords,
    Prompt,
    SelectionTooLong,
    compose,
    estimate,
)
from workers_ai_ls.syntax.symbol import Definition

EXPORTED = (True, "")
SYSTEM, TASK = "Be exact.", "Do it."
FILLER = "".join(f"value_{at} = {at}\n" for at in range(60))
TEXT = (
    f"import os\nfrom re import compile\n\n{FILLER}\nclass Own:\n    '''Ours.'''\n\n"
    f"    def ┃area(self):\n        return compile(self)\n\n{FILLER.replace('value', 'other')}"
)
MATERIAL = look(TEXT)
CODE = MATERIAL.code
LINE = TEXT[: TEXT.index("class Own")].count("\n")
OWN = Definition(
    "class", "Own", "Own", LINE, LINE, LINE + 1, 10**6, "class Own:", "Ours.", -1, *EXPORTED
)


@st.composite
def definitions(draw: st.DrawFn, path: str | None = None) -> Known:
    """A definition of any length, with a name and lines of its own."""
    number = 2 * draw(st.integers(0, 999)) + (path is None)
    width = draw(st.sampled_from([0, 0, 0, 1, 5, 60]))
    name = f"name{number}_"
    parameters = "".join(f"\n    parameter{at}: int," for at in range(width))
    signature = f"def {name}({parameters}):"
    body = "    return 1\n" * draw(st.integers(0, 30))
    height = signature.count("\n") + 1
    start = 1000 + 200 * number
    inside: tuple[Definition, ...] = ()
    if draw(st.booleans()):
        house = f"House{start}"
        around = f"class {house}:"
        inside = (
            Definition(
                "class",
                house,
                house,
                start - 1,
                start - 1,
                start,
                start + 150,
                around,
                "",
                -1,
                *EXPORTED,
            ),
        )
        if path and draw(st.booleans()):
            inside = (OWN,)
    item = Definition(
        "method" if inside else "function",
        name,
        name,
        start,
        start,
        start + height,
        start + height + body.count("\n"),
        signature,
        draw(st.sampled_from(["", "What it is for.", "Café ☕ " * 9, "internationalization" * 9])),
        0 if inside else -1,
        *EXPORTED,
    )
    return Known(
        path or draw(st.sampled_from(["sample.py", "a.py", "deep/er/b.py"])),
        item,
        draw(st.integers(0, 9)),
        draw(st.sampled_from([0.2, 1.0])),
        draw(st.integers(0, 3)),
        f"{signature}\n{body}" if draw(st.booleans()) else "",
        inside,
    )


USED = st.lists(definitions(), max_size=25, unique_by=lambda each: each.definition.name)
NAMED = st.lists(definitions("sample.py"), max_size=8, unique_by=lambda each: each.definition.name)
KNOWLEDGE = st.builds(
    Knowledge,
    used=USED.map(tuple),
    members=NAMED.map(tuple),
    callers=st.lists(
        st.builds(
            Caller,
            path=st.sampled_from(["c.py", "d.py"]),
            line=st.integers(0, 400),
            code=st.sampled_from(["    x = area()\n", "x = [\n    area(),\n]", "y" * 5000]),
        ),
        max_size=4,
    ).map(tuple),
    sibling=st.none() | definitions(),
    words=st.none()
    | st.builds(
        ProjectWords, path=st.just("AGENTS.md"), text=st.text(alphabet="ab `|<>\n#é", max_size=4000)
    ),
)
MORE = st.sampled_from([(), (Piece("a sample", "A sample.\n" * 40),)])
ROOMS = st.integers(256, 3000) | st.integers(256, 100_000)

often = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def composed(knowledge: Knowledge, budget: Budget, more: tuple[Piece, ...] = ()) -> Prompt:
    material = attrs.evolve(MATERIAL, knowledge=knowledge)
    return compose(material, system=SYSTEM, task=TASK, budget=budget, more=more, style=True)


@often
@given(KNOWLEDGE, ROOMS, MORE)
def test_no_prompt_exceeds_what_the_model_takes(
    knowledge: Knowledge, room: int, more: tuple[Piece, ...]
) -> None:
    prompt = composed(knowledge, Budget(room, 64), more)
    assert estimate("\n\n".join(turn.content for turn in prompt.turns)) <= room


@often
@given(KNOWLEDGE, ROOMS, MORE)
def test_no_context_exceeds_its_limit_by_either_measure(
    knowledge: Knowledge, room: int, more: tuple[Piece, ...]
) -> None:
    prompt = composed(knowledge, Budget(10**6, 64, context=room), more)
    user = prompt.turns[-1].content
    rest = user.replace(CODE, "", 1).removesuffix(TASK)
    assert len(rest) == len(user) - len(CODE) - len(TASK)
    assert len(rest.encode()) <= 3 * room
    assert estimate(rest) <= room


@often
@given(KNOWLEDGE, ROOMS, MORE)
def test_the_code_is_always_whole_and_the_same_question_gives_the_same_bytes(
    knowledge: Knowledge, room: int, more: tuple[Piece, ...]
) -> None:
    prompt = composed(knowledge, Budget(room, 64), more)
    assert f"Selected code:\n```python\n{CODE}\n```" in prompt.turns[-1].content
    assert prompt == composed(knowledge, Budget(room, 64), more)


@often
@given(KNOWLEDGE, ROOMS, MORE)
def test_more_room_drives_nothing_out_that_the_code_uses(
    knowledge: Knowledge, room: int, more: tuple[Piece, ...]
) -> None:
    some, twice = (
        composed(knowledge, Budget(10**6, 64, context=size), more).turns[-1].content
        for size in (room, 2 * room)
    )
    for known in knowledge.used:
        name = f"def {known.definition.name}("
        assert name not in some or name in twice


@settings(deadline=None)
@given(st.integers(-10, 200))
def test_only_code_that_does_not_fit_is_refused(room: int) -> None:
    try:
        composed(Knowledge(), Budget(room, 64))
    except SelectionTooLong:
        assert room < estimate(f"{SYSTEM}{CODE}{TASK}") + 40


def test_a_limit_on_context_refuses_nothing() -> None:
    for limit in (0, 1, 20, 60):
        user = composed(Knowledge(), Budget(10**6, 64, context=limit)).turns[-1].content
        assert CODE in user
        assert "value_59" not in user


def item(number: int, *, member: bool = False) -> Known:
    """A definition with a doc of long words, of which bytes / 3 say more than the estimate."""
    name = f"internationalization_{number}"
    signature = f"def {name}(" + "".join(f"\n    parameter{at}: int," for at in range(12)) + "):"
    start = 2000 + 100 * number
    doc = "internationalizations " * 5
    body = f"{signature}\n{'    internationalization()' * 3}\n" * (1 + number % 4)
    inside = (OWN,) if member else ()
    found = Definition(
        "function", name, name, start, start, start + 14, start + 60, signature, doc, -1, *EXPORTED
    )
    path = "sample.py" if member else f"folder/module{number % 7}.py"
    return Known(path, found, number % 3, text=body, inside=inside)


EVERYTHING = Knowledge(
    tuple(item(number) for number in range(30)),
    tuple(item(number, member=True) for number in range(100, 110)),
    tuple(Caller(f"c{at}.py", at, "    internationalization = area()\n" * 5) for at in range(3)),
    item(200),
    ProjectWords("AGENTS.md", "internationalization\n" * 1000),
)


@pytest.mark.parametrize("room", range(300, 9000, 290))
def test_with_more_of_everything_than_there_is_room_for(room: int) -> None:
    def shown(size: int) -> str:
        user = composed(EVERYTHING, Budget(10**6, 64, context=size)).turns[-1].content
        return user.replace(CODE, "", 1).removesuffix(TASK)

    some, twice = shown(room), shown(2 * room)
    assert len(some.encode()) <= 3 * room
    assert estimate(some) <= room
    names = [each.definition.name for each in (*EVERYTHING.used, *EVERYTHING.members)]
    there = [name for name in names if f"def {name}(" in some]
    assert all(f"def {name}(" in twice for name in there)
    if len(there) < len(EVERYTHING.used):
        assert "It is used like this" not in some
        assert "Code above" not in some
