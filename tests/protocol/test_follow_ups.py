"""What the list offers where an action has done its work: in every editor, without a plugin."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.lsp_course import Desk
from tests.lsp_editor import LspEditor, lsp_editor
from tests.raw_client import raw_client
from tests.scripted_endpoint import HANG, ScriptedEndpoint, native_stream
from workers_ai_ls.actions import FOLLOW_UPS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.asyncio(loop_scope="module")

CODE = "import math\n\n\ndef half(x):\n    ┃y = x / 2\n    return y\n\n\nprint(half(4))\n"
PLAIN = CODE.replace("┃", "")
HALVED = PLAIN.replace("    y = x / 2\n    return y\n", "    return x / 2\n")
GOOD = native_stream("```python\ndef half(x):\n    return x / 2\n```")
BETTER = native_stream("```python\ndef half(x):\n    return 0.5 * x\n```")
ELIDED = native_stream("```python\ndef half(x):\n    # ... rest of the code unchanged\n```")
AT_REST = ["AI: Explain", "AI: Refactor", "AI: Write tests", "AI: Show prompt"]
APPLIED = ["AI: Show difference", "AI: Revert", "AI: Try again"]
HELD = ["AI: Apply anyway", "AI: Show difference", "AI: Discard"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    folder = tmp_path_factory.mktemp("followed")
    options = {"repair": False}
    async with (
        ScriptedEndpoint(HANG) as endpoint,
        lsp_editor(folder, endpoint, options=options) as editor,
    ):
        yield Desk(editor, endpoint)


async def offered(editor: LspEditor, titles: list[str]) -> None:
    """Wait until just these are offered: the server hears of its own edit by a notification."""
    async with asyncio.timeout(10):
        while await editor.titles() != titles:
            pass


async def test_the_table_says_what_fits_which_state() -> None:
    fits = {
        state: [each.title for each in FOLLOW_UPS if state in each.states]
        for state in ("running", "applied", "held")
    }
    assert fits == {"running": ["AI: Cancel"], "applied": APPLIED, "held": HELD}


@pytest.mark.parametrize("name", ["visual-studio-code", "neovim", "emacs"])
async def test_editors_of_every_kind_follow_up_an_edit_and_a_held_answer(
    tmp_path: Path, name: str
) -> None:
    answers = (GOOD, BETTER, ELIDED)
    options = {"repair": False, "changesFirst": True}
    async with (
        ScriptedEndpoint(*answers) as endpoint,
        lsp_editor(tmp_path, endpoint, name, options=options) as editor,
    ):
        uri = editor.open("half.py", CODE)
        await editor.choose("AI: Refactor")
        await editor.ended()
        assert await editor.titles() == [*APPLIED, *AT_REST]
        await editor.choose("AI: Try again")
        await editor.ended(2)
        assert "0.5 * x" in editor.text(uri)
        await editor.choose("AI: Revert")
        await editor.until(lambda: editor.text(uri) == PLAIN)
        await offered(editor, AT_REST)

        await editor.choose("AI: Refactor")
        assert (await editor.ended(3)).startswith("held")
        assert await editor.titles() == [*HELD, *AT_REST]
        await editor.choose("AI: Discard")
        await offered(editor, AT_REST)
        assert editor.text(uri) == PLAIN


async def test_they_stay_where_the_code_goes_until_it_is_edited(desk: Desk) -> None:
    editor = desk.editor
    course = await desk.run("refactor", CODE, GOOD)
    editor.type(course.uri, "import math\n", "import math\nimport os\n")
    editor.type(course.uri, "half(4)", "half(5)")
    text = editor.text(course.uri)
    for place, titles in (
        (text.index("def half"), [*APPLIED, *AT_REST]),
        (text.index("x / 2"), [*APPLIED, *AT_REST]),
        (text.index("import os"), AT_REST),
        (text.index("print"), AT_REST),
    ):
        editor.select(course.uri, place, place)
        assert await editor.titles() == titles

    place = text.index("x / 2")
    editor.select(course.uri, place, place)
    editor.type(course.uri, "x / 2", "x / 3")
    assert await editor.titles() == AT_REST
    # Undone, it is the result again.
    editor.type(course.uri, "x / 3", "x / 2")
    assert await editor.titles() == [*APPLIED, *AT_REST]
    await editor.choose("AI: Revert")
    changed = PLAIN.replace("import math\n", "import math\nimport os\n").replace("(4)", "(5)")
    await editor.until(lambda: editor.text(course.uri) == changed)


async def test_a_held_answer_is_compared_then_applied_then_followed_up(desk: Desk) -> None:
    editor = desk.editor
    course = await desk.run("refactor", CODE, ELIDED)
    assert course.titles == [*HELD, *AT_REST]
    shown = len(editor.client.shown_documents)
    await editor.choose("AI: Show difference")
    await editor.until(lambda: len(editor.client.shown_documents) > shown)
    assert "+    # ... rest" in editor.text(editor.client.shown_documents[-1].uri)
    editor.current = course.uri
    assert editor.text(course.uri) == PLAIN
    assert await editor.titles() == [*HELD, *AT_REST]

    await editor.choose("AI: Apply anyway")
    await editor.until(lambda: "# ... rest" in editor.text(course.uri))
    await offered(editor, [*APPLIED, *AT_REST])
    await editor.choose("AI: Revert")
    await editor.until(lambda: editor.text(course.uri) == PLAIN)
    await offered(editor, AT_REST)


async def test_a_closed_document_offers_none_when_it_is_open_again(desk: Desk) -> None:
    editor = desk.editor
    course = await desk.run("refactor", CODE, GOOD, name="closed.py")
    editor.close(course.uri)
    editor.open("closed.py", HALVED)
    assert await editor.titles() == AT_REST


async def test_the_commands_beside_the_list_are_announced(tmp_path: Path) -> None:
    async with raw_client(tmp_path) as client:
        result = await client.initialize()
        commands = set(result["capabilities"]["executeCommandProvider"]["commands"])
    names = ("applyLastAnswer", "showLastAnswer", "tryAgainWith", "discard", "showDifference")
    assert {f"workers-ai.{name}" for name in names} <= commands
