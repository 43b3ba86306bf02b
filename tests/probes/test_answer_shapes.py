"""Shapes of answers that break other servers: here each lands exactly, or nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.lsp_course import Desk
from tests.lsp_editor import lsp_editor
from tests.scripted_endpoint import HANG, ScriptedEndpoint, native_stream, openai_stream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.scripted_endpoint import Answer

pytestmark = pytest.mark.asyncio(loop_scope="module")

FUNCTION = "import os\n\n\ndef half(x):\n    ┃y = x / 2\n    return y\n\n\nprint(half(4))\n"
HALVED = "import os\n\n\ndef half(x):\n    return x / 2\n\n\nprint(half(4))\n"
METHOD = "class A:\n    x = 4\n\n    def half(self):\n        ┃y = self.x / 2\n        return y\n\n    z = 1\n"
METHOD_HALVED = (
    "class A:\n    x = 4\n\n    def half(self):\n        return self.x / 2\n\n    z = 1\n"
)
CODE = "def half(x):\n    return x / 2\n"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    folder = tmp_path_factory.mktemp("shapes")
    async with ScriptedEndpoint(HANG) as endpoint, lsp_editor(folder, endpoint) as editor:
        yield Desk(editor, endpoint)


@pytest.mark.parametrize(
    ("before", "reply", "after"),
    [
        pytest.param(
            FUNCTION,
            f"Sure! Here is a clearer version:\n\n```python\n{CODE}```\n\nIt drops `y`.",
            HALVED,
            id="prose and fence",
        ),
        pytest.param(FUNCTION, CODE, HALVED, id="no fence"),
        pytest.param(FUNCTION, f"```py\n{CODE}```", HALVED, id="```py"),
        pytest.param(FUNCTION, f"````python\n{CODE}````", HALVED, id="four backticks"),
        pytest.param(FUNCTION, f"~~~python\n{CODE}~~~", HALVED, id="tildes"),
        pytest.param(
            "def half(x):\n    ┃return x * 0.5\n",
            '```python\ndef half(x):\n    """Half.\n\n    ```\n    half(4)\n    ```\n    """\n'
            "    return x / 2\n```",
            'def half(x):\n    """Half.\n\n    ```\n    half(4)\n    ```\n    """\n    return x / 2\n',
            id="fence inside a docstring",
        ),
        pytest.param(
            FUNCTION,
            f"<think>\nIt could be shorter:\n```python\nx = 1\n```\n</think>\n```python\n{CODE}```",
            HALVED,
            id="reasoning before",
        ),
        pytest.param(
            METHOD,
            "```python\ndef half(self):\n    return self.x / 2\n```",
            METHOD_HALVED,
            id="method dedented",
        ),
        pytest.param(
            METHOD,
            "```python\nclass A:\n    x = 4\n\n    def half(self):\n        return self.x / 2\n\n"
            "    z = 1\n```",
            METHOD_HALVED,
            id="whole class for a method",
        ),
        pytest.param(
            METHOD.replace("    ", "\t"),
            "```python\n    def half(self):\n        return self.x / 2\n```",
            METHOD_HALVED.replace("    ", "\t"),
            id="tabs",
        ),
        pytest.param(
            FUNCTION.replace("\n", "\r\n"),
            f"```python\n{CODE}```",
            HALVED.replace("\n", "\r\n"),
            id="CRLF document",
        ),
        pytest.param(
            FUNCTION, f"```python\n{CODE}```".replace("\n", "\r\n"), HALVED, id="CRLF reply"
        ),
        pytest.param(
            "s = '😋'; t = ┃(1 + 1)┃; u = '😋'\n",
            "```python\n2\n```",
            "s = '😋'; t = 2; u = '😋'\n",
            id="emoji before the selection on its line",
        ),
        pytest.param(
            "total = ┃sum([x for x in xs])┃ + 1\n",
            "```python\nsum(xs)\n```",
            "total = sum(xs) + 1\n",
            id="sub-line selection",
        ),
        pytest.param(
            "a = 1\n┃def half(x):\n    y = x / 2\n    return y\n┃b = 2\n",
            f"```python\n{CODE}```",
            "a = 1\ndef half(x):\n    return x / 2\nb = 2\n",
            id="the line after the selection is not sent",
        ),
    ],
)
async def test_it_lands_exactly(desk: Desk, before: str, reply: str, after: str) -> None:
    course = await desk.run("refactor", before, native_stream(reply))
    assert course.end.startswith("done"), course.messages
    assert desk.editor.text(course.uri) == after
    assert course.edits == 1


@pytest.mark.parametrize(
    ("before", "answer", "said"),
    [
        pytest.param(
            FUNCTION,
            native_stream("I'm sorry, but I can't help with that request."),
            "declined",
            id="refusal",
        ),
        pytest.param(FUNCTION, native_stream(""), "empty", id="empty"),
        pytest.param(FUNCTION, native_stream("  \n\n "), "empty", id="blank"),
        pytest.param(
            FUNCTION,
            openai_stream(reasoning=["Let me think about ", "half of x."], finish="length"),
            "thinking",
            id="only reasoning",
        ),
        pytest.param(
            FUNCTION,
            native_stream("<think>\nWhat is half of x? It could be"),
            "",
            id="only reasoning in the text",
        ),
        pytest.param(
            FUNCTION,
            native_stream("```python\ndef half(x):\n    # ... existing code ...\n```"),
            "parts of the code out",
            id="elision",
        ),
        pytest.param(
            FUNCTION,
            openai_stream("```python\ndef half(x):\n    return (x /", finish="length"),
            "cut off",
            id="truncated",
        ),
        pytest.param(
            FUNCTION,
            native_stream("```python\ndef half(x:\n    return x / / 2\n```"),
            "parse",
            id="unparseable",
        ),
        pytest.param(
            FUNCTION,
            native_stream("Half of x is x divided by two, and the function does just that."),
            "without code",
            id="prose alone",
        ),
    ],
)
async def test_nothing_changes(desk: Desk, before: str, answer: Answer, said: str) -> None:
    course = await desk.run("refactor", before, answer)
    assert desk.editor.text(course.uri) == before.replace("┃", "")
    assert course.edits == 0
    (message,) = course.messages
    assert said in message
    assert not course.end.startswith("done")


@pytest.mark.parametrize("kilobytes", [80, 5000])
async def test_a_long_document(desk: Desk, kilobytes: int) -> None:
    piece = "def f{0}(x):\n    return x + {0}  # the function number {0}\n\n\n"
    rows = [piece.format(number) for number in range(kilobytes * 1000 // 62)]
    middle = len(rows) // 2
    above, below = "".join(rows[:middle]), "".join(rows[middle:])
    target = FUNCTION.removeprefix("import os\n\n\n")
    course = await desk.run(
        "refactor", f"{above}{target}{below}", native_stream(f"```python\n{CODE}```")
    )
    assert course.end.startswith("done"), course.messages
    expected = f"{above}{HALVED.removeprefix(chr(10).join(['import os', '', '', '']))}{below}"
    # Comparing by hand keeps a failure readable.
    assert (desk.editor.text(course.uri) == expected) is True
    assert course.edits == 1
    desk.editor.close(course.uri)


async def test_the_last_selected_line_is_sent(desk: Desk) -> None:
    text = "def half(x):\n┃    y = x / 2\n    return y  # the last one┃\n\n\nprint(half(4))\n"
    course = await desk.run("refactor", text, native_stream("```python\n    return x / 2\n```"))
    (request,) = course.requests
    assert "return y  # the last one" in request.body["messages"][-1]["content"]
    assert desk.editor.text(course.uri) == "def half(x):\n    return x / 2\n\n\nprint(half(4))\n"
