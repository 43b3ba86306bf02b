"""*Try again with …*: another answer to the same request, with a wish or by another model."""

from __future__ import annotations

import asyncio
from contextlib import closing
from typing import TYPE_CHECKING, Any

import attrs
import pytest
import pytest_asyncio

from tests.lsp_course import Desk
from tests.lsp_editor import lsp_editor
from tests.scripted_endpoint import HANG, ScriptedEndpoint, native_stream
from workers_ai_ls.journal import Entry, open_journal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.scripted_endpoint import Answer, Received

pytestmark = pytest.mark.asyncio(loop_scope="module")

CODE = "def half(x):\n    ┃y = x / 2\n    return y\n"
PLAIN = CODE.replace("┃", "")
GOOD = native_stream("```python\ndef half(x):\n    return x / 2\n```")
BETTER = native_stream("```python\ndef half(x):\n    return 0.5 * x\n```")
BEST = native_stream("```python\ndef half(x):\n    return x * 0.5\n```")
HALVED = "def half(x):\n    return x / 2\n"
BETTERED = "def half(x):\n    return 0.5 * x\n"
ELIDED = native_stream("```python\ndef half(x):\n    # ... rest of the code unchanged\n```")
OTHER = "@cf/meta/llama-3.3-70b-instruct-fp8-fast"
AGAIN = "workers-ai.tryAgainWith"
AT_REST = ["AI: Explain", "AI: Refactor", "AI: Write tests", "AI: Show prompt"]
HELD = ["AI: Apply anyway", "AI: Show difference", "AI: Discard"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    folder = tmp_path_factory.mktemp("again")
    options = {"repair": False}
    async with (
        ScriptedEndpoint(HANG) as endpoint,
        lsp_editor(folder, endpoint, options=options) as editor,
    ):
        yield Desk(editor, endpoint)


async def again(desk: Desk, answer: Answer, *arguments: Any) -> Received:
    """Run the command to the end of its job; returns what the model was asked."""
    desk.endpoint.script(answer)
    ends, asked = len(desk.editor.ends), len(desk.endpoint.requests)
    assert await desk.editor.execute(AGAIN, *arguments) is None
    await desk.editor.ended(ends + 1)
    (request,) = desk.endpoint.requests[asked:]
    return request


def said(request: Received) -> str:
    """The request to the model, without what it has answered before."""
    content: str = request.body["messages"][1]["content"]
    return content


@pytest.mark.parametrize(
    "arguments",
    [
        ["{path}", 1, 1, "use", "a product"],
        ["{path}", "1", "2", "use a product"],
        ["{path}", 1, 1, {"instruction": "use a product"}],
        [{"job": "{job}", "instruction": "use a product"}],
        [{"job": "{job}"}, "use a product"],
        [{"job": "{job}"}, {"instruction": "use a product"}],
        [{"uri": "{uri}", "range": "{range}", "instruction": "use a product"}],
        [{"uri": "{uri}", "range": "{range}"}, "use a product"],
    ],
    ids=str,
)
async def test_an_instruction_in_every_form(desk: Desk, arguments: list[Any]) -> None:
    editor = desk.editor
    course = await desk.run("refactor", CODE, GOOD, name="wished.py")
    shown = (await editor.actions())[0].command
    assert shown is not None
    assert shown.arguments
    follow_up: Any = shown.arguments[0]
    filled = {
        "{path}": "wished.py",
        "{uri}": course.uri,
        "{range}": attrs.asdict(editor.selections[course.uri]),
        "{job}": follow_up["job"],
    }

    def fill(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: fill(each) for key, each in value.items()}
        return filled.get(value, value) if isinstance(value, str) else value

    request = await again(desk, BETTER, *map(fill, arguments))
    assert editor.text(course.uri) == BETTERED
    assert "use a product" in said(request)
    assert "y = x / 2" in said(request)
    assert [turn["role"] for turn in request.body["messages"]][2:] == ["assistant", "user"]
    editor.close(course.uri)


async def test_another_model_answers_this_once(desk: Desk) -> None:
    editor = desk.editor
    course = await desk.run("refactor", CODE, GOOD, name="other.py")
    request = await again(desk, BETTER, "other.py", 1, 1, {"model": OTHER})
    assert request.path.endswith(f"/ai/run/{OTHER}")
    assert said(request) == course.requests[0].body["messages"][1]["content"]
    assert editor.text(course.uri) == BETTERED
    following = await desk.again("refactor", course.uri, GOOD)
    assert following.requests[0].path == course.requests[0].path


async def test_wishes_add_up(desk: Desk) -> None:
    text = "def f(x):\n    # AI: return a ┃float\n    return x\n"
    floats = native_stream("```python\ndef f(x):\n    return float(x)\n```")
    course = await desk.run("edit", text, floats, name="sum.py")
    await again(desk, floats, "sum.py", 1, 1, "keep it short")
    third = native_stream("```python\ndef f(x):\n    return 1.0 * x\n```")
    request = await again(desk, third, "sum.py", 1, 1, "no call")
    assert "return a float\nkeep it short\nno call" in said(request)
    assert "AI:" not in said(request)
    assert desk.editor.text(course.uri) == "def f(x):\n    return 1.0 * x\n"


@pytest.mark.parametrize("first", [ELIDED, native_stream("I'm sorry, I can't.")])
async def test_after_an_answer_that_was_not_used(desk: Desk, first: Answer) -> None:
    course = await desk.run("refactor", CODE, first, name="unused.py")
    assert desk.editor.text(course.uri) == PLAIN
    request = await again(desk, BETTER, "unused.py", 1, 1, "write all of it")
    assert "write all of it" in said(request)
    assert desk.editor.text(course.uri) == BETTERED
    desk.editor.close(course.uri)


async def test_a_held_answer_stays_within_reach_when_the_next_is_none(desk: Desk) -> None:
    course = await desk.run("refactor", CODE, ELIDED, name="twice.py")
    refusal = native_stream("I'm sorry, I can't.")
    await again(desk, refusal, "twice.py", 1, 1, "write all of it")
    assert await desk.editor.titles() == [*HELD, *AT_REST]
    assert desk.editor.text(course.uri) == PLAIN


async def test_after_a_held_edit_its_comment_is_still_the_request_and_no_code(desk: Desk) -> None:
    text = "def f(x):\n    # AI: return a ┃float\n    return x\n"
    cut = native_stream("```python\ndef f(x):\n    # ... rest of the code unchanged\n```")
    course = await desk.run("edit", text, cut, name="comment.py")
    assert course.end.startswith("held")
    whole = native_stream("```python\ndef f(x):\n    return float(x)\n```")
    request = await again(desk, whole, "comment.py", 2, 2, "write all of it")
    assert "return a float\nwrite all of it" in said(request)
    assert "AI:" not in said(request)
    assert desk.editor.text(course.uri) == "def f(x):\n    return float(x)\n"


async def test_an_edited_result_is_asked_about_as_it_is_now(desk: Desk) -> None:
    course = await desk.run("refactor", CODE, GOOD, name="typed.py")
    desk.editor.type(course.uri, "x / 2", "x / 3")
    request = await again(desk, BETTER, "typed.py", 1, 1, "halve it")
    assert "x / 3" in said(request)
    assert "halve it" in said(request)
    assert len(request.body["messages"]) == 2
    assert desk.editor.text(course.uri) == BETTERED


async def test_what_was_held_for_an_edit_is_asked_about_as_it_is_now(desk: Desk) -> None:
    editor, pause = desk.editor, asyncio.Event()
    desk.endpoint.script(native_stream("```python\n", pause, HALVED, "```"))
    uri = editor.open("meanwhile.py", CODE)
    ends, asked = len(editor.ends), len(desk.endpoint.requests)
    await editor.execute("workers-ai.refactor", "meanwhile.py", 1, 1)
    await desk.endpoint.wait_for_requests(asked + 1)
    editor.type(uri, "y = x / 2", "y = x / 4")
    pause.set()
    assert (await editor.ended(ends + 1)).startswith("held")
    request = await again(desk, BETTER, "meanwhile.py", 1, 1, "quarter it")
    assert "y = x / 4" in said(request)
    assert editor.text(uri) == BETTERED


async def test_what_runs_is_superseded(desk: Desk) -> None:
    editor = desk.editor
    desk.endpoint.script(HANG)
    uri = editor.open("running.py", CODE)
    ends = len(editor.ends)
    await editor.execute("workers-ai.refactor", "running.py", 1, 1)
    await desk.endpoint.wait_for_requests(len(desk.endpoint.requests) + 1)
    desk.endpoint.script(BETTER)
    await editor.execute(AGAIN, "running.py", 1, 1, "be quick")
    await editor.ended(ends + 2)
    assert editor.text(uri) == BETTERED


async def test_tests_are_not_added_twice(desk: Desk) -> None:
    tests = (
        "```python\nfrom twofold import half\n\n\ndef test_half():\n    assert half(4) == {}\n```"
    )
    existing = desk.editor.open("test_twofold.py", "import math\n")
    course = await desk.run("tests", CODE, native_stream(tests.format("2")), name="twofold.py")
    await again(desk, native_stream(tests.format("2.0")), "twofold.py", 1, 1, "floats")
    text = desk.editor.text(existing)
    assert text.count("def test_half") == 1
    assert "2.0" in text
    assert desk.editor.text(course.uri) == PLAIN


async def test_an_answer_from_before_the_server_started(desk: Desk) -> None:
    editor = desk.editor
    uri = editor.open("earlier.py", CODE)
    (file,) = (editor.folder.parent / "home").rglob("journal.sqlite3")
    with closing(open_journal(file)) as journal:
        for action, line in (("refactor", 2), ("explain", 9)):
            journal.record(
                Entry(uri=uri, action=action, answer="x", first_line=line, last_line=line)
            )
    request = await again(desk, BETTER, "earlier.py", 1, 3, "use a product")
    assert "Refactor" in said(request)
    assert "use a product" in said(request)
    assert editor.text(uri) == BETTERED


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "tryAgainWith takes"),
        (["nothing.py", 1, 1], "tryAgainWith takes"),
        (["nothing.py", 1, 1, " "], "tryAgainWith takes"),
        (["nothing.py", "a", "b", "word"], "tryAgainWith takes"),
        (["nothing.py", 1, 1, {"instruction": 5}], "tryAgainWith takes"),
        (["nothing.py", 1, 1, {"model": ["x"]}], "tryAgainWith takes"),
        ([{"job": "x"}, "word"], "tryAgainWith takes"),
        ([{}, "word"], "tryAgainWith takes"),
        ([{"job": 123456}, "word"], "nothing to do this to"),
        (["nothing.py", 1, 1, "word"], "no answer here to try again"),
        (["nothing.py", 1, 1, {"model": "../../x"}], "no id that can be one"),
        (["not_open.py", 1, 1, "word"], "not_open.py is not open"),
    ],
    ids=str,
)
async def test_what_cannot_be_tried_is_told(desk: Desk, arguments: list[Any], told: str) -> None:
    editor = desk.editor
    uri = editor.open("nothing.py", CODE)
    seen, asked = len(editor.messages), len(desk.endpoint.requests)
    assert await editor.execute(AGAIN, *arguments) is None
    await editor.until(lambda: len(editor.messages) > seen)
    assert told in editor.messages[-1]
    assert "bug" not in editor.messages[-1]
    assert len(desk.endpoint.requests) == asked
    editor.close(uri)


