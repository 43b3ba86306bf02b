"""Runs another language server beside ours in Helix, with what it can't bear or should not do put right.

`python neighbour.py COMMAND…`. Helix hands each notification to a task of its own, so they come in any
order. `ruff server` ends when one comes before `initialized`, and when a change out of its turn splits a
character; then Helix waits for its answers in vain, and lists nobody's actions. And Helix has one line
for the progress of all servers: what `pylsp` has to say of its checks would clear ours at any time,
before a test has seen it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def main() -> int:
    """Pass messages on until the editor closes its end; returns the server's exit code."""
    server = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE)
    assert server.stdin is not None
    for message in _changes_in_turn(_initialized_first(_messages(sys.stdin.buffer))):
        body = json.dumps(message).encode()
        server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        server.stdin.flush()
    server.stdin.close()
    return server.wait()


def _messages(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    while headers := [*iter(lambda: stream.readline().strip(), b"")]:
        fields = dict(header.lower().split(b":") for header in headers)
        yield json.loads(stream.read(int(fields[b"content-length"])))


def _initialized_first(messages: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    early = []
    for message in messages:
        method = message.get("method")
        if method == "initialize":
            message["params"]["capabilities"]["window"]["workDoneProgress"] = False
            yield message
        elif method == "initialized":
            yield message
            break
        else:
            early.append(message)
    yield from early
    yield from messages


def _changes_in_turn(messages: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Helix's versions count up by one; a change whose turn has not come yet is kept until then."""
    versions: dict[str, int] = {}
    early: dict[tuple[str, int], dict[str, Any]] = {}
    for message in messages:
        method = message.get("method")
        if method not in ("textDocument/didOpen", "textDocument/didChange"):
            yield message
            continue
        document = message["params"]["textDocument"]
        uri = document["uri"]
        if method == "textDocument/didOpen":
            versions[uri] = document["version"]
            yield message
        else:
            early[uri, document["version"]] = message
        while uri in versions and (due := early.pop((uri, versions[uri] + 1), None)):
            versions[uri] += 1
            yield due


if __name__ == "__main__":
    raise SystemExit(main())
