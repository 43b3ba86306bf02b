"""A small editor on a terminal: runs one action over the real LSP path, and keeps what it gets."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING, Any, Self

import attrs
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from workers_ai_ls.errors import Failure
from workers_ai_ls.text import Change, Document, Position
from workers_ai_ls.workspace import path_of, read_for_edit, uri_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_ENDS_S = 5.0
"""How long the server may take to stop."""


class ServerGone(Failure):
    """The server process ended by itself."""

    def __init__(self) -> None:
        super().__init__(
            "The server stopped unexpectedly; run it with WORKERS_AI_LOG=DEBUG to see why."
        )


@attrs.define
class Outcome:
    """What one action came to."""

    answer: str = ""
    """The answer as it streamed in."""
    explanation: str = ""
    """Markdown to read, for actions that show something."""
    changed: dict[Path, tuple[str, str]] = attrs.field(factory=dict)
    """Files with their text before and after."""
    messages: list[tuple[str, str]] = attrs.field(factory=list)
    """Level and sentence of each message."""
    ended: str = ""
    """How the action ended, in the words of its progress display."""


class Session:
    """A server process, and an editor that knows just enough to run actions on it.

    `on_text` gets each new piece of the answer, `on_status` each progress message.
    """

    def __init__(
        self,
        root: Path,
        *,
        environment: dict[str, str] | None = None,
        on_text: Callable[[str], None] = lambda _: None,
        on_status: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._root = root
        self._environment = {**os.environ, **(environment or {})}
        self._on_text = on_text
        self._on_status = on_status
        self._documents: dict[str, Document] = {}
        self._originals: dict[str, str] = {}
        self._outcome = Outcome()
        self._ended = asyncio.Event()
        self._client = LanguageClient("workers-ai-ls", "cli")
        self._register()

    async def __aenter__(self) -> Self:
        """Start the server."""
        await self._client.start_io(
            # -P: the folder that we stand in may hold modules of its own.
            sys.executable,
            "-P",
            "-m",
            "workers_ai_ls",
            "serve",
            env=self._environment,
        )
        await self._client.initialize_async(
            types.InitializeParams(
                capabilities=_CAPABILITIES,
                client_info=types.ClientInfo("workers-ai-ls"),
                root_uri=uri_of(self._root),
                workspace_folders=[types.WorkspaceFolder(uri_of(self._root), self._root.name)],
                initialization_options={"streamAnswers": True},
            )
        )
        self._client.initialized(types.InitializedParams())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop the server."""
        try:
            await asyncio.wait_for(self._client.shutdown_async(None), _ENDS_S)
            self._client.exit(None)
        except Exception:  # noqa: BLE001 - it is gone already, which is what is wanted
            self._client.exit(None)
        await self._client.stop()  # type: ignore[no-untyped-call]

    async def act(
        self, action: str, path: Path, first: int, last: int, instruction: str = ""
    ) -> Outcome:
        """Run an action on lines `first` to `last` (from 1) of a file. Raises Failure."""
        uri = self._open(path)
        self._outcome, self._ended = Outcome(), asyncio.Event()
        arguments = [str(path), str(first), str(last)] + ([instruction] if instruction else [])
        await self._client.workspace_execute_command_async(
            types.ExecuteCommandParams(command=f"workers-ai.{action}", arguments=arguments)
        )
        # A command that can't begin says so before it replies; a job says nothing before.
        if not self._outcome.messages:
            await self._end()
        self._close(uri)
        return self._outcome

    async def _end(self) -> None:
        """Wait until the action has ended, or could not begin, or the server is gone."""
        while not self._ended.is_set():
            if self._client.stopped:
                raise ServerGone
            try:
                await asyncio.wait_for(self._ended.wait(), 0.5)
            except TimeoutError:
                continue

    def _open(self, path: Path) -> str:
        uri, text = uri_of(path), read_for_edit(path)
        self._documents[uri] = Document(uri, "", 1, text)
        self._originals[uri] = text
        item = types.TextDocumentItem(uri=uri, language_id="", version=1, text=text)
        self._client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def _close(self, uri: str) -> None:
        for each, document in self._documents.items():
            path, before = path_of(each), self._originals.get(each, "")
            after = document.snapshot().text
            if path is not None and after != before:
                self._outcome.changed[path] = (before, after)
        self._documents.clear()
        document_id = types.TextDocumentIdentifier(uri)
        self._client.text_document_did_close(types.DidCloseTextDocumentParams(document_id))

    def _register(self) -> None:
        # pygls has no types for this decorator.
        feature: Callable[[str], Callable[[Callable[..., Any]], object]] = self._client.feature

        @feature(types.WINDOW_WORK_DONE_PROGRESS_CREATE)
        def _create(_: types.WorkDoneProgressCreateParams) -> None:
            """Take every token."""

        @feature(types.PROGRESS)
        def _progress(params: types.ProgressParams) -> None:
            value: Any = params.value
            message = value["message"] if isinstance(value, dict) and "message" in value else ""
            if isinstance(value, dict) and value.get("kind") == "end":
                self._outcome.ended = message
                self._ended.set()
            elif message:
                self._on_status(message)

        @feature(types.WINDOW_SHOW_MESSAGE)
        def _message(params: types.ShowMessageParams) -> None:
            self._outcome.messages.append((params.type.name.lower(), params.message))

        @feature(types.WORKSPACE_APPLY_EDIT)
        def _apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            return self._apply(params.edit)

        @feature("$/workers-ai/answer")
        def _answer(params: Any) -> None:
            if hasattr(params, "delta"):
                self._outcome.answer += params.delta
                self._on_text(params.delta)
            else:
                self._outcome.explanation = params.text

    def _apply(self, edit: types.WorkspaceEdit) -> types.ApplyWorkspaceEditResult:
        for change in edit.document_changes or ():
            if isinstance(change, types.CreateFile):
                path = path_of(change.uri)
                if path is None or path.exists():
                    return types.ApplyWorkspaceEditResult(applied=False, failure_reason="it exists")
                self._documents[change.uri] = Document(change.uri, "", 0, "")
                self._originals[change.uri] = ""
            elif isinstance(change, types.TextDocumentEdit):
                self._edit(change)
        return types.ApplyWorkspaceEditResult(applied=True)

    def _edit(self, change: types.TextDocumentEdit) -> None:
        uri = change.text_document.uri
        path = path_of(uri)
        if uri not in self._documents and path is not None:
            text = read_for_edit(path)
            self._documents[uri], self._originals[uri] = Document(uri, "", 0, text), text
        document = self._documents[uri]
        changes = [
            Change(
                Position(edit.range.start.line, edit.range.start.character),
                Position(edit.range.end.line, edit.range.end.character),
                edit.new_text,
            )
            for edit in reversed(change.edits)
            if isinstance(edit, types.TextEdit)
        ]
        version = document.version + 1
        document.apply(changes, version, "utf-16")
        if change.text_document.version is not None:
            whole = types.TextDocumentContentChangeWholeDocument(document.snapshot().text)
            self._client.text_document_did_change(
                types.DidChangeTextDocumentParams(
                    types.VersionedTextDocumentIdentifier(version=version, uri=uri), [whole]
                )
            )


_CAPABILITIES = types.ClientCapabilities(
    workspace=types.WorkspaceClientCapabilities(
        apply_edit=True,
        workspace_edit=types.WorkspaceEditClientCapabilities(
            document_changes=True, resource_operations=[types.ResourceOperationKind.Create]
        ),
    ),
    window=types.WindowClientCapabilities(work_done_progress=True),
)
