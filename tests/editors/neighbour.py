"""Runs another language server beside ours in Helix, with what it can't bear or should not do put right.

`python neighbour.py COMMAND…`. Helix (25.07) sends its first notifications in any order, and `ruff
server` ends when another one comes before `initialized`; then Helix waits for its answers in vain.
Helix has one line for the progress of all servers: what `pylsp` has to say of its checks would clear
ours at any time, before a test has seen it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import IO


def main() -> int:
    """Pass messages on until the editor closes its end; returns the server's exit code."""
    server = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE)
    assert server.stdin is not None
    early: list[bytes] | None = []
    while (message := _message(sys.stdin.buffer)) is not None:
        method = json.loads(message).get("method")
        if method == "initialize":
            _send(server.stdin, _without_progress(message))
        elif early is None:
            _send(server.stdin, message)
        elif method != "initialized":
            early.append(message)
        else:
            for each in (message, *early):
                _send(server.stdin, each)
            early = None
    server.stdin.close()
    return server.wait()


def _without_progress(message: bytes) -> bytes:
    initialize = json.loads(message)
    initialize["params"]["capabilities"]["window"]["workDoneProgress"] = False
    return json.dumps(initialize).encode()


def _message(stream: IO[bytes]) -> bytes | None:
    length = 0
    while header := stream.readline().strip():
        name, _, value = header.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return stream.read(length) if length else None


def _send(stream: IO[bytes], message: bytes) -> None:
    stream.write(b"Content-Length: %d\r\n\r\n%s" % (len(message), message))
    stream.flush()


if __name__ == "__main__":
    raise SystemExit(main())
