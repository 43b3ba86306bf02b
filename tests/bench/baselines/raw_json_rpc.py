"""The floor: a Python process that answers JSON-RPC from its standard library alone."""

from __future__ import annotations

import json
import sys
from typing import Any


def main() -> None:
    """Answer requests until `exit`."""
    read, write = sys.stdin.buffer, sys.stdout.buffer
    while line := read.readline():
        length = int(line.partition(b":")[2])
        read.readline()
        message = json.loads(read.read(length))
        if message["method"] == "exit":
            return
        if "id" in message:
            reply = {"jsonrpc": "2.0", "id": message["id"], "result": _result(message)}
            body = json.dumps(reply).encode()
            write.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
            write.flush()


def _result(message: dict[str, Any]) -> object:
    """Offer as many actions as the measured server does."""
    match message["method"]:
        case "initialize":
            return {"capabilities": {"textDocumentSync": 2, "codeActionProvider": True}}
        case "textDocument/codeAction":
            return [{"title": title, "kind": "refactor"} for title in ("one", "two", "three")]
    return None


if __name__ == "__main__":
    main()
