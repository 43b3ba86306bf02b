"""Both documents, ours and pygls's, following one session; alone and from the message's bytes on."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument

from workers_ai_ls.lsp.server import create_server
from workers_ai_ls.text import Document

from .bare_editor import initialize_params

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.text import Change

    from .typist import Keystroke

_URI = "file:///workspace/shelves.py"

Times = list[float]
"""Seconds for each notification of a session."""


async def document(text: str, keys: Sequence[Keystroke]) -> Times:
    """Follow with our document."""
    ours = Document(_URI, "python", 0, text)
    times = []
    for changes in keys:
        begun = time.perf_counter()
        ours.apply(changes, 1, "utf-16")
        times.append(time.perf_counter() - begun)
    return _checked(times, ours.snapshot().text, text)


async def pygls_document(text: str, keys: Sequence[Keystroke]) -> Times:
    """Follow with pygls's document."""
    theirs = TextDocument(_URI, text, 0, "python")
    times = []
    for changes in ([_theirs(change) for change in changes] for changes in keys):
        begun = time.perf_counter()
        for change in changes:
            theirs.apply_change(change)
        times.append(time.perf_counter() - begun)
    return _checked(times, theirs.source, text)


async def over_protocol(text: str, keys: Sequence[Keystroke]) -> Times:
    """Follow with our server, from the bytes of each message on."""
    server = create_server()
    times = _typed(server, text, keys)
    return _checked(times, server.documents.by_uri[_URI].snapshot().text, text)


async def pygls_over_protocol(text: str, keys: Sequence[Keystroke]) -> Times:
    """Follow with a pygls server that has no features."""
    server = LanguageServer("minimal", "1")
    times = _typed(server, text, keys)
    return _checked(times, server.workspace.get_text_document(_URI).source, text)


def did_change(uri: str, version: int, changes: Sequence[Change]) -> dict[str, Any]:
    """Write the notification that tells of changes."""
    document = {"uri": uri, "version": version}
    params = {"textDocument": document, "contentChanges": [_event(each) for each in changes]}
    return {"method": "textDocument/didChange", "params": params}


def _typed(server: LanguageServer, text: str, keys: Sequence[Keystroke]) -> Times:
    server.protocol.set_writer(_Nowhere())
    item = {"uri": _URI, "languageId": "python", "version": 0, "text": text}
    begin = {"id": 1, "method": "initialize", "params": initialize_params("file:///workspace")}
    opened = {"method": "textDocument/didOpen", "params": {"textDocument": item}}
    changes = [did_change(_URI, number, key) for number, key in enumerate(keys, 1)]
    protocol = server.protocol
    times = []
    messages: list[dict[str, Any]] = [begin, opened, *changes]
    for message in messages:
        body = json.dumps({"jsonrpc": "2.0", **message})
        # These two calls are all that pygls does with a body that it has read.
        begun = time.perf_counter()
        protocol.handle_message(json.loads(body, object_hook=protocol.structure_message))
        times.append(time.perf_counter() - begun)
    server.shutdown()  # type: ignore[no-untyped-call]
    return times[2:]


class _Nowhere:
    """Takes what a server says."""

    def write(self, data: bytes) -> None:
        pass

    def close(self) -> None:
        pass


def _checked(times: Times, end: str, expected: str) -> Times:
    """Give the times, if the side has really followed."""
    if end != expected:
        raise RuntimeError("a document has lost track of the session")
    return times


def _event(change: Change) -> dict[str, object]:
    assert change.start is not None
    assert change.end is not None
    where = {"start": change.start._asdict(), "end": change.end._asdict()}
    return {"range": where, "text": change.text}


def _theirs(change: Change) -> types.TextDocumentContentChangePartial:
    assert change.start is not None
    assert change.end is not None
    where = types.Range(types.Position(*change.start), types.Position(*change.end))
    return types.TextDocumentContentChangePartial(where, change.text)
