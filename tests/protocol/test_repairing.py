"""An answer that cannot be used is asked for once more, with what was wrong with it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from tests.lsp_course import Desk
from tests.lsp_editor import lsp_editor
from tests.protocol.test_answers_kept import rows
from tests.scripted_endpoint import (
    HANG,
    ScriptedEndpoint,
    error_answer,
    native_stream,
    openai_stream,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.scripted_endpoint import Answer

pytestmark = pytest.mark.asyncio(loop_scope="module")

HALF = "import math\n\n\ndef half(x):\n    ┃y = x / 2\n    return y\n"
PLAIN = HALF.replace("┃", "")
HALVED = "import math\n\n\ndef half(x):\n    return x / 2\n"
GOOD = native_stream("```python\ndef half(x):\n", "    return x / 2\n```")
ELIDED_TEXT = "```python\ndef half(x):\n    # ... existing code ...\n    return x / 2\n```"
ELIDED = native_stream(ELIDED_TEXT)
SORRY = native_stream("I'm sorry, but I can't help with that.")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    folder = tmp_path_factory.mktemp("repairing")
    async with ScriptedEndpoint(HANG) as endpoint, lsp_editor(folder, endpoint) as editor:
        yield Desk(editor, endpoint)


def turns(course: Any) -> list[tuple[str, str]]:
    """Role and text of the second request's messages."""
    return [(each["role"], each["content"]) for each in course.requests[1].body["messages"]]


@pytest.mark.parametrize(
    ("first", "fault"),
    [
        (ELIDED, "parts of the code were left out"),
        (SORRY, "it declines"),
        (native_stream("It could be shorter."), "the changed code was not in it"),
        (native_stream("```python\ndef half(x:\n    return\n```"), "does not parse"),
        (native_stream("```python\ndef third(x):\n    return x / 3\n```"), "renames `half`"),
        (openai_stream("```python\ndef half(x):\n    return (x", finish="length"), "stopped in"),
    ],
)
async def test_the_model_is_told_what_was_wrong_and_its_second_answer_is_used(
    desk: Desk, first: Answer, fault: str
) -> None:
    course = await desk.run("refactor", HALF, first, GOOD)
    assert course.end.startswith("done"), course.messages
    assert desk.editor.text(course.uri) == HALVED
    assert not course.messages
    (answer, request) = turns(course)[-2:]
    assert answer[0] == "assistant"
    assert request[0] == "user"
    assert fault in request[1]
    assert turns(course)[:-2] == [
        (each["role"], each["content"]) for each in course.requests[0].body["messages"]
    ]


async def test_an_empty_answer_is_no_turn_of_its_own(desk: Desk) -> None:
    course = await desk.run("refactor", HALF, native_stream(""), GOOD)
    assert desk.editor.text(course.uri) == HALVED
    assert [role for role, _ in turns(course)] == ["system", "user"]
    assert "there was nothing in it" in turns(course)[-1][1]


async def test_it_is_one_job_with_one_progress_display(desk: Desk) -> None:
    before, told = len(desk.editor.ends), asyncio.Event()
    later = native_stream(told, "```python\ndef half(x):\n    return x / 2\n```")
    running = asyncio.create_task(desk.run("refactor", HALF, SORRY, later))
    await desk.editor.until(
        lambda: any("asking once more" in (each.message or "") for each in desk.editor.progress)
    )
    told.set()
    await running
    assert len(desk.editor.ends) == before + 1


async def test_both_answers_are_kept(desk: Desk) -> None:
    folder = desk.editor.folder.parent
    before = len(rows(folder))
    await desk.run("refactor", HALF, ELIDED, GOOD)
    first, second = rows(folder)[before:]
    assert (first["outcome"], first["answer"]) == ("held", ELIDED_TEXT)
    assert second["outcome"] == "applied"


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(SORRY, id="refused"),
        pytest.param(error_answer(400, 5006, "no"), id="the request fails"),
        pytest.param(native_stream("```python\n", done=False, usage=None), id="broken off"),
    ],
)
async def test_a_second_answer_that_is_worse_leaves_the_first_within_reach(
    desk: Desk, second: Answer
) -> None:
    folder = desk.editor.folder.parent
    before = len(rows(folder))
    course = await desk.run("refactor", HALF, ELIDED, second)
    assert desk.editor.text(course.uri) == PLAIN
    (message,) = course.messages
    assert "left parts" in message
    assert course.titles[:3] == ["AI: Apply anyway", "AI: Show difference", "AI: Discard"]
    await desk.editor.choose("AI: Apply anyway")
    applied = PLAIN.replace(
        "    y = x / 2\n    return y\n", "    # ... existing code ...\n    return x / 2\n"
    )
    await desk.editor.until(lambda: desk.editor.text(course.uri) == applied, "the first answer")
    first = rows(folder)[before]
    assert first["answer"] == ELIDED_TEXT


async def test_cancelling_the_second_request_ends_the_job(desk: Desk) -> None:
    desk.endpoint.script(ELIDED, native_stream("```python\n", asyncio.Event()))
    asked, ends = len(desk.endpoint.requests), len(desk.editor.ends)
    uri = desk.editor.open("cancelled.py", HALF)
    await desk.editor.choose("AI: Refactor")
    await desk.endpoint.wait_for_requests(asked + 2)
    await desk.editor.choose("AI: Cancel")
    assert (await desk.editor.ended(ends + 1)).startswith("cancelled")
    assert desk.editor.text(uri) == PLAIN


async def test_typing_meanwhile_holds_the_second_answer_too(desk: Desk) -> None:
    gate = asyncio.Event()
    desk.endpoint.script(
        ELIDED, native_stream("```python\ndef half(x):\n", gate, "    return x / 2\n```")
    )
    asked, ends = len(desk.endpoint.requests), len(desk.editor.ends)
    uri = desk.editor.open("typed.py", HALF)
    await desk.editor.choose("AI: Refactor")
    await desk.endpoint.wait_for_requests(asked + 2)
    desk.editor.type(uri, "return y", "return y + 1")
    gate.set()
    assert (await desk.editor.ended(ends + 1)).startswith("held")
    assert desk.editor.text(uri) == PLAIN.replace("return y", "return y + 1")


async def test_a_setting_turns_it_off(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(SORRY, GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint, options={"workersAI": {"repair": False}}) as editor,
    ):
        course = await Desk(editor, endpoint).run("refactor", HALF)
        assert len(course.requests) == 1
        assert "declined" in course.messages[0]


async def test_a_thin_client_sees_the_second_answer_in_the_place_of_the_first(
    tmp_path: Path,
) -> None:
    seen: list[dict[str, Any]] = []
    async with (
        ScriptedEndpoint(ELIDED, GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint, options={"streamAnswers": True}) as editor,
    ):

        def take(params: Any) -> None:
            seen.append({name: getattr(params, name, None) for name in ("delta", "text")})

        editor.client.feature("$/workers-ai/answer")(take)
        await Desk(editor, endpoint).run("refactor", HALF)
        whole = ""
        for each in seen:
            whole = whole + each["delta"] if each["delta"] is not None else each["text"]
        assert "existing code" not in whole
        assert "return x / 2" in whole
