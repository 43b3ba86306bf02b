"""Documents that are unlike the examples: in every one the edit lands where it should, or nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from lsprotocol import types

from tests.lsp_course import Desk
from tests.lsp_editor import lsp_editor
from tests.marked import marked
from tests.scripted_endpoint import HANG, ScriptedEndpoint, native_stream
from workers_ai_ls.text import Document

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.scripted_endpoint import Answer

pytestmark = pytest.mark.asyncio(loop_scope="module")

AT_REST = ["AI: Explain", "AI: Refactor", "AI: Write tests", "AI: Show prompt"]


def code(*lines: str, tag: str = "python", ending: str = "\n") -> Answer:
    return native_stream(ending.join([f"```{tag}", *lines, "```"]))


HALVED = code("def half(x):", "    return x / 2")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    folder = tmp_path_factory.mktemp("odd")
    async with ScriptedEndpoint(HANG) as endpoint, lsp_editor(folder, endpoint) as editor:
        yield Desk(editor, endpoint)


@pytest.mark.parametrize(
    ("before", "reply", "after"),
    [
        pytest.param(
            "import os\r\n\r\ndef half(x):\r\n    ┃y = x / 2\r\n    return y\r\n",
            HALVED,
            "import os\r\n\r\ndef half(x):\r\n    return x / 2\r\n",
            id="CRLF document",
        ),
        pytest.param(
            "def half(x):\n    ┃y = x / 2\n    return y\n",
            code("def half(x):", "    return x / 2", ending="\r\n"),
            "def half(x):\n    return x / 2\n",
            id="CRLF reply",
        ),
        pytest.param(
            "class A:\n\tdef half(self):\n\t\t┃y = self.x / 2\n\t\treturn y\n",
            code("def half(self):", "    return self.x / 2"),
            "class A:\n\tdef half(self):\n\t\treturn self.x / 2\n",
            id="tabs",
        ),
        pytest.param(
            "s = '😋'; t = ┃(1)┃; u = '😋'\n",
            code("s = '😋'; t = 1; u = '😋'"),
            "s = '😋'; t = 1; u = '😋'\n",
            id="emoji before the selection",
        ),
        pytest.param(
            "# 😋\x0c page\x0b\n\ndef half(x):\n    ┃y = x / 2\n    return y\n\x0c\nz = 1\n",
            HALVED,
            "# 😋\x0c page\x0b\n\ndef half(x):\n    return x / 2\n\x0c\nz = 1\n",
            id="form feeds",
        ),
        pytest.param(
            "a = '\u2028\x85'\ndef half(x):\n    ┃y = x / 2\n    return y",
            HALVED,
            "a = '\u2028\x85'\ndef half(x):\n    return x / 2",
            id="line separators, no line end at the end",
        ),
        pytest.param(
            "a = 1\n┃def half(x):\n    y = x / 2\n    return y\n┃b = 2\n",
            HALVED,
            "a = 1\ndef half(x):\n    return x / 2\nb = 2\n",
            id="selection that ends at column 0",
        ),
        pytest.param(
            "def half(x):\n    y = x ┃/ 2\n    ret┃urn y\n",
            code("return x / 2"),
            "def half(x):\n    return x / 2\n",
            id="selection of parts of lines",
        ),
        pytest.param(
            "def half(x):\n    return (┃x / 2┃)\n",
            code("x * 0.5"),
            "def half(x):\n    return (x * 0.5)\n",
            id="selection within a line",
        ),
        pytest.param(
            "\ufeffdef half(x):\n    ┃y = x / 2\n    return y\n",
            HALVED,
            "\ufeffdef half(x):\n    return x / 2\n",
            id="byte order mark",
        ),
        pytest.param(
            "a = 1\rdef half(x):\r    ┃y = x / 2\r    return y\r",
            HALVED,
            "a = 1\rdef half(x):\r    return x / 2\r",
            id="CR alone",
        ),
        pytest.param(
            f"data = [{'1, ' * 33_000}]\ndef half(x):\n    ┃y = x / 2\n    return y\n",
            HALVED,
            f"data = [{'1, ' * 33_000}]\ndef half(x):\n    return x / 2\n",
            id="below a line of 100,000 characters",
        ),
    ],
)
async def test_the_edit_lands_exactly(desk: Desk, before: str, reply: Answer, after: str) -> None:
    course = await desk.run("refactor", before, reply)
    assert course.end.startswith("done"), course.messages
    assert desk.editor.text(course.uri) == after
    assert course.edits == 1
    assert not course.messages
    assert course.titles[:3] == ["AI: Show difference", "AI: Revert", "AI: Try again"]

    await desk.editor.choose("AI: Revert")
    await desk.editor.until(lambda: desk.editor.text(course.uri) == before.replace("┃", ""))


async def test_five_megabytes(desk: Desk) -> None:
    piece = "def f{0}(x):\n    y = x + {0}  # {1}\n    return y\n\n\n"
    rows = [piece.format(n, "x" * 40) for n in range(55_000)]
    target = "def half(x):\n    ┃y = x / 2\n    return y\n\n\n"
    middle = len(rows) // 2
    text = "".join([*rows[:middle], target, *rows[middle:]])
    assert len(text) > 5_000_000
    course = await desk.run("refactor", text, HALVED)
    assert course.end.startswith("done"), course.messages
    # Comparing in pieces keeps a failure readable.
    expected = text.replace(target, "def half(x):\n    return x / 2\n\n\n")
    assert (desk.editor.text(course.uri) == expected) is True
    desk.editor.close(course.uri)


async def test_a_line_of_100_000_characters(desk: Desk) -> None:
    numbers = ", ".join(map(str, range(10_000, 25_000)))
    course = await desk.run("explain", f"data = [{numbers}, ┃]\n", native_stream("Numbers."))
    assert course.end.startswith("done"), course.messages
    assert len(course.requests[0].raw_body) < 20_000

    text = f"data = [{numbers}]\n"
    course = await desk.run("refactor", f"┃{text}┃", HALVED)
    (message,) = course.messages
    assert "select less" in message
    assert not course.requests
    assert desk.editor.text(course.uri) == text


@pytest.mark.parametrize("text", ["", "\n", "  \n\t\n"])
async def test_an_empty_document_offers_nothing_and_says_so_to_a_command(
    desk: Desk, text: str
) -> None:
    uri = desk.editor.open("empty.py", text)
    assert await desk.editor.titles() == []
    for action in ("explain", "refactor", "tests"):
        course = await desk.again(action, uri, HALVED)
        (message,) = course.messages
        assert "no code" in message
        assert not course.requests
        assert desk.editor.text(uri) == text
    desk.editor.close(uri)


async def test_edit_with_an_instruction_fills_an_empty_document(desk: Desk) -> None:
    desk.endpoint.script(code("x = 1"))
    uri = desk.editor.open("filled.py", "")
    ends = len(desk.editor.ends)
    await desk.editor.execute("workers-ai.edit", "filled.py", 1, 1, "assign 1 to x")
    assert (await desk.editor.ended(ends + 1)).startswith("done"), desk.editor.messages
    assert desk.editor.text(uri).strip() == "x = 1"


async def test_half_a_surrogate_pair_does_no_harm(desk: Desk) -> None:
    course = await desk.run("explain", "s = 'x'\n\n\n┃t = 2\n", native_stream("Two."))
    desk.editor.type(course.uri, "'x'", "'\ud83d'")
    again = await desk.again("refactor", course.uri, code("t = 3"))
    assert again.end.startswith("done"), again.messages
    assert desk.editor.text(course.uri) == "s = '\ud83d'\n\n\nt = 3\n"


async def test_an_unsaved_document_is_refactored_and_says_what_to_do_for_tests(desk: Desk) -> None:
    editor, uri = desk.editor, "untitled:Untitled-1"
    text, start, end = marked("def half(x):\n    ┃y = x / 2\n    return y\n")
    editor.documents[uri] = Document(uri, "python", 1, text)
    editor.select(uri, start, end)
    item = types.TextDocumentItem(uri=uri, language_id="python", version=1, text=text)
    editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    course = await desk.again("tests", uri, HALVED)
    (message,) = course.messages
    assert "save this document first" in message
    assert not course.requests
    course = await desk.again("refactor", uri, HALVED)
    assert course.end.startswith("done"), course.messages
    assert editor.text(uri) == "def half(x):\n    return x / 2\n"
    course = await desk.again("explain", uri, native_stream("It halves."))
    assert course.end.startswith("done"), course.messages


async def test_a_test_file_that_is_not_utf_8_is_left_alone(desk: Desk) -> None:
    target = desk.editor.folder / "tests" / "test_latin.py"
    target.parent.mkdir(exist_ok=True)
    content = "# caf\xe9\n".encode("latin-1")
    target.write_bytes(content)
    course = await desk.run("tests", "def ┃half(x):\n    return x / 2\n", HALVED, name="latin.py")

    (message,) = course.messages
    assert "test_latin.py is not valid UTF-8" in message
    assert not course.requests
    assert target.read_bytes() == content
    assert course.titles == AT_REST


async def test_a_crlf_test_file_stays_one(desk: Desk) -> None:
    old = b"from cr import half\r\n\r\n\r\ndef test_one():\r\n    assert half(1) == 0.5\r\n"
    target = desk.editor.folder / "tests" / "test_cr.py"
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(old)
    reply = code("from cr import half", "", "", "def test_two():", "    assert half(2) == 1")
    course = await desk.run("tests", "def ┃half(x):\n    return x / 2\n", reply, name="cr.py")

    assert course.end.startswith("done"), course.messages
    uri = next(uri for uri in desk.editor.documents if uri.endswith("test_cr.py"))
    text = desk.editor.text(uri)
    assert text.startswith(old.decode())
    assert "def test_two():\r\n" in text
    assert "\n" not in text.replace("\r\n", "")
