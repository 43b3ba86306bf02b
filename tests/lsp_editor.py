"""An editor that knows only LSP, for tests: real server process, recorded capabilities.

```
async with lsp_editor(endpoint, "neovim") as editor:
    uri = editor.open("half.py", "def half(x):\n    return ┃x / 2\n")
    await editor.choose("AI: Refactor")
    await editor.ended()
    assert editor.text(uri) == ...
```
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
import time
from typing import TYPE_CHECKING, Any, Union

import attrs
from lsprotocol import types
from pygls.protocol import default_converter
from pytest_lsp import LanguageClient, client_capabilities
from pytest_lsp.client import register_lsp_features

from tests.marked import MARK, marked
from tests.server_stderr import heard
from workers_ai_ls.lsp.build_progress import INDEX_TOKENS
from workers_ai_ls.text import Change, Document, Position
from workers_ai_ls.workspace import path_of, uri_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from cattrs import Converter

    from tests.scripted_endpoint import ScriptedEndpoint

LIMIT_S = 60.0


def corrected_converter() -> Converter:
    """lsprotocol takes every code action that has a command for a mere command."""
    converter: Converter = default_converter()  # type: ignore[no-untyped-call]

    def structure(value: Any, _: Any) -> types.CodeAction | types.Command:
        if isinstance(value.get("command"), str):
            return converter.structure(value, types.Command)
        return converter.structure(value, types.CodeAction)

    converter.register_structure_hook(Union[types.Command, types.CodeAction], structure)  # noqa: UP007 - the very type that lsprotocol asks for
    return converter


@attrs.define(eq=False)
class LspEditor:
    """What a person has before them: documents, a selection, messages, progress."""

    client: LanguageClient
    folder: Path
    documents: dict[str, Document] = attrs.field(factory=dict)
    selections: dict[str, types.Range] = attrs.field(factory=dict)
    edits: list[types.ApplyWorkspaceEditParams] = attrs.field(factory=list)
    """Every edit that the server has asked for."""
    take_edit: Callable[[types.ApplyWorkspaceEditParams], types.ApplyWorkspaceEditResult] | None = (
        None
    )
    """How this editor takes edits, where it does not just apply them."""
    current: str = ""
    changed: asyncio.Condition = attrs.field(factory=asyncio.Condition)

    def open(self, name: str, text: str, language_id: str = "python") -> str:
        """Open a file of the workspace; `┃` marks the selection. Returns its URI."""
        start = end = 0
        if MARK in text:
            text, start, end = marked(text)
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        uri = uri_of(path)
        self.documents[uri] = Document(uri, language_id, 1, text)
        self.select(uri, start, end)
        item = types.TextDocumentItem(uri=uri, language_id=language_id, version=1, text=text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        return uri

    def close(self, uri: str) -> None:
        """Close a document."""
        del self.documents[uri]
        params = types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri))
        self.client.text_document_did_close(params)

    def select(self, uri: str, start: int, end: int) -> None:
        """Select a range of offsets."""
        snapshot = self.documents[uri].snapshot()
        first, last = (types.Position(*snapshot.position(at, "utf-16")) for at in (start, end))
        self.current, self.selections[uri] = uri, types.Range(first, last)

    def text(self, uri: str) -> str:
        """What the editor shows for a document, open or on disk."""
        if uri in self.documents:
            return self.documents[uri].snapshot().text
        path = path_of(uri)
        assert path is not None
        return path.read_bytes().decode()

    def type(self, uri: str, old: str, new: str) -> None:
        """Replace one occurrence of `old`, as a person would by typing."""
        snapshot = self.documents[uri].snapshot()
        at = snapshot.text.index(old)
        self._change(uri, at, at + len(old), new)

    def _change(self, uri: str, start: int, end: int, text: str, *, tell: bool = True) -> None:
        document = self.documents[uri]
        snapshot = document.snapshot()
        first, last = (snapshot.position(at, "utf-16") for at in (start, end))
        version = document.version + 1
        document.apply([Change(first, last, text)], version, "utf-16")
        if tell:
            change = types.TextDocumentContentChangePartial(
                range=types.Range(types.Position(*first), types.Position(*last)), text=text
            )
            document_id = types.VersionedTextDocumentIdentifier(version=version, uri=uri)
            self.client.text_document_did_change(
                types.DidChangeTextDocumentParams(document_id, [change])
            )

    async def actions(
        self,
        *,
        only: list[str] | None = None,
        trigger: types.CodeActionTriggerKind | None = types.CodeActionTriggerKind.Invoked,
        diagnostics: tuple[types.Diagnostic, ...] = (),
    ) -> list[types.CodeAction]:
        """The code action list at the selection."""
        context = types.CodeActionContext(diagnostics=diagnostics, only=only, trigger_kind=trigger)
        result = await self.client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(self.current), self.selections[self.current], context
            )
        )
        return [each for each in result or () if isinstance(each, types.CodeAction)]

    async def titles(self, **options: Any) -> list[str]:
        """The titles of the code action list."""
        return [each.title for each in await self.actions(**options)]

    async def choose(self, title: str, **options: Any) -> None:
        """Choose a code action by its title."""
        action = next(each for each in await self.actions(**options) if each.title == title)
        assert action.command is not None
        await self.execute(action.command.command, *(action.command.arguments or ()))

    async def execute(self, command: str, *arguments: Any) -> Any:
        """Run a command of the server."""
        params = types.ExecuteCommandParams(command, list(arguments))
        return await self.client.workspace_execute_command_async(params)

    async def until(
        self, condition: Callable[[], object], what: str = "", within: float = LIMIT_S
    ) -> None:
        """Wait until the condition holds; it is asked again after each message of the server."""
        deadline = time.monotonic() + within
        async with self.changed:
            while not condition():
                left = deadline - time.monotonic()
                assert left > 0, f"waited {within} s for {what or condition}: {self.messages}"
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self.changed.wait(), min(left, 0.5))

    async def ended(self, jobs: int = 1) -> str:
        """Wait until so many jobs have ended, and what is said of that; returns how the last one did."""
        await self.until(lambda: len(self.ends) >= jobs, f"{jobs} jobs to end")
        # Its reply comes after everything that was told before.
        await self.client.code_action_resolve_async(types.CodeAction("nothing"))
        return self.ends[-1].message or ""

    @property
    def ends(self) -> list[types.WorkDoneProgressEnd]:
        """The ends of all progress displays so far."""
        return [each for each in self.progress if isinstance(each, types.WorkDoneProgressEnd)]

    @property
    def progress(self) -> list[Any]:
        """Every begin, report and end of the jobs' progress displays so far."""
        reports = self.client.progress_reports.items()
        # A build of the index is shown too, where it takes long.
        jobs = (seen for token, seen in reports if not str(token).startswith(INDEX_TOKENS))
        return [value for report in jobs for value in report]

    @property
    def messages(self) -> list[str]:
        """The messages shown so far."""
        return [message.message for message in self.client.messages]

    def apply(self, params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        """Take an edit as VS Code does: all of it, or nothing when it was made for an old text."""
        edit = params.edit
        for uri, edits in (edit.changes or {}).items():
            self._take(uri, edits)
        for change in edit.document_changes or ():
            match change:
                case types.TextDocumentEdit(document, texts):
                    known = self.documents.get(document.uri)
                    if known and document.version not in (None, known.version):
                        return types.ApplyWorkspaceEditResult(applied=False)
                    self._take(document.uri, texts)
                case types.CreateFile(uri):
                    path = path_of(uri)
                    assert path is not None
                    if path.exists():
                        return types.ApplyWorkspaceEditResult(applied=False)
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.touch()
                case types.DeleteFile(uri):
                    path = path_of(uri)
                    assert path is not None
                    path.unlink()
                    self.documents.pop(uri, None)
        return types.ApplyWorkspaceEditResult(applied=True)

    def _take(self, uri: str, edits: Sequence[Any]) -> None:
        """Apply text edits; a document that was not open is opened by that, as in editors."""
        if uri not in self.documents:
            path = path_of(uri)
            assert path is not None
            self.open(str(path.relative_to(self.folder)), path.read_bytes().decode())
        snapshot = self.documents[uri].snapshot()

        def offset(at: types.Position) -> int:
            return snapshot.offset(Position(at.line, at.character), "utf-16")

        spans = [
            (offset(each.range.start), offset(each.range.end), each.new_text) for each in edits
        ]
        for start, end, text in sorted(spans, reverse=True):
            self._change(uri, start, end, text)


@contextlib.asynccontextmanager
async def lsp_editor(
    folder: Path,
    endpoint: ScriptedEndpoint | None = None,
    name: str = "visual-studio-code",
    *,
    environment: dict[str, str] | None = None,
    options: Any = None,
    capabilities: types.ClientCapabilities | None = None,
    client_name: str | None = None,
) -> AsyncIterator[LspEditor]:
    """Start a server process for an editor with the recorded capabilities of `name`.

    The server's home is in `folder`, beside the workspace; it has credentials for `endpoint`.
    """
    workspace = folder / "workspace"
    workspace.mkdir()
    client = LanguageClient(converter_factory=corrected_converter)
    register_lsp_features(client)
    editor = LspEditor(client, workspace)
    _listen(editor)
    await client.start_io(
        sys.executable,
        "-P",
        "-m",
        "workers_ai_ls",
        env=server_environment(folder, endpoint) | (environment or {}),
    )
    async with _ended(client):
        await client.initialize_session(
            types.InitializeParams(
                capabilities=capabilities or client_capabilities(name),
                client_info=types.ClientInfo(client_name or _NAMES.get(name, name)),
                root_uri=uri_of(workspace),
                workspace_folders=[types.WorkspaceFolder(uri_of(workspace), "workspace")],
                initialization_options=options,
            )
        )
        yield editor
        await client.shutdown_session()


@contextlib.asynccontextmanager
async def _ended(client: LanguageClient) -> AsyncIterator[None]:
    """End the server with the block, having heard all that it said on its standard error."""
    assert client._server is not None
    assert client._stderr_forwarder is not None
    # It would stop forwarding before the server says its last words.
    client._stderr_forwarder.cancel()
    async with heard(client._server.stderr):
        try:
            yield
        finally:
            # A test that failed leaves the server running; pygls would wait for it.
            if client._server.returncode is None:
                client._server.kill()
            await client.stop()  # type: ignore[no-untyped-call]


_NAMES = {"visual-studio-code": "Visual Studio Code", "neovim": "Neovim", "emacs": "Emacs"}


def server_environment(folder: Path, endpoint: ScriptedEndpoint | None = None) -> dict[str, str]:
    """An environment with a home of its own, and credentials for the endpoint if there is one."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    given = {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "PATH": "/usr/bin:/bin",
        "PYTHONDEVMODE": "1",
        # Nobody's keyring is asked for a token.
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }
    if endpoint is not None:
        given |= {
            "WORKERS_AI_BASE_URL": endpoint.base_url,
            "CLOUDFLARE_ACCOUNT_ID": "0123456789abcdef0123456789abcdef",
            "CLOUDFLARE_API_TOKEN": "made-up-token",
        }
    return given


def _listen(editor: LspEditor) -> None:
    client = editor.client
    feature: Callable[[str], Callable[[Callable[..., Any]], object]] = client.feature

    @feature(types.WORKSPACE_APPLY_EDIT)
    def _apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        editor.edits.append(params)
        return (editor.take_edit or editor.apply)(params)

    @feature(types.CLIENT_REGISTER_CAPABILITY)
    def _register(_: types.RegistrationParams) -> None:
        """Take every registration."""

    handle = client.protocol.handle_message

    def notified(message: Any) -> None:
        handle(message)
        task = asyncio.ensure_future(_notify(editor))
        _tasks.add(task)
        task.add_done_callback(_tasks.discard)

    client.protocol.handle_message = notified  # type: ignore[method-assign]


_tasks: set[asyncio.Future[None]] = set()


async def _notify(editor: LspEditor) -> None:
    async with editor.changed:
        editor.changed.notify_all()