async def test_revert_brings_back_the_code_from_before_the_first_edit(desk: Desk) -> None:
    editor = desk.editor
    course = await desk.run("refactor", CODE, GOOD, name="reverted.py")
    await again(desk, BETTER, "reverted.py", 1, 1, "a product")
    await again(desk, BEST, "reverted.py", 1, 1, "the other way round")
    shown = len(editor.client.shown_documents)
    await editor.choose("AI: Show difference")
    await editor.until(lambda: len(editor.client.shown_documents) > shown)
    difference = editor.text(editor.client.shown_documents[-1].uri)
    assert "-    y = x / 2\n-    return y\n+    return x * 0.5\n" in difference

    editor.current = course.uri
    await editor.choose("AI: Revert")
    await editor.until(lambda: editor.text(course.uri) == PLAIN)
    (file,) = (editor.folder.parent / "home").rglob("journal.sqlite3")

    def outcomes() -> list[str]:
        with closing(open_journal(file)) as journal:
            return [entry.outcome for entry in journal.entries(None, course.uri)]

    await editor.until(lambda: outcomes() == ["reverted"] * 3)
    assert await editor.titles() == AT_REST


async def test_revert_takes_back_the_imports_of_every_answer(desk: Desk) -> None:
    editor = desk.editor
    text = '"""Halves."""\n\n\n' + CODE
    plain = text.replace("┃", "")
    with_import = "```python\nimport {0}\n\n\ndef half(x):\n    return {0}.half(x)\n```"
    first, second = (native_stream(with_import.format(name)) for name in ("fractions", "decimal"))
    course = await desk.run("refactor", text, first, name="imports.py")
    assert "import fractions" in editor.text(course.uri)
    await again(desk, second, "imports.py", 1, 9, "decimals")
    assert "import decimal" in editor.text(course.uri)
    await editor.execute("workers-ai.revert", "imports.py")
    await editor.until(lambda: "y = x / 2" in editor.text(course.uri))
    assert editor.text(course.uri) == plain


