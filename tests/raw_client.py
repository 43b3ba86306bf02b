"""An editor of bare JSON-RPC frames, for what a well-behaved client library cannot send.

```
async with raw_client(folder, endpoint) as client:
    await client.initialize()
    client.send({"jsonrpc": "2.0", "id": 7, "method": "no/such"})
    assert (await client.reply(7))["error"]["code"] == -32601
```

Every wait has a limit. At the end the editor goes away, and the server has to as well.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import sys
from typing import TYPE_CHECKING, Any

import attrs

from tests.lsp_editor import server_environment
from tests.server_stderr import heard
from workers_ai_ls.lsp.build_progress import INDEX_TOKENS
from workers_ai_ls.workspace import uri_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.scripted_endpoint import ScriptedEndpoint

LIMIT_S = 60.0
SILENCE: Any = object()
"""The answer of an editor that never answers."""

PROGRESS = {"window": {"workDoneProgress": True}}
EDITS = {"workspace": {"applyEdit": True, "workspaceEdit": {"documentChanges": True}}}


@attrs.define(eq=False)
class RawClient:
    """One end of the pipe: what was received, in order, and how requests are answered."""

    process: asyncio.subprocess.Process
    folder: Path
    received: list[dict[str, Any]] = attrs.field(factory=list)
    answers: dict[str, Any] = attrs.field(factory=dict)
    """By method: the result, a function from parameters to it, a reply's members, or SILENCE."""
    reading: asyncio.Event = attrs.field(factory=asyncio.Event)
    _changed: asyncio.Condition = attrs.field(factory=asyncio.Condition)
    _ids: itertools.count[int] = attrs.field(factory=lambda: itertools.count(1))

    def write(self, data: bytes) -> None:
        """Write bytes as they are."""
        assert self.process.stdin is not None
        self.process.stdin.write(data)

    def send(self, *messages: object) -> None:
        """Send messages, all in one write."""
        bodies = [json.dumps(message).encode() for message in messages]
        self.write(b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(b), b) for b in bodies))

    def notify(self, method: str, params: object) -> None:
        """Send a notification."""
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: object = None) -> int:
        """Send a request and return its id."""
        number = next(self._ids)
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return number

    async def request(self, method: str, params: object = None) -> Any:
        """Send a request and return its result."""
        return (await self.reply(self.ask(method, params)))["result"]

    async def execute(self, command: str, *arguments: object) -> Any:
        """Run a command of the server."""
        params = {"command": command, "arguments": list(arguments)}
        return await self.request("workspace/executeCommand", params)

    async def reply(self, number: int | str) -> dict[str, Any]:
        """The reply to the request with this id."""
        reply: dict[str, Any] = await self.find(
            lambda each: each.get("id") == number and "method" not in each
        )
        return reply

    async def find(self, wanted: Callable[[dict[str, Any]], object], after: int = 0) -> Any:
        """The first message that is wanted, of those received already or to come."""
        found: Any = None

        def arrived() -> bool:
            nonlocal found
            found = next((each for each in self.received[after:] if wanted(each)), None)
            return found is not None

        async with asyncio.timeout(LIMIT_S), self._changed:
            await self._changed.wait_for(arrived)
        return found

    async def called(self, method: str, after: int = 0) -> Any:
        """The parameters of the first request or notification of a method."""
        return (await self.find(lambda each: each.get("method") == method, after))["params"]

    async def ended(self) -> str:
        """How the first job ended, as its progress display says."""
        message = await self.find(
            lambda each: (
                each.get("method") == "$/progress"
                and each["params"]["value"]["kind"] == "end"
                and not str(each["params"]["token"]).startswith(INDEX_TOKENS)
            )
        )
        return str(message["params"]["value"]["message"])

    @property
    def shown(self) -> list[str]:
        """The messages shown so far."""
        messages = (each for each in self.received if each.get("method") == "window/showMessage")
        return [each["params"]["message"] for each in messages]

    async def initialize(self, capabilities: object = None, **more: object) -> Any:
        """Begin the session; returns the result of `initialize`."""
        root = uri_of(self.folder)
        params = {
            "processId": None,
            "rootUri": root,
            "capabilities": {**PROGRESS, **EDITS} if capabilities is None else capabilities,
            "workspaceFolders": [{"uri": root, "name": "workspace"}],
            **more,
        }
        result = await self.request("initialize", params)
        self.notify("initialized", {})
        return result

    def open(self, name: str, text: str, language_id: str = "python") -> str:
        """Open a document of the workspace; returns its URI."""
        (self.folder / name).write_text(text, encoding="utf-8", newline="")
        uri = uri_of(self.folder / name)
        item = {"uri": uri, "languageId": language_id, "version": 1, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})
        return uri

    def change(self, uri: str, version: int, *changes: object) -> None:
        """Tell of changes of a document."""
        document = {"uri": uri, "version": version}
        params = {"textDocument": document, "contentChanges": list(changes)}
        self.notify("textDocument/didChange", params)

    async def titles(self, uri: str, line: int = 0, **context: object) -> list[str]:
        """The titles of the code action list with the cursor at the start of a line."""
        at = {"line": line, "character": 0}
        params = {
            "textDocument": {"uri": uri},
            "range": {"start": at, "end": at},
            "context": {"diagnostics": [], **context},
        }
        return [each["title"] for each in await self.request("textDocument/codeAction", params)]

    async def exit(self) -> int:
        """End the session in order; returns the process's exit code."""
        assert await self.request("shutdown") is None
        self.send({"jsonrpc": "2.0", "method": "exit"})
        return await self.exit_code()

    async def exit_code(self) -> int:
        """The exit code of the process, once it has ended."""
        async with asyncio.timeout(LIMIT_S):
            # `wait` waits for the pipes as well, which nobody may be reading.
            while self.process.returncode is None:  # noqa: ASYNC110 - nobody tells of that but `wait`
                await asyncio.sleep(0.01)
        return self.process.returncode

    async def listen(self) -> None:
        """Read and answer messages while `reading` is set; a task of `raw_client` runs this."""
        assert self.process.stdout is not None
        stream = self.process.stdout
        with contextlib.suppress(asyncio.IncompleteReadError):
            while True:
                await self.reading.wait()
                head = (await stream.readuntil(b"\r\n\r\n")).decode().lower()
                length = next(
                    int(line.partition(":")[2])
                    for line in head.split("\r\n")
                    if line.startswith("content-length:")
                )
                message = json.loads(await stream.readexactly(length))
                self.received.append(message)
                if "method" in message and "id" in message:
                    self._answer(message)
                async with self._changed:
                    self._changed.notify_all()

    def _answer(self, message: dict[str, Any]) -> None:
        answer = self.answers.get(message["method"])
        if callable(answer):
            answer = answer(message["params"])
        if answer is SILENCE:
            return
        if not (isinstance(answer, dict) and answer.keys() & {"result", "error"}):
            answer = {"result": answer}
        self.send({"jsonrpc": "2.0", "id": message["id"], **answer})


@contextlib.asynccontextmanager
async def raw_client(
    folder: Path,
    endpoint: ScriptedEndpoint | None = None,
    environment: dict[str, str] | None = None,
) -> AsyncIterator[RawClient]:
    """Start a server process; its home is in `folder`, beside the workspace."""
    workspace = folder / "workspace"
    workspace.mkdir()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "workers_ai_ls"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=server_environment(folder, endpoint) | (environment or {}),
        # Little is read ahead, so that a client that stops reading is felt at once.
        limit=4096,
    )
    client = RawClient(process, workspace)
    client.reading.set()
    listening = asyncio.create_task(client.listen())
    async with heard(process.stderr):
        try:
            yield client
        finally:
            client.reading.set()
            await _go_away(client)
            await asyncio.wait([listening], timeout=LIMIT_S)
            listening.cancel()
            await process.wait()


async def _go_away(client: RawClient) -> None:
    """Leave the server as an editor that crashes does: it must end by itself."""
    assert client.process.stdin is not None
    client.process.stdin.close()
    try:
        await client.exit_code()
    finally:
        if client.process.returncode is None:
            client.process.kill()
