"""What happens while a model answers, and breaks other servers: no character is lost."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING

from lsprotocol import types

from tests.lsp_editor import lsp_editor
from tests.raw_client import PROGRESS, raw_client
from tests.scripted_endpoint import ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.lsp_editor import LspEditor

HALF = "import math\n\n\ndef half(x):\n    ┃y = x / 2\n    return y\n\n\nprint(half(4))\n"
PLAIN = HALF.replace("┃", "")
DONE = PLAIN.replace("    y = x / 2\n    return y\n", "    return x / 2\n")
BEGIN, END = "```python\ndef half(x):\n", "    return x / 2\n```"
GOOD = native_stream(BEGIN, END)


async def test_open_and_action_in_one_write(tmp_path: Path) -> None:
    async with ScriptedEndpoint(GOOD) as endpoint, raw_client(tmp_path, endpoint) as client:
        await client.initialize(PROGRESS)
        uri = "file:///half.py"
        item = {"uri": uri, "languageId": "python", "version": 1, "text": PLAIN}
        at = {"line": 4, "character": 4}
        where = {"uri": uri, "range": {"start": at, "end": at}}
        client.send(
            {
                "jsonrpc": "2.0",
                "method": "textDocument/didOpen",
                "params": {"textDocument": item},
            },
            {
                "jsonrpc": "2.0",
                "id": 77,
                "method": "textDocument/codeAction",
                "params": {
                    "textDocument": {"uri": uri},
                    "range": where["range"],
                    "context": {"diagnostics": []},
                },
            },
            {
                "jsonrpc": "2.0",
                "id": 78,
                "method": "workspace/executeCommand",
                "params": {"command": "workers-ai.refactor", "arguments": [where]},
            },
        )
        titles = [each["title"] for each in (await client.reply(77))["result"]]
        assert titles == ["AI: Explain", "AI: Refactor", "AI: Write tests", "AI: Show prompt"]
        assert (await client.reply(78))["result"] is None
        edit = await client.called("workspace/applyEdit")
        assert edit["label"] == "AI: Refactor"


async def test_a_model_that_takes_15_seconds_blocks_nothing(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream(BEGIN, asyncio.Event(), END)) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        gate = asyncio.Event()
        endpoint.script(native_stream(BEGIN, gate, END))
        uri = editor.open("half.py", HALF)
        await editor.choose("AI: Refactor")
        begun = time.monotonic()
        slowest = 0.0
        while time.monotonic() - begun < 15:
            asked = time.monotonic()
            assert await editor.titles() == ["AI: Cancel"]
            slowest = max(slowest, time.monotonic() - asked)
            await asyncio.sleep(0.2)
        gate.set()
        assert (await editor.ended()).startswith("done")
        assert editor.text(uri) == DONE
        assert slowest < 1.0


async def test_typing_above_below_and_inside(tmp_path: Path) -> None:
    above, below = ("import math\n", "# é 🦄\nimport math\n"), ("print(", "print(1, ")
    async with (
        ScriptedEndpoint(GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        for number, (old, new, held) in enumerate(
            ((*above, False), (*below, False), ("return y", "return y  # mine", True))
        ):
            gate = asyncio.Event()
            endpoint.script(native_stream(BEGIN, gate, END))
            uri = editor.open(f"half{number}.py", HALF)
            await editor.choose("AI: Refactor")
            await endpoint.wait_for_requests(number + 1)
            editor.type(uri, old, new)
            gate.set()
            end = await editor.ended(number + 1)
            assert end.startswith("held" if held else "done")
            assert editor.text(uri) == (PLAIN if held else DONE).replace(old, new)


@contextlib.asynccontextmanager
async def _running(folder: Path) -> AsyncIterator[tuple[LspEditor, ScriptedEndpoint]]:
    """An editor in which a refactoring has got its first tokens, and gets no more."""
    async with (
        ScriptedEndpoint(native_stream(BEGIN, asyncio.Event(), END)) as endpoint,
        lsp_editor(folder, endpoint) as editor,
    ):
        editor.open("half.py", HALF)
        await editor.choose("AI: Refactor")
        await editor.until(
            lambda: any("token" in (each.message or "") for each in editor.progress), "a token"
        )
        yield editor, endpoint


async def test_the_document_is_closed(tmp_path: Path) -> None:
    async with _running(tmp_path) as (editor, endpoint):
        editor.close(editor.current)
        await endpoint.wait_until_closed()
        assert await editor.ended() == "cancelled"
        assert not editor.edits


async def test_it_is_cancelled(tmp_path: Path) -> None:
    async with _running(tmp_path) as (editor, endpoint):
        await editor.choose("AI: Cancel")
        await endpoint.wait_until_closed()
        assert await editor.ended() == "cancelled"
        assert editor.text(editor.current) == PLAIN


async def test_the_editor_refuses_once(tmp_path: Path) -> None:
    async with ScriptedEndpoint(GOOD) as endpoint, lsp_editor(tmp_path, endpoint) as editor:

        def take(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            if len(editor.edits) == 1:
                return types.ApplyWorkspaceEditResult(applied=False)
            return editor.apply(params)

        editor.take_edit = take
        uri = editor.open("half.py", HALF)
        await editor.choose("AI: Refactor")
        assert (await editor.ended()).startswith("done")
        assert editor.text(uri) == DONE
        assert len(editor.edits) == 2


async def test_the_editor_says_yes_and_does_nothing(tmp_path: Path) -> None:
    async with ScriptedEndpoint(GOOD) as endpoint, lsp_editor(tmp_path, endpoint) as editor:
        editor.take_edit = lambda _: types.ApplyWorkspaceEditResult(applied=True)
        uri = editor.open("half.py", HALF)
        await editor.choose("AI: Refactor")
        assert (await editor.ended()).startswith("held")
        assert editor.text(uri) == PLAIN
        assert (await editor.titles())[0] == "AI: Apply anyway"


async def test_two_documents_at_once(tmp_path: Path) -> None:
    gate = asyncio.Event()
    async with (
        ScriptedEndpoint(native_stream(BEGIN, gate, END), native_stream(BEGIN, END)) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        first = editor.open("first.py", HALF)
        await editor.choose("AI: Refactor")
        await endpoint.wait_for_requests()
        second = editor.open("second.py", HALF)
        await editor.choose("AI: Refactor")
        assert (await editor.ended()).startswith("done")
        assert editor.text(second) == DONE
        assert editor.text(first) == PLAIN
        gate.set()
        await editor.ended(2)
        assert editor.text(first) == DONE


async def test_two_jobs_on_overlapping_ranges(tmp_path: Path) -> None:
    async with _running(tmp_path) as (editor, endpoint):
        endpoint.script(GOOD)
        await editor.execute("workers-ai.refactor", "half.py", "4", "5")
        await editor.ended(2)
        assert sorted((end.message or "").split()[0] for end in editor.ends) == [
            "cancelled",
            "done",
        ]
        assert len(editor.edits) == 1


async def test_shutdown_while_it_runs(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream(BEGIN, asyncio.Event())) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        await client.initialize(PROGRESS)
        client.open("half.py", PLAIN)
        await client.execute("workers-ai.refactor", "half.py", 5, 5)
        await endpoint.wait_for_requests()
        assert await client.exit() == 0
        await endpoint.wait_until_closed()


async def test_the_server_is_killed(tmp_path: Path) -> None:
    """The document is the editor's, so it stays; the connection ends with the process."""
    async with (
        ScriptedEndpoint(native_stream(BEGIN, asyncio.Event())) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        await client.initialize(PROGRESS)
        client.open("half.py", PLAIN)
        await client.execute("workers-ai.refactor", "half.py", 5, 5)
        await endpoint.wait_for_requests()
        client.process.kill()
        await client.exit_code()
        await endpoint.wait_until_closed()
        assert not [each for each in client.received if each.get("method") == "workspace/applyEdit"]
