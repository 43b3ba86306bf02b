"""One start of a server, and one change of code that it is asked for, as by any editor."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import attrs

from tests.bench.bare_editor import LIMIT_S, initialize_params, spawned
from tests.bench.machine import cpu_seconds, rss_mib
from tests.bench.servers import scene
from tests.scripted_endpoint import ScriptedEndpoint
from workers_ai_ls.text import Change, Document, Position

from .problem import RANGE, TEXT, WANTED

if TYPE_CHECKING:
    from tests.bench.bare_editor import BareEditor

    from .peer import Peer

_QUIET_S = 0.3
_LONGEST_S = 5.0
"""How long a server may go on working after its start before its memory counts."""


@attrs.frozen
class Probed:
    """What was found out; None where a server has no such thing. Seconds, if nothing else is said."""

    initialized: float
    """Since the process was asked for."""
    listed: float | None = None
    """The same, for the first list that has the action (or any, where none is named)."""
    rss_mib: float | None = None
    cold: float | None = None
    """From the choice of the action to the request on the wire; the process's first one."""
    warm: float | None = None
    """The same, its second one."""
    landed: bool | None = None
    """Whether the document became, to the letter, what it was to be."""


async def probe(peer: Peer) -> Probed:
    """Start the server, and use it."""
    async with ScriptedEndpoint(peer.answer) as endpoint:
        url = endpoint.base_url
        with scene() as (environment, root):
            environment |= {name: str(value) for name, value in peer.environment(url).items()}
            async with spawned(peer.command, environment) as editor:
                editor.replies["workspace/configuration"] = [None]
                editor.replies["workspace/applyEdit"] = {"applied": True}
                await editor.ask("initialize", initialize_params(root, peer.options(url)))
                found = Probed(time.perf_counter() - editor.spawned)
                editor.notify("initialized", {})
                document = Document(f"{root}/shelves.py", "python", 0, TEXT)
                editor.open(document.uri, TEXT)
                if peer.lists:
                    found = await _used(peer, editor, document, endpoint, found)
                return found if found.rss_mib else attrs.evolve(found, rss_mib=await _idle(editor))


async def _used(
    peer: Peer,
    editor: BareEditor,
    document: Document,
    endpoint: ScriptedEndpoint,
    found: Probed,
) -> Probed:
    if peer.after:
        await editor.called(peer.after)
    action = await _action(peer, editor, document.uri)
    listed = time.perf_counter() - editor.spawned
    found = attrs.evolve(found, listed=listed, rss_mib=await _idle(editor))
    if not peer.title:
        return found
    begun, before = time.monotonic(), len(endpoint.requests)
    _take(editor, document, await _edit(editor, action))
    found = attrs.evolve(found, landed=document.snapshot().text == WANTED)
    if len(endpoint.requests) == before:
        return found
    cold = endpoint.requests[before].at - begun
    action = await _action(peer, editor, document.uri)
    begun, before = time.monotonic(), len(endpoint.requests)
    _choose(editor, action)
    await endpoint.wait_for_requests(before + 1)
    return attrs.evolve(found, cold=cold, warm=endpoint.requests[before].at - begun)


async def _action(peer: Peer, editor: BareEditor, uri: str) -> dict[str, Any]:
    """Open the menu at the selection until it has the action: not while an earlier job runs."""
    context = {"diagnostics": [], "triggerKind": 1}
    params = {"textDocument": {"uri": uri}, "range": RANGE, "context": context}
    async with asyncio.timeout(LIMIT_S):
        while True:
            for each in await editor.ask("textDocument/codeAction", params) or []:
                if peer.title in ("", each["title"]):
                    offered: dict[str, Any] = each
                    return offered


def _choose(editor: BareEditor, action: dict[str, Any]) -> int:
    """Do what an editor does with the chosen action if it has no edit; gives the request's number."""
    if "command" not in action:
        return editor.request("codeAction/resolve", action)
    command = action["command"]
    params = {"command": command["command"], "arguments": command.get("arguments", [])}
    return editor.request("workspace/executeCommand", params)


async def _edit(editor: BareEditor, action: dict[str, Any]) -> dict[str, Any]:
    """Choose the action, and give the edit that comes of it."""
    if not action.get("edit"):
        resolved = await editor.result(_choose(editor, action))
        if "command" in action:
            resolved = await editor.called("workspace/applyEdit")
        action = resolved
    edit: dict[str, Any] = action["edit"]
    return edit


def _take(editor: BareEditor, document: Document, edit: dict[str, Any]) -> None:
    """Make the edit, from its last change to its first, and tell of it."""
    for each in edit.get("documentChanges") or ():
        edits = each["edits"]
    for each in (edit.get("changes") or {}).values():
        edits = each
    changes = [{"range": each["range"], "text": each["newText"]} for each in reversed(edits)]
    version = document.version + 1
    document.apply(
        [
            Change(
                Position(**each["range"]["start"]), Position(**each["range"]["end"]), each["text"]
            )
            for each in changes
        ],
        version,
        "utf-16",
    )
    identifier = {"uri": document.uri, "version": version}
    params = {"textDocument": identifier, "contentChanges": changes}
    editor.notify("textDocument/didChange", params)


async def _idle(editor: BareEditor) -> float:
    """Give the memory in use, in MiB, once the server has stopped working after its start."""
    deadline = time.monotonic() + _LONGEST_S
    spent = -1.0
    while spent != (now := cpu_seconds(editor.pid)) and time.monotonic() < deadline:
        spent = now
        await asyncio.sleep(_QUIET_S)
    return rss_mib(editor.pid)
