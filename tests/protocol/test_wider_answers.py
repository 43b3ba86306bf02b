"""Answers that bring imports along, or change code around the selection on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.lsp_course import Desk
from tests.lsp_editor import lsp_editor
from tests.scripted_endpoint import HANG, ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.asyncio(loop_scope="module")

CODE = '"""Numbers."""\n\nimport os\n\n\ndef root(x):\n    ┃return x ** 0.5\n\n\nprint(root(4))\n'
PLAIN = CODE.replace("┃", "")
WITH_IMPORT = native_stream(
    "```python\nimport math\n\n\ndef root(x):\n    return math.sqrt(x)\n```"
)
ROOTED = PLAIN.replace("import os\n", "import os\nimport math\n").replace(
    "x ** 0.5", "math.sqrt(x)"
)

CLASS = """\
class Shop:
    rate = 1.19

    def price(self, net):
        ┃result = net * 1.19
        return result

    def tax(self, net):
        return net * 0.19
"""
WHOLE = native_stream(
    """\
```python
class Shop:
    rate = 1.19

    def price(self, net):
        return net * self.rate

    def tax(self, net):
        return net * (self.rate - 1)
```"""
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    folder = tmp_path_factory.mktemp("wider")
    async with ScriptedEndpoint(HANG) as endpoint, lsp_editor(folder, endpoint) as editor:
        yield Desk(editor, endpoint)


async def test_an_import_goes_where_imports_are_in_the_same_edit(desk: Desk) -> None:
    course = await desk.run("refactor", CODE, WITH_IMPORT)
    assert course.end.startswith("done"), course.messages
    assert desk.editor.text(course.uri) == ROOTED
    assert course.edits == 1


async def test_revert_takes_the_import_back_too(desk: Desk) -> None:
    course = await desk.run("refactor", CODE, WITH_IMPORT)
    desk.editor.type(course.uri, '"""Numbers."""', '"""Numbers and roots."""')
    await desk.editor.choose("AI: Revert")
    reverted = PLAIN.replace("Numbers.", "Numbers and roots.")
    await desk.editor.until(lambda: desk.editor.text(course.uri) == reverted, "the code of before")


async def test_revert_leaves_an_import_that_was_edited_since(desk: Desk) -> None:
    course = await desk.run("refactor", CODE, WITH_IMPORT)
    desk.editor.type(course.uri, "import math\n", "import math as m\n")
    await desk.editor.choose("AI: Revert")
    reverted = PLAIN.replace("import os\n", "import os\nimport math as m\n")
    await desk.editor.until(lambda: desk.editor.text(course.uri) == reverted, "the code of before")


async def test_an_import_that_is_there_is_not_added_again(desk: Desk) -> None:
    before = CODE.replace("import os\n", "import math\nimport os\n")
    course = await desk.run("refactor", before, WITH_IMPORT)
    expected = PLAIN.replace("import os\n", "import math\nimport os\n")
    assert desk.editor.text(course.uri) == expected.replace("x ** 0.5", "math.sqrt(x)")


async def test_what_changes_around_the_selection_is_only_offered(desk: Desk) -> None:
    course = await desk.run("refactor", CLASS, WHOLE)
    assert course.end.startswith("done")
    narrow = CLASS.replace(
        "        ┃result = net * 1.19\n        return result\n", "        return net * self.rate\n"
    )
    assert desk.editor.text(course.uri) == narrow
    (message,) = course.messages
    assert "also changed code around it" in message
    assert course.titles[:3] == ["AI: Apply anyway", "AI: Show difference", "AI: Discard"]

    await desk.editor.choose("AI: Apply anyway")
    whole = narrow.replace("net * 0.19", "net * (self.rate - 1)")
    await desk.editor.until(lambda: desk.editor.text(course.uri) == whole, "all of the answer")


async def test_it_is_offered_too_after_an_edit_that_waited_for_the_user(tmp_path: Path) -> None:
    options = {"workersAI": {"apply": "preview"}}
    async with (
        ScriptedEndpoint(WHOLE) as endpoint,
        lsp_editor(tmp_path, endpoint, "neovim", options=options) as editor,
    ):
        course = await Desk(editor, endpoint).run("refactor", CLASS)
        assert editor.text(course.uri) == CLASS.replace("┃", "")
        await editor.choose("AI: Apply anyway")
        await editor.until(lambda: "self.rate\n" in editor.text(course.uri), "the edit")
        await editor.until(lambda: "also changed" in "".join(editor.messages), "the offer")
        await editor.choose("AI: Apply anyway")
        await editor.until(lambda: "self.rate - 1" in editor.text(course.uri), "the rest")


async def test_discarding_what_is_offered_leaves_the_edit_with_its_follow_ups(desk: Desk) -> None:
    course = await desk.run("refactor", CLASS, WHOLE)
    edited = desk.editor.text(course.uri)
    await desk.editor.choose("AI: Discard")
    titles = await desk.editor.titles()
    assert titles[:3] == ["AI: Show difference", "AI: Revert", "AI: Try again"]
    assert desk.editor.text(course.uri) == edited
