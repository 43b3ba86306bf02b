"""`workspace/executeCommand`: the reply comes first, arguments in every form, follow-ups by key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from tests.lsp_course import Desk
from tests.lsp_editor import lsp_editor
from tests.raw_client import raw_client
from tests.scripted_endpoint import HANG, ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.asyncio(loop_scope="module")

CODE = "def half(x):\n    ┃y = x / 2\n    return y\n"
PLAIN = CODE.replace("┃", "")
HALVED = "def half(x):\n    return x / 2\n"
GOOD = native_stream("```python\ndef half(x):\n    return x / 2\n```")
BETTER = native_stream("```python\ndef half(x):\n    return 0.5 * x\n```")
AT_REST = ["AI: Explain", "AI: Refactor", "AI: Write tests", "AI: Show prompt"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    folder = tmp_path_factory.mktemp("commands")
    async with ScriptedEndpoint(HANG) as endpoint, lsp_editor(folder, endpoint) as editor:
        yield Desk(editor, endpoint)


@pytest.mark.parametrize("action", ["refactor", "explain", "tests"])
async def test_null_comes_before_all_that_the_job_asks_of_the_editor(
    tmp_path: Path, action: str
) -> None:
    async with ScriptedEndpoint(GOOD) as endpoint, raw_client(tmp_path, endpoint) as client:
        client.answers["workspace/applyEdit"] = {"applied": False}
        await client.initialize()
        client.open("half.py", PLAIN)
        assert await client.titles(client.open("half.py", PLAIN))
        seen = len(client.received)
        await client.execute(f"workers-ai.{action}", "half.py", 1, 1)
        await client.ended()

        reply, *rest = client.received[seen:]
        assert "method" not in reply
        assert reply["result"] is None
        assert rest[0]["method"] == "window/workDoneProgress/create"


def _ends(desk: Desk) -> int:
    return len(desk.editor.ends)


@pytest.mark.parametrize(
    "arguments",
    [
        ["{name}", 2, 2],
        ["{name}", "2", "2"],
        ["{name}", 3, 1],
        ["{name}", 1, 3],
        ["{name}", 1, 999],
        ["./{name}", 2, 2],
        ["{folder}/{name}", 2, 2],
        ["{folder}/../workspace/{name}", 2, 2],
        ["~/../workspace/{name}", 2, 2],
        ["file://{folder}/{name}", 2, 2],
        [
            {
                "uri": "file://{folder}/{name}",
                "range": {
                    "start": {"line": 1, "character": 4},
                    "end": {"line": 1, "character": 4},
                },
            }
        ],
    ],
    ids=str,
)
async def test_every_form_of_the_arguments_finds_the_code(desk: Desk, arguments: list[Any]) -> None:
    name = "forms.py"
    uri = desk.editor.open(name, PLAIN)
    desk.endpoint.script(GOOD)
    folder = str(desk.editor.folder)

    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: filled(each) for key, each in value.items()}
        return value.format(name=name, folder=folder) if isinstance(value, str) else value

    ends = _ends(desk)
    assert await desk.editor.execute("workers-ai.refactor", *map(filled, arguments)) is None
    assert (await desk.editor.ended(ends + 1)).startswith("done"), desk.editor.messages
    assert desk.editor.text(uri) == HALVED
    desk.editor.close(uri)


@pytest.mark.parametrize(
    ("command", "arguments", "said"),
    [
        ("refactor", [], "path, firstLine, lastLine"),
        ("refactor", ["half.py"], "path, firstLine, lastLine"),
        ("refactor", ["half.py", 1], "path, firstLine, lastLine"),
        ("refactor", ["half.py", "one", "two"], "path, firstLine, lastLine"),
        ("refactor", ["half.py", None, None], "path, firstLine, lastLine"),
        ("refactor", [5, 1, 1], "path, firstLine, lastLine"),
        ("refactor", [{"uri": "{uri}"}], "path, firstLine, lastLine"),
        ("refactor", [{"uri": "{uri}", "range": {"start": 1, "end": 2}}], "path, firstLine"),
        (
            "refactor",
            [{"uri": "{uri}", "range": {"start": {"line": "x"}, "end": {}}}],
            "path, firstLine, lastLine",
        ),
        ("refactor", ["nowhere.py", 1, 1], "nowhere.py is not open"),
        ("refactor", ["~nobody-of-that-name/half.py", 1, 1], "not open"),
        ("refactor", ["half\0.py", 1, 1], "not open"),
        ("edit", ["half.py", 1, 1], "AI:"),
        ("revert", ["half.py", "one", "two"], "path, firstLine, lastLine"),
        ("revert", [{"job": "x"}], "path, firstLine, lastLine"),
        ("revert", [{"job": 123456}], "nothing to do this to"),
        ("revert", ["half.py", 1, 1], "nothing to do this to"),
        ("applyAnyway", ["half.py"], "nothing to do this to"),
        ("showLastAnswer", ["nowhere.py"], "nowhere.py is not open"),
    ],
    ids=str,
)
async def test_bad_arguments_answer_null_and_say_what_is_wrong(
    desk: Desk, command: str, arguments: list[Any], said: str
) -> None:
    editor = desk.editor
    uri = editor.open("half.py", PLAIN)
    filled = [
        {**each, "uri": uri} if isinstance(each, dict) and "uri" in each else each
        for each in arguments
    ]
    seen, asked = len(editor.messages), len(desk.endpoint.requests)
    assert await editor.execute(f"workers-ai.{command}", *filled) is None
    await editor.until(lambda: len(editor.messages) > seen)
    assert await editor.titles() == AT_REST
    (message,) = editor.messages[seen:]
    assert said in message
    assert "bug" not in message
    assert len(desk.endpoint.requests) == asked
    editor.close(uri)


async def test_a_job_that_is_cancelled_in_the_same_breath_leaves_the_place_free(
    tmp_path: Path,
) -> None:
    async with ScriptedEndpoint(GOOD) as endpoint, raw_client(tmp_path, endpoint) as client:
        await client.initialize()
        uri = client.open("half.py", PLAIN)
        await client.titles(uri)
        refactor = {"command": "workers-ai.refactor", "arguments": ["half.py", 1, 1]}
        both = (refactor, {"command": "workers-ai.cancel", "arguments": []})
        method = "workspace/executeCommand"
        client.send(
            *(
                {"jsonrpc": "2.0", "id": n, "method": method, "params": each}
                for n, each in enumerate(both, 70)
            )
        )
        await client.reply(71)
        assert await client.titles(uri) == AT_REST
        assert not endpoint.requests


async def test_follow_ups_by_key_binding_need_no_arguments(desk: Desk) -> None:
    editor = desk.editor
    course = await desk.run("refactor", CODE, GOOD)
    shown = len(editor.client.shown_documents)
    await editor.execute("workers-ai.showDifference")
    await editor.until(lambda: len(editor.client.shown_documents) > shown)
    difference = editor.text(editor.client.shown_documents[-1].uri)
    assert "-    y = x / 2\n-    return y\n+    return x / 2\n" in difference

    await editor.execute("workers-ai.revert")
    await editor.until(lambda: editor.text(course.uri) == PLAIN)
    assert await editor.titles() == AT_REST

    await editor.execute("workers-ai.showLastAnswer")
    await editor.until(lambda: len(editor.client.shown_documents) > shown + 1)
    assert "return x / 2" in editor.text(editor.client.shown_documents[-1].uri)


async def test_try_again_shows_the_model_its_answer_and_replaces_it(desk: Desk) -> None:
    editor = desk.editor
    around = "import math\n\n\n" + CODE + "\n\nprint(half(4))\n"
    course = await desk.run("refactor", around, GOOD)
    desk.endpoint.script(BETTER)
    ends, asked = _ends(desk), len(desk.endpoint.requests)
    await editor.execute("workers-ai.tryAgain")
    assert (await editor.ended(ends + 1)).startswith("done"), editor.messages
    better = around.replace(CODE, "def half(x):\n    return 0.5 * x\n")
    assert editor.text(course.uri) == better
    roles = [turn["role"] for turn in desk.endpoint.requests[asked].body["messages"]]
    assert roles == ["system", "user", "assistant", "user"]
    assert "y = x / 2" in desk.endpoint.requests[asked].body["messages"][1]["content"]


async def test_try_again_replaces_just_what_the_first_answer_left(desk: Desk) -> None:
    """The scope around the answer is larger than the answer; it must stay."""
    text = "def f(x):\n    a = 1\n    ┃y = (x)┃\n    return y + a\n"
    course = await desk.run("refactor", text, native_stream("```python\ny = x\n```"))
    assert desk.editor.text(course.uri) == text.replace("┃", "").replace("(x)\n", "x\n")
    desk.endpoint.script(native_stream("```python\nz = x\ny = z\n```"))
    ends = _ends(desk)
    await desk.editor.execute("workers-ai.tryAgain")
    assert (await desk.editor.ended(ends + 1)).startswith("done"), desk.editor.messages
    assert desk.editor.text(course.uri) == (
        "def f(x):\n    a = 1\n    z = x\n    y = z\n    return y + a\n"
    )


async def test_try_again_keeps_the_instruction_of_an_edit(desk: Desk) -> None:
    text = "def f(x):\n    # AI: return a ┃float\n    return x\n"
    course = await desk.run(
        "edit", text, native_stream("```python\ndef f(x):\n    return float(x)\n```")
    )
    desk.endpoint.script(native_stream("```python\ndef f(x):\n    return x * 1.0\n```"))
    ends, asked = _ends(desk), len(desk.endpoint.requests)
    await desk.editor.execute("workers-ai.tryAgain")
    await desk.editor.ended(ends + 1)
    assert desk.editor.text(course.uri) == "def f(x):\n    return x * 1.0\n"
    assert "return a float" in desk.endpoint.requests[asked].body["messages"][1]["content"]


async def test_a_follow_up_without_arguments_takes_the_newest_job_that_it_fits(desk: Desk) -> None:
    editor = desk.editor
    course = await desk.run("refactor", CODE, GOOD, HANG)
    editor.open("elsewhere.py", CODE)
    ends = _ends(desk)
    await editor.execute("workers-ai.refactor", "elsewhere.py", 2, 2)
    await editor.execute("workers-ai.revert")
    await editor.until(lambda: editor.text(course.uri) == PLAIN)
    await editor.execute("workers-ai.cancel")
    assert await editor.ended(ends + 1) == "cancelled"


async def test_discard_and_apply_anyway_by_path(desk: Desk) -> None:
    cut = native_stream("```python\ndef half(x):\n    # ... rest of the code unchanged\n```")
    course = await desk.run("refactor", CODE, cut, name="held.py")
    assert course.end.startswith("held")
    await desk.editor.execute("workers-ai.discard", "held.py", 1, 1)
    await desk.editor.until(lambda: True)
    assert await desk.editor.titles() == AT_REST
    assert desk.editor.text(course.uri) == PLAIN

    course = await desk.again("refactor", course.uri, cut)
    await desk.editor.execute("workers-ai.applyAnyway", "held.py")
    await desk.editor.until(lambda: "rest of the code" in desk.editor.text(course.uri))
