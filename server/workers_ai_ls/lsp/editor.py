"""The editor as jobs see it, spoken to by LSP."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from lsprotocol import types

from workers_ai_ls.jobs import Applied
from workers_ai_ls.workspace import path_of

from .asking import PERSON_S, QUICK_S, ask
from .edits import file_creation, file_deletion, text_edit
from .progress import NoProgress, WorkDoneProgress
from .questions import ask_person

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from workers_ai_ls.jobs import Level, Progress
    from workers_ai_ls.text import Document, Edit, Snapshot

    from .server import Server

logger = logging.getLogger(__name__)

_LEVELS = {
    "info": types.MessageType.Info,
    "warning": types.MessageType.Warning,
    "error": types.MessageType.Error,
}

_OPENED_S = 1.0
"""How long an editor may take to tell of a file that it has been asked to show."""

_OUT_OF_STEP = "it told of your typing in the wrong order; close and open the file"


class LspEditor:
    """Implements `jobs.Editor`."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._sent: dict[str, int] = {}
        """Characters of each growing answer that the thin client has."""
        self._shown_model = ""

    @property
    def roots(self) -> Sequence[Path]:
        """The folders of the workspace."""
        return self._server.roots

    @property
    def creates_files(self) -> bool:
        """Whether an edit can create a file."""
        return self._server.client.creates_files

    @property
    def deletes_files(self) -> bool:
        """Whether an edit can delete a file."""
        return self._server.client.deletes_files

    @property
    def asks_before_applying(self) -> bool:
        """Whether the editor can show an edit for confirmation."""
        return self._server.client.asks_before_applying

    @property
    def checks_versions(self) -> bool:
        """Whether the editor refuses an edit that was made for an older text."""
        return self._server.client.document_changes

    @property
    def edits_blindly(self) -> bool:
        """Whether an edit is made even in a text of which the editor has not yet told."""
        return self._server.client.edits_blindly

    @property
    def reloads_files(self) -> bool:
        """Whether an open file that changes on disk is shown as it is now."""
        return self._server.client.reloads_files

    def document(self, uri: str) -> Document | None:
        """The open document, by its URI or another spelling of the same path."""
        documents = self._server.documents.by_uri
        if uri in documents:
            return documents[uri]
        path = path_of(uri)
        if path is None:
            return None
        return next((each for key, each in documents.items() if path_of(key) == path), None)

    async def changed(self, uri: str, timeout_s: float) -> bool:
        """Wait for the document's next change."""
        return await self._server.documents.changed(uri, timeout_s)

    async def pause(self, uri: str) -> None:
        """Wait until nobody types in the document, at most a few seconds."""
        await self._server.documents.pause(uri)

    async def apply(
        self, label: str, snapshot: Snapshot, edits: Sequence[Edit], *, confirm: bool = False
    ) -> Applied:
        """Edit the document that `snapshot` shows, in one undo step."""
        client = self._server.client
        if self._server.documents.is_out_of_step(snapshot.uri):
            return Applied(yes=False, reason=_OUT_OF_STEP)
        if client.may_ask and not await self._opened(snapshot):
            return Applied(yes=False, reason="its text is not the one on disk")
        edit = text_edit(client, snapshot, edits, label, confirm=confirm)
        asks = confirm or client.may_ask
        return await self._apply(label, edit, PERSON_S if asks else QUICK_S)

    async def _opened(self, snapshot: Snapshot) -> bool:
        """Open a file before it is edited; False when the editor has another text of it.

        Eglot asks before it edits a file that is not open, takes whatever is typed just then for
        the answer, and says that it has applied the edit even when the answer was no.
        """
        if self.document(snapshot.uri) is not None:
            return True
        if await self.show_document(snapshot.uri) and self.document(snapshot.uri) is None:
            await self.changed(snapshot.uri, _OPENED_S)
        document = self.document(snapshot.uri)
        return document is None or document.snapshot().text == snapshot.text

    async def create_file(self, label: str, uri: str, *, confirm: bool = False) -> Applied:
        """Create an empty file."""
        edit = file_creation(uri, label, confirm=confirm)
        return await self._apply(label, edit, PERSON_S if confirm else QUICK_S)

    async def delete_file(self, label: str, uri: str) -> Applied:
        """Delete a file."""
        return await self._apply(label, file_deletion(uri))

    async def show_document(self, uri: str) -> bool:
        """Show a document; False where the editor can't."""
        if not self._server.client.shows_documents:
            return False
        focus = None if self._server.client.takes_false_for_true else False
        params = types.ShowDocumentParams(uri=uri, take_focus=focus)
        result = await ask(self._server.protocol, types.WINDOW_SHOW_DOCUMENT, params)
        return isinstance(result, types.ShowDocumentResult) and result.success

    def tell(self, level: Level, sentence: str) -> None:
        """Show one message; what is no mere information also goes to our log.

        Helix cuts a message at the window's edge and forgets it at the next key: its log has all.
        """
        if level != "info":
            logger.warning("%s", sentence)
        self._server.window_show_message(types.ShowMessageParams(_LEVELS[level], sentence))

    async def ask(self, question: str, choices: Sequence[str]) -> str | None:
        """Ask a question with buttons; "" for no answer, None where the editor can't ask."""
        if not self._server.client.asks_questions:
            return None
        return await ask_person(self._server.protocol, question, choices)

    def progress(self, token: str, title: str) -> Progress:
        """Begin a progress display."""
        if not self._server.client.work_done_progress:
            return NoProgress()
        return WorkDoneProgress(self._server.protocol, token, title)

    def stream_answer(self, token: str, action: str, uri: str, text: str, *, done: bool) -> bool:
        """Pass what is new in the answer to a thin client that has opted in.

        `$/workers-ai/answer`: `{token, action, uri, delta}` while it grows; `{token, action, uri, text}`
        takes the place of all that came before, and ends it.
        """
        if not self._server.client.streams_answers:
            return False
        sent = self._sent.pop(token, 0)
        params: dict[str, str] = {"token": token, "action": action, "uri": uri}
        if done:
            params["text"] = text
        else:
            self._sent[token] = max(sent, len(text))
            if len(text) <= sent:
                return True
            params["delta"] = text[sent:]
        self._server.protocol.notify("$/workers-ai/answer", params)
        return True

    def offer_edit(self, job: int, uri: str, text: str) -> bool:
        """Let a thin client that has opted in show a file as a held edit would make it.

        `$/workers-ai/edit`: `{job, uri, text}`; its commands for `job` are `workers-ai.applyAnyway`
        and `workers-ai.discard`.
        """
        if self._server.client.shows_edits:
            params = {"job": job, "uri": uri, "text": text}
            self._server.protocol.notify("$/workers-ai/edit", params)
        return self._server.client.shows_edits

    def show_model(self, model: str) -> None:
        """Tell a thin client that has opted in which model is asked from now on, when that is news.

        `$/workers-ai/model`: `{model}`, its id.
        """
        if model != self._shown_model:
            self._shown_model = model
            self._server.protocol.notify("$/workers-ai/model", {"model": model})

    def restart_answer(self, token: str, action: str) -> None:
        """Take back what a thin client has of an answer: another one comes."""
        if self._sent.pop(token, 0):
            params = {"token": token, "action": action, "text": ""}
            self._server.protocol.notify("$/workers-ai/answer", params)

    async def _apply(
        self, label: str, edit: types.WorkspaceEdit, limit_s: float = QUICK_S
    ) -> Applied:
        params = types.ApplyWorkspaceEditParams(edit=edit, label=label)
        result = await ask(self._server.protocol, types.WORKSPACE_APPLY_EDIT, params, limit_s)
        if not isinstance(result, types.ApplyWorkspaceEditResult):
            return Applied(yes=False)
        return Applied(yes=result.applied, reason=result.failure_reason or "")