async def test_revert_after_an_edit_in_between_keeps_that_edit(desk: Desk) -> None:
    """What was typed into the first result is no part of any answer."""
    editor = desk.editor
    course = await desk.run("refactor", CODE, GOOD, name="between.py")
    editor.type(course.uri, "x / 2", "x / 3")
    await again(desk, BETTER, "between.py", 1, 1, "a product")
    await editor.choose("AI: Revert")
    await editor.until(lambda: editor.text(course.uri) == "def half(x):\n    return x / 3\n")


async def test_a_held_second_answer_is_compared_with_the_first(desk: Desk) -> None:
    editor = desk.editor
    course = await desk.run("refactor", CODE, GOOD, name="second.py")
    await again(desk, ELIDED, "second.py", 1, 1, "a product")
    shown = len(editor.client.shown_documents)
    await editor.choose("AI: Show difference")
    await editor.until(lambda: len(editor.client.shown_documents) > shown)
    assert "-    return x / 2\n" in editor.text(editor.client.shown_documents[-1].uri)
    editor.current = course.uri
    await editor.choose("AI: Discard")
    # The first answer still stands there, and is followed up.
    assert (await editor.titles())[1:3] == ["AI: Revert", "AI: Try again"]
    await editor.choose("AI: Revert")
    await editor.until(lambda: editor.text(course.uri) == PLAIN)
