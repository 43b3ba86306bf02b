"""What people do while the model answers: type, cancel, close, ask again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from tests.lsp_editor import lsp_editor
from tests.scripted_endpoint import ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from pathlib import Path

    from tests.lsp_editor import LspEditor

HALF = "import math\n\n\ndef half(x):\n    ┃y = x / 2\n    return y\n\n\nprint(half(4))\n"
PLAIN = HALF.replace("┃", "")
BEGIN, END = "```python\ndef half(x):\n", "    return x / 2\n```"


async def test_typing_above_shifts_the_edit(tmp_path: Path) -> None:
    gate = asyncio.Event()
    async with (
        ScriptedEndpoint(native_stream(BEGIN, gate, END)) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        uri = editor.open("half.py", HALF)
        await editor.choose("AI: Refactor")
        await endpoint.wait_for_requests()
        editor.type(uri, "import math\n", "import math\nimport sys  # 😋\n\n")
        gate.set()
        await editor.ended()

        assert editor.text(uri) == (
            "import math\nimport sys  # 😋\n\n\n\ndef half(x):\n    return x / 2\n\n\nprint(half(4))\n"
        )


async def test_typing_inside_holds_the_answer_until_it_is_applied_anyway(tmp_path: Path) -> None:
    gate = asyncio.Event()
    async with (
        ScriptedEndpoint(native_stream(BEGIN, gate, END)) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        uri = editor.open("half.py", HALF)
        await editor.choose("AI: Refactor")
        await endpoint.wait_for_requests()
        editor.type(uri, "return y", "return y + 1")
        gate.set()
        assert (await editor.ended()).startswith("held")

        assert editor.text(uri) == PLAIN.replace("return y", "return y + 1")
        await editor.until(lambda: editor.messages, "a message")
        assert "you edited the code meanwhile" in editor.messages[-1]
        assert not editor.edits
        shown = await editor.titles()
        assert shown[:3] == ["AI: Apply anyway", "AI: Show difference", "AI: Discard"]
        await editor.choose("AI: Apply anyway")
        await editor.until(lambda: editor.edits)
        assert (
            editor.text(uri)
            == "import math\n\n\ndef half(x):\n    return x / 2\n\n\nprint(half(4))\n"
        )


async def test_an_undone_edit_inside_does_not_hold_the_answer(tmp_path: Path) -> None:
    gate = asyncio.Event()
    async with (
        ScriptedEndpoint(native_stream(BEGIN, gate, END)) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        uri = editor.open("half.py", HALF)
        await editor.choose("AI: Refactor")
        await endpoint.wait_for_requests()
        editor.type(uri, "return y", "return y + 1")
        editor.type(uri, "return y + 1", "return y")
        gate.set()
        assert (await editor.ended()).startswith("done")


async def test_cancel_closes_the_connection_and_leaves_the_text(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream(BEGIN, asyncio.Event(), END)) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        uri = editor.open("half.py", HALF)
        await editor.choose("AI: Refactor")
        await _first_token(editor)
        assert await editor.titles() == ["AI: Cancel"]
        (token,) = editor.client.progress_reports
        editor.client.window_work_done_progress_cancel(types.WorkDoneProgressCancelParams(token))
        await endpoint.wait_until_closed()

        assert await editor.ended() == "cancelled"
        assert editor.text(uri) == PLAIN
        assert not editor.edits


async def test_the_cancel_action_and_command_cancel(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream(BEGIN, asyncio.Event(), END)) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        editor.open("half.py", HALF)
        await editor.choose("AI: Refactor")
        await _first_token(editor)
        await editor.choose("AI: Cancel")
        assert await editor.ended() == "cancelled"
        await editor.choose("AI: Refactor")
        await editor.execute("workers-ai.cancel")
        assert await editor.ended(2) == "cancelled"
        # A connection that was opened beforehand and not used for a request stays for 10 s.
        asked = len(endpoint.requests) > 1
        await endpoint.wait_until(lambda: endpoint.open_connections <= (0 if asked else 1))


async def test_closing_the_document_cancels(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream(BEGIN, asyncio.Event(), END)) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        uri = editor.open("half.py", HALF)
        await editor.choose("AI: Refactor")
        await _first_token(editor)
        editor.close(uri)
        await endpoint.wait_until_closed()
        assert await editor.ended() == "cancelled"


async def test_a_second_job_on_the_same_code_supersedes_the_first(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(
            native_stream(BEGIN, asyncio.Event(), END), native_stream(BEGIN, END)
        ) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        uri = editor.open("half.py", HALF)
        await editor.choose("AI: Refactor")
        await _first_token(editor)
        await editor.execute("workers-ai.refactor", "half.py", "5", "5")
        await editor.ended(2)

        assert "return x / 2" in editor.text(uri)
        assert len(editor.edits) == 1
        assert {end.message.split()[0] for end in editor.ends if end.message} == {
            "cancelled",
            "done",
        }


async def test_jobs_on_different_code_run_side_by_side(tmp_path: Path) -> None:
    gate = asyncio.Event()
    two = "def one():\n    return (1)\n\n\ndef two():\n    return (2)\n"
    async with (
        ScriptedEndpoint(
            native_stream("```\ndef one():\n", gate, "    return 1\n```"),
            native_stream("```\ndef two():\n    return 2\n```"),
        ) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        uri = editor.open("two.py", two)
        await editor.execute("workers-ai.refactor", "two.py", "1", "1")
        await endpoint.wait_for_requests(1)
        await editor.execute("workers-ai.refactor", "two.py", "5", "5")
        await editor.ended(1)
        gate.set()
        await editor.ended(2)

        assert editor.text(uri) == "def one():\n    return 1\n\n\ndef two():\n    return 2\n"
        assert len(endpoint.connections) == 2


async def test_a_command_is_answered_before_the_model_and_listing_makes_no_connection(
    tmp_path: Path,
) -> None:
    body = "".join(f"def f{n}(x):\n    y = x + {n}\n    return y\n\n\n" for n in range(400))
    async with (
        ScriptedEndpoint(native_stream(asyncio.Event(), BEGIN, END)) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        uri = editor.open("long.py", body)
        editor.select(uri, len(body) // 2, len(body) // 2)
        assert len(await editor.titles()) == 4
        assert not endpoint.connections
        assert await editor.execute("workers-ai.refactor", "long.py", "2", "2") is None
        assert not editor.ends


async def _first_token(editor: LspEditor) -> None:
    """Wait until the progress display tells of the first tokens."""

    await editor.until(
        lambda: any("token" in (each.message or "") for each in editor.progress), "the first token"
    )
