"""A server in this process, fed with messages as they come off the pipe: for what only shows inside."""

from __future__ import annotations

import json
from typing import Any

from workers_ai_ls.lsp.server import Server, create_server


class Wire:
    """The server and what it has sent."""

    def __init__(self) -> None:
        self.server: Server = create_server()
        self.sent: list[dict[str, Any]] = []
        self.server.protocol.set_writer(self, include_headers=False)  # type: ignore[arg-type] # only `write` is called

    def write(self, data: bytes) -> None:
        """Take a message of the server."""
        self.sent.append(json.loads(data))

    def take(self, method: str, params: object, number: int | None = None) -> None:
        """Give the server a notification, or a request with this number."""
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        if number is not None:
            message["id"] = number
        protocol = self.server.protocol
        text = json.dumps(message)
        protocol.handle_message(json.loads(text, object_hook=protocol.structure_message))

    def reply(self, number: int) -> dict[str, Any]:
        """The reply to the request with this number."""
        return next(each for each in self.sent if each.get("id") == number)

    def begin(self, text: str = "", capabilities: object = None, **more: object) -> str:
        """Initialize, and open a document; returns its URI."""
        params = {"processId": None, "rootUri": None, "capabilities": capabilities or {}, **more}
        self.take("initialize", params, 1)
        uri = "file:///half.py"
        item = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        self.take("textDocument/didOpen", {"textDocument": item})
        return uri

    def titles(self, uri: str, number: int = 2) -> list[str]:
        """The titles of the code action list at the start of a document."""
        at = {"line": 0, "character": 0}
        params = {
            "textDocument": {"uri": uri},
            "range": {"start": at, "end": at},
            "context": {"diagnostics": []},
        }
        self.take("textDocument/codeAction", params, number)
        return [each["title"] for each in self.reply(number)["result"]]
