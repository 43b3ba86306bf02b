"""A server as small as can be whose one action asks the endpoint when it is resolved."""

from __future__ import annotations

import json
import os
import sys
import urllib.request
from typing import Any


def main() -> None:
    """Answer requests until `exit`."""
    read, write = sys.stdin.buffer, sys.stdout.buffer
    while line := read.readline():
        read.readline()
        message = json.loads(read.read(int(line.partition(b":")[2])))
        if message["method"] == "exit":
            return
        if "id" in message:
            reply = {"jsonrpc": "2.0", "id": message["id"], "result": _result(message)}
            body = json.dumps(reply).encode()
            write.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
            write.flush()


def _result(message: dict[str, Any]) -> object:
    params: Any = message.get("params")
    match message["method"]:
        case "initialize":
            return {"capabilities": {"codeActionProvider": {"resolveProvider": True}}}
        case "textDocument/codeAction":
            return [{"title": "Rewrite", "data": params}]
        case "codeAction/resolve":
            place = params["data"]
            edit = {"range": place["range"], "newText": _answer()}
            return params | {"edit": {"changes": {place["textDocument"]["uri"]: [edit]}}}
    return None


def _answer() -> str:
    request = urllib.request.Request(os.environ["ENDPOINT"], data=b"{}")  # noqa: S310 - on loopback
    with urllib.request.urlopen(request) as response:  # noqa: S310 - on loopback
        return str(json.load(response)["result"]["response"])


if __name__ == "__main__":
    main()
