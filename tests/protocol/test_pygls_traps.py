"""The twelve traps of pygls 2.1.1 and lsprotocol 2025.0.0, in the order of DESIGN.md."""

from __future__ import annotations

import ast
import asyncio
import functools
import json
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types

import workers_ai_ls.lsp
from tests.lsp_editor import corrected_converter
from tests.raw_client import PROGRESS, SILENCE, raw_client
from tests.scripted_endpoint import ScriptedEndpoint, native_stream
from tests.served_in_process import Wire
from workers_ai_ls.lsp.server import create_server

CODE = "def half(x):\n    y = x / 2\n    return y\n"
BEGIN, END = "```python\ndef half(x):\n", "    return x / 2\n```"
HELD_OPEN = (BEGIN, asyncio.Event(), END)
"""An answer that never ends."""


def applied(_: object) -> dict[str, bool]:
    return {"applied": True}


# 1 ----------------------------------------------------------------------------------------------


async def test_1_a_cancelled_command_answers_null_and_its_job_goes_on(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream(BEGIN, END)) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        client.answers["workspace/applyEdit"] = {"applied": False}
        await client.initialize()
        client.open("half.py", CODE)
        params = {"command": "workers-ai.refactor", "arguments": ["half.py", 1, 1]}
        client.send(
            {"jsonrpc": "2.0", "id": 50, "method": "workspace/executeCommand", "params": params},
            {"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 50}},
        )

        assert (await client.reply(50))["result"] is None
        await client.ended()
        assert sum(each.get("id") == 50 for each in client.received) == 1
        assert len(endpoint.requests) == 1


# 2 ----------------------------------------------------------------------------------------------


async def test_2_nothing_grows_with_thousands_of_changes_and_requests() -> None:
    wire = Wire()
    uri = wire.begin(CODE)
    place = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}
    for version in range(2, 3000):
        document = {"uri": uri, "version": version}
        change = {"range": place, "text": "x" if version % 2 else ""}
        wire.take("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
    actions = {"textDocument": {"uri": uri}, "range": place, "context": {"diagnostics": []}}
    for number in range(2, 200):
        wire.take("textDocument/codeAction", actions, number)
        wire.take("$/setTrace", {"value": "off"})
        wire.take("workspace/didChangeWorkspaceFolders", {"event": {"added": [], "removed": []}})
        wire.take("workspace/didChangeConfiguration", {"settings": None})
        await asyncio.sleep(0)
    await asyncio.sleep(0)

    protocol = wire.server.protocol
    assert not protocol._request_futures
    assert not protocol._result_types
    assert not protocol.progress.tokens  # ours are kept by the jobs, and go with them


async def test_2_requests_of_ours_leave_nothing_behind() -> None:
    wire = Wire()
    wire.begin()
    protocol = wire.server.protocol
    replies: list[dict[str, Any]] = [
        {"result": {"success": True}},
        {"result": None},
        {"error": {"code": -32601, "message": "no"}},
    ]
    for reply in replies:
        future = protocol.send_request_async(
            "window/showDocument", types.ShowDocumentParams("file:///a")
        )
        message = {"jsonrpc": "2.0", "id": wire.sent[-1]["id"], **reply}
        protocol.handle_message(protocol.structure_message(message))
        await asyncio.wait([future], timeout=1)
        assert future.done()
        future.exception()
    assert not protocol._request_futures
    assert not protocol._result_types


# 3 ----------------------------------------------------------------------------------------------


async def test_3_shutdown_while_jobs_run_answers_null_and_exits_0(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream(*HELD_OPEN)) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        # Requests of the server are under way too: `shutdown` ends them as well.
        client.answers["window/workDoneProgress/create"] = SILENCE
        client.answers["workspace/configuration"] = SILENCE
        await client.initialize(
            {"window": {"workDoneProgress": True}, "workspace": {"configuration": True}}
        )
        for name in ("a.py", "b.py", "c.py"):
            client.open(name, CODE)
            await client.execute("workers-ai.refactor", name, 1, 1)
        await endpoint.wait_for_requests(3)

        assert await client.exit() == 0
        await endpoint.wait_until_closed()


def _forget(futures: dict[Any, Any], key: str, _: object) -> None:
    futures.pop(key, None)


async def test_3_pygls_walks_a_table_that_the_end_of_a_request_changes() -> None:
    wire = Wire()
    wire.begin()
    waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @wire.server.feature("custom/slow")
    async def _slow(_: object) -> None:
        await waiting

    futures = wire.server.protocol._request_futures
    for number in range(20, 24):
        wire.take("custom/slow", {}, number)
    # Those of a thread end while they are cancelled, and leave the table in mid walk.
    for number in range(30, 34):
        future = wire.server.protocol.send_request("custom/never", {}, msg_id=str(number))
        future.add_done_callback(functools.partial(_forget, futures, str(number)))
    wire.take("shutdown", None, 40)
    for _ in range(100):
        await asyncio.sleep(0)

    reply = wire.reply(40)
    assert reply.get("error") is None
    assert reply["result"] is None


# 4 and 8 ----------------------------------------------------------------------------------------


def test_4_and_8_no_handler_runs_in_a_thread_or_blocks_on_a_result() -> None:
    server = create_server()
    manager = server.protocol.fm
    for handler in (*manager.features.values(), *manager.commands.values()):
        assert not getattr(handler, "execute_in_thread", False)
    folder = Path(workers_ai_ls.lsp.__path__[0])
    rooms = [*folder.glob("*.py"), *(folder.parent / "jobs").glob("*.py")]
    assert len(rooms) > 10
    for path in rooms:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                called = node.func.attr
                assert called not in ("result", "thread"), f"{path.name}:{node.lineno}"


async def test_8_a_silent_editor_does_not_stop_the_server(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream("It halves.")) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        client.answers["window/showDocument"] = SILENCE
        await client.initialize({"window": {"showDocument": {"support": True}}})
        uri = client.open("half.py", CODE)
        await client.execute("workers-ai.explain", "half.py", 1, 1)
        await client.called("window/showDocument")
        assert len(await client.titles(uri)) == 4


# 5 ----------------------------------------------------------------------------------------------


ODD_CAPABILITIES: list[dict[str, Any]] = [
    {"workspace": {"workspaceEdit": {"resourceOperations": ["create", "teleport"]}}},
    {"textDocument": {"codeAction": {"resolveSupport": {"properties": 7}}}},
    {"general": {"positionEncodings": ["utf-9", "utf-16"], "markdown": "yes"}},
    {"workspace": {"symbol": {"symbolKind": {"valueSet": [1, 999]}}, "codeLens": [1]}},
    {"window": "none", "workspace": None},
]


@pytest.mark.parametrize("capabilities", ODD_CAPABILITIES)
def test_5_initialize_answers_whatever_the_capabilities_say(capabilities: object) -> None:
    wire = Wire()
    assert wire.titles(wire.begin(CODE, capabilities))
    commands = wire.reply(1)["result"]["capabilities"]["executeCommandProvider"]["commands"]
    assert "workers-ai.explain" in commands


async def test_5_a_real_server_answers_too(tmp_path: Path) -> None:
    async with raw_client(tmp_path) as client:
        await client.initialize(ODD_CAPABILITIES[0])
        assert await client.titles(client.open("half.py", CODE))


async def test_5_what_is_understood_beside_an_unknown_value_still_counts() -> None:
    wire = Wire()
    operations = ["create", "teleport", "delete"]
    edit = {"documentChanges": True, "resourceOperations": operations}
    capabilities = {"workspace": {"workspaceEdit": edit}}
    wire.take("initialize", {"processId": None, "rootUri": None, "capabilities": capabilities}, 1)

    assert wire.server.client.creates_files
    assert wire.server.client.deletes_files
    assert wire.server.client.document_changes


async def test_5_every_request_gets_a_reply(tmp_path: Path) -> None:
    at = {"line": 0, "character": 0}
    broken: list[dict[str, Any]] = [
        {"method": "textDocument/codeAction", "params": {"textDocument": 3}},
        {"method": "textDocument/codeAction"},
        {"method": "textDocument/codeAction", "params": None},
        {
            "method": "textDocument/codeAction",
            "params": {"textDocument": {"uri": "file:///a"}, "range": {"start": at}},
        },
        {"method": "workspace/executeCommand", "params": {"command": ["a"], "arguments": 3}},
        {"method": "workspace/executeCommand", "params": {"command": "no.such", "arguments": []}},
        {"method": "codeAction/resolve", "params": {"kind": "quickfix"}},
        {"method": "textDocument/hover", "params": {}},
        {"method": "no/such", "params": [1, 2]},
        {"method": 5},
    ]
    async with raw_client(tmp_path) as client:
        await client.initialize()
        for number, message in enumerate(broken, 100):
            client.send({"jsonrpc": "2.0", "id": number, **message})
            assert (await client.reply(number))["error"]["message"], message
        client.send({"id": 200, "method": "shutdown"})
        assert (await client.reply(200))["error"]
        client.send(5, [], "text", None, {}, {"jsonrpc": "2.0"}, {"jsonrpc": "2.0", "id": 9})
        client.write(b"Content-Length: 3\r\n\r\n{,}")
        assert await client.titles(client.open("half.py", CODE))
        assert await client.exit() == 0


async def test_5_a_change_that_cannot_be_read_never_counts_as_the_whole_text(
    tmp_path: Path,
) -> None:
    async with raw_client(tmp_path) as client:
        await client.initialize()
        uri = client.open("half.py", CODE)
        ill = {"start": {"line": 0, "character": -1}, "end": {"line": 0, "character": 1}}
        client.change(uri, 2, {"range": ill, "text": "x"})

        # What the document holds is no longer known, so nothing is offered until it is opened anew.
        assert await client.titles(uri) == []
        client.open("half.py", CODE)
        assert await client.titles(uri)


# 6 ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "reply", [{"result": None}, {"result": []}, {"error": None, "result": None}, {"error": "no"}]
)
async def test_6_an_ill_formed_reply_to_show_document_shows_a_message_instead(
    tmp_path: Path, reply: object
) -> None:
    async with (
        ScriptedEndpoint(native_stream("It halves.")) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        client.answers["window/showDocument"] = reply
        await client.initialize(
            {"window": {"showDocument": {"support": True}, "workDoneProgress": True}}
        )
        client.open("half.py", CODE)
        await client.execute("workers-ai.explain", "half.py", 1, 1)

        assert (await client.ended()).startswith("done")
        await client.called("window/showMessage")
        (shown,) = client.shown
        assert "It halves." in shown


@pytest.mark.parametrize("reply", [{"result": None}, {"result": []}, {"error": 5}])
async def test_6_an_ill_formed_reply_to_an_edit_holds_the_answer(
    tmp_path: Path, reply: object
) -> None:
    async with (
        ScriptedEndpoint(native_stream(BEGIN, END)) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        client.answers["workspace/applyEdit"] = reply
        await client.initialize()
        uri = client.open("half.py", CODE)
        await client.execute("workers-ai.refactor", "half.py", 1, 1)

        assert (await client.ended()).startswith("held")
        await client.called("window/showMessage")
        assert len(client.shown) == 1
        assert "AI: Apply anyway" in await client.titles(uri)


async def test_6_an_edit_that_landed_counts_whatever_the_editor_replies(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream(BEGIN, END)) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        await client.initialize()
        uri = client.open("half.py", CODE)

        def apply(_: object) -> None:
            client.change(uri, 2, {"text": "def half(x):\n    return x / 2\n"})

        client.answers["workspace/applyEdit"] = apply
        await client.execute("workers-ai.refactor", "half.py", 1, 1)

        assert (await client.ended()).startswith("done")
        assert not client.shown
        assert "AI: Revert" in await client.titles(uri)


async def test_6_a_result_beside_a_null_error_is_a_result(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream("It halves.")) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        client.answers["window/showDocument"] = {"error": None, "result": {"success": True}}
        await client.initialize(
            {"window": {"showDocument": {"support": True}, "workDoneProgress": True}}
        )
        client.open("half.py", CODE)
        await client.execute("workers-ai.explain", "half.py", 1, 1)
        await client.ended()
        assert not client.shown


# 7 ----------------------------------------------------------------------------------------------


async def test_7_a_reply_that_comes_after_the_waiting_was_cancelled_is_ignored(
    tmp_path: Path,
) -> None:
    async with (
        ScriptedEndpoint(native_stream(BEGIN, END)) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        # While the editor asks its user about the edit, the job can still be cancelled.
        client.answers["workspace/applyEdit"] = SILENCE
        edit = {"documentChanges": True, "changeAnnotationSupport": {}}
        await client.initialize(
            {**PROGRESS, "workspace": {"workspaceEdit": edit}},
            initializationOptions={"apply": "preview"},
        )
        uri = client.open("half.py", CODE)
        await client.execute("workers-ai.refactor", "half.py", 1, 1)
        asked = await client.find(lambda each: each.get("method") == "workspace/applyEdit")
        await client.execute("workers-ai.cancel")
        assert (await client.ended()).startswith("cancelled")
        late = {"jsonrpc": "2.0", "id": asked["id"], "result": {"applied": False}}
        client.send(late, late, {**late, "result": None})

        assert await client.titles(uri)
        assert await client.exit() == 0


async def test_7_pygls_raises_where_the_waiting_is_over() -> None:
    wire = Wire()
    wire.begin()
    protocol = wire.server.protocol
    future = protocol.send_request_async("custom/slow", {})
    future.cancel()
    await asyncio.sleep(0)
    protocol._handle_response(wire.sent[-1]["id"], {})
    assert not protocol._request_futures


# 9 ----------------------------------------------------------------------------------------------


async def test_9_form_feed_and_line_separator_end_no_line(tmp_path: Path) -> None:
    """What the model is shown is the server's view of the document."""
    text = "a = '\x0c'\nb = '\u2028 \x85 \x0b \x1c'\ndef half(x):\n    return x\n"
    async with (
        ScriptedEndpoint(
            native_stream("```python\ndef half(x):\n    return x / 2\n```")
        ) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        client.answers["workspace/applyEdit"] = applied
        await client.initialize()
        uri = client.open("half.py", text)
        at = {"line": 3, "character": 12}
        client.change(uri, 2, {"range": {"start": at, "end": at}, "text": " + 1"})
        await client.execute("workers-ai.refactor", "half.py", 3, 4)
        edit = (await client.called("workspace/applyEdit"))["edit"]["documentChanges"][0]

        sent = endpoint.requests[0].body["messages"][-1]["content"]
        assert "def half(x):\n    return x + 1" in sent
        (change,) = edit["edits"]
        assert change["range"]["start"]["line"] == change["range"]["end"]["line"] == 3


# 10 ---------------------------------------------------------------------------------------------


async def test_10_an_editor_that_does_not_read_stalls_neither_answers_nor_cancelling(
    tmp_path: Path,
) -> None:
    async with (
        ScriptedEndpoint(native_stream(*HELD_OPEN)) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        await client.initialize()
        uri = client.open("half.py", CODE)
        client.reading.clear()
        at = {"line": 0, "character": 0}
        params = {
            "textDocument": {"uri": uri},
            "range": {"start": at, "end": at},
            "context": {"diagnostics": []},
        }
        asked = [client.ask("textDocument/codeAction", params) for _ in range(1000)]
        command = {"command": "workers-ai.refactor", "arguments": ["half.py", 1, 1]}
        client.ask("workspace/executeCommand", command)
        await endpoint.wait_for_requests()
        client.ask("workspace/executeCommand", {"command": "workers-ai.cancel"})
        await endpoint.wait_until_closed()

        client.reading.set()
        assert len((await client.reply(asked[-1]))["result"]) == 4
        assert await client.exit() == 0


async def test_10_the_server_ends_in_order_though_nobody_reads(tmp_path: Path) -> None:
    async with raw_client(tmp_path) as client:
        await client.initialize()
        uri = client.open("half.py", CODE)
        await client.titles(uri)
        client.reading.clear()
        at = {"line": 0, "character": 0}
        params = {
            "textDocument": {"uri": uri},
            "range": {"start": at, "end": at},
            "context": {"diagnostics": []},
        }
        for _ in range(1000):
            client.ask("textDocument/codeAction", params)
        client.ask("shutdown")
        client.send({"jsonrpc": "2.0", "method": "exit"})
        assert await client.exit_code() == 0


# 11 ---------------------------------------------------------------------------------------------


async def test_11_an_error_reply_carries_no_traceback(tmp_path: Path) -> None:
    async with raw_client(tmp_path) as client:
        await client.initialize()
        for method, params in (
            ("workspace/executeCommand", {"command": "no.such"}),
            ("codeAction/resolve", {"kind": "refactor"}),
            ("textDocument/codeAction", {}),
        ):
            reply = await client.reply(client.ask(method, params))
            assert reply["error"].keys() <= {"code", "message"}
            assert "Traceback" not in json.dumps(reply)
            assert "/" not in reply["error"]["message"].replace(method, "")


async def test_11_a_bug_in_a_handler_carries_no_traceback_either() -> None:
    wire = Wire()
    wire.begin()

    @wire.server.feature("custom/broken")
    def _broken(_: object) -> None:
        raise KeyError("secret")

    wire.take("custom/broken", {}, 60)
    assert wire.reply(60)["error"].get("data") is None


# 12 ---------------------------------------------------------------------------------------------


def test_12_the_tests_editor_takes_an_action_with_a_command_for_an_action() -> None:
    message = {
        "id": 1,
        "jsonrpc": "2.0",
        "result": [
            {"title": "A", "kind": "refactor", "command": {"title": "A", "command": "a"}},
            {"title": "B", "command": "b"},
        ],
    }
    kind = types.CodeActionResponse
    action, command = corrected_converter().structure(message, kind).result or ()
    assert isinstance(action, types.CodeAction)
    assert action.kind == "refactor"
    assert isinstance(command, types.Command)
