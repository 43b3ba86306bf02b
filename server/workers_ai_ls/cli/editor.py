"""A small editor at the other end of a real server's pipes: what the server tells it, in order."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from workers_ai_ls import __version__
from workers_ai_ls.lsp.build_progress import INDEX_TOKENS

from .buffers import Buffers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CAPABILITIES = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(
        apply_edit=True,
        workspace_edit=types.WorkspaceEditClientCapabilities(
            document_changes=True, resource_operations=[types.ResourceOperationKind.Create]
        ),
    ),
    window=types.WindowClientCapabilities(work_done_progress=True),
)

_ENDS_S = 5.0
"""How long the server may take to stop."""


class Heard(NamedTuple):
    """Something that the server told: a level and a sentence for a message, else a text."""

    kind: Literal["begun", "status", "text", "shown", "message", "end", "gone"]
    text: str = ""
    level: str = ""


class Editor(LanguageClient):
    """Starts a server and does what an editor does; `heard` holds what it was told."""

    def __init__(self) -> None:
        super().__init__("workers-ai-ls", __version__)
        self.buffers = Buffers()
        self.heard: asyncio.Queue[Heard] = asyncio.Queue()
        self._logs: asyncio.Task[None] | None = None
        _listen(self)

    async def start(self, environment: Mapping[str, str]) -> None:
        """Start the server with these variables."""
        await self.start_io(
            sys.executable,
            # The folder that we stand in may hold modules of its own.
            "-P",
            "-m",
            "workers_ai_ls",
            "serve",
            env=dict(environment),
            # Ctrl+C in the terminal is for this program, which ends the server in good order.
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
        )
        self._logs = asyncio.create_task(self._drain(), name="the server's log")

    async def end(self) -> None:
        """Stop the server: politely, and within a limit."""
        server = self._server
        if server is not None and server.returncode is None:
            try:
                async with asyncio.timeout(_ENDS_S):
                    await self.shutdown_async(None)
                    self.exit(None)
                    await server.wait()
            except (TimeoutError, RuntimeError, OSError):
                if server.returncode is None:
                    server.kill()
        await self.stop()  # type: ignore[no-untyped-call]
        if self._logs is not None:
            await self._logs

    async def server_exit(self, server: asyncio.subprocess.Process) -> None:
        """Take note that the server has ended; pygls calls this."""
        self.heard.put_nowait(Heard("gone", str(server.returncode)))

    async def _drain(self) -> None:
        """Read the server's log, or its pipe would fill up; show it to whoever asked for it."""
        if self._server is None or self._server.stderr is None:
            return
        wanted = "WORKERS_AI_LOG" in os.environ
        while data := await self._server.stderr.read(1 << 16):
            if wanted:
                sys.stderr.buffer.write(data)
                sys.stderr.buffer.flush()


def _listen(editor: Editor) -> None:
    """Register what the server may ask and tell."""
    # pygls has no types for this decorator.
    feature: Callable[[str], Callable[[Callable[..., Any]], object]] = editor.feature

    @feature(types.WINDOW_WORK_DONE_PROGRESS_CREATE)
    def _create(params: types.WorkDoneProgressCreateParams) -> None:
        if not str(params.token).startswith(INDEX_TOKENS):
            editor.heard.put_nowait(Heard("begun"))

    @feature(types.PROGRESS)
    def _progress(params: types.ProgressParams) -> None:
        value: Any = params.value
        kinds: dict[str, Literal["status", "end"]] = {"report": "status", "end": "end"}
        kind = kinds.get(value.get("kind"))
        if kind and not str(params.token).startswith(INDEX_TOKENS):
            editor.heard.put_nowait(Heard(kind, value.get("message") or ""))

    @feature(types.WINDOW_SHOW_MESSAGE)
    def _message(params: types.ShowMessageParams) -> None:
        editor.heard.put_nowait(Heard("message", params.message, params.type.name.lower()))

    @feature("$/workers-ai/answer")
    def _answer(params: Any) -> None:
        grows = hasattr(params, "delta")
        heard = Heard("text", params.delta) if grows else Heard("shown", params.text)
        editor.heard.put_nowait(heard)

    @feature(types.WORKSPACE_APPLY_EDIT)
    def _apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        result = editor.buffers.apply(params.edit)
        for change in params.edit.document_changes or () if result.applied else ():
            if isinstance(change, types.TextDocumentEdit):
                _tell_change(editor, change.text_document)
        return result


def _tell_change(editor: Editor, edited: types.OptionalVersionedTextDocumentIdentifier) -> None:
    """Tell the server of a change to a document that it knows to be open."""
    if edited.version is None:
        return
    document = editor.buffers.documents[edited.uri]
    whole = types.TextDocumentContentChangeWholeDocument(document.snapshot().text)
    identifier = types.VersionedTextDocumentIdentifier(document.version, edited.uri)
    editor.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [whole]))
