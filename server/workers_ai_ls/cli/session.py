"""Runs actions over the real LSP path, and keeps what each came to."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Protocol, Self, TypeVar

import attrs
from lsprotocol import types

from workers_ai_ls.errors import Failure
from workers_ai_ls.workspace import uri_of

from .editor import CAPABILITIES, Editor
from .ending import DONE, FAILED, NOT_USED

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping, Sequence
    from pathlib import Path

    from .buffers import Change
    from .editor import Heard
    from .place import Place

T = TypeVar("T")

_ANSWERS_S = 30.0
"""How long the server may take for what it does at once; a cold start is most of it."""

_EXPLAINS_S = 3.0
"""How long a job may take to begin once there is a message, which may say why it did not."""

_EXIT_CODES = {"held": NOT_USED, "not used": NOT_USED, "failed": FAILED, "cancelled": FAILED}
"""By the word with which a job's progress display ends; every other end is a good one."""


class ServerGone(Failure):
    """The server process ended, or says nothing any more."""

    def __init__(self) -> None:
        super().__init__(
            "The server stopped unexpectedly; run the command with WORKERS_AI_LOG=DEBUG to see why."
        )


class View(Protocol):
    """Where a person watches."""

    def status(self, message: str) -> None:
        """Say how it stands."""

    def text(self, piece: str) -> None:
        """Show the next piece of the answer."""

    def say(self, sentence: str, level: str = "") -> None:
        """Show a sentence that stays."""


@attrs.define
class Outcome:
    """What one action came to."""

    answer: str = ""
    """The answer as it streamed in."""
    explanation: str = ""
    """Markdown to read, for actions that show something."""
    changed: dict[Path, Change] = attrs.field(factory=dict)
    messages: list[tuple[str, str]] = attrs.field(factory=list)
    """Level and sentence of each message."""
    ended: str = ""
    """How it ended, in the words of the progress display; "" when it did not begin."""

    @property
    def cost(self) -> str:
        """What the answer cost, in words; "" where that is not known."""
        return self.ended.partition(", ")[2]

    @property
    def exit_code(self) -> int:
        """0 done or nothing to do, 1 failed, 3 the answer was not used."""
        word = self.ended.partition(", ")[0]
        return _EXIT_CODES.get(word, DONE) if word else FAILED


class Session:
    """A server for one workspace, for as long as the block runs.

    `environment` is added to this process's; `settings` are those of an editor.
    """

    def __init__(
        self,
        root: Path,
        *,
        environment: Mapping[str, str] | None = None,
        settings: Mapping[str, object] | None = None,
    ) -> None:
        self._root = root
        self._environment = {**os.environ, **(environment or {})}
        # Nothing is written before the end, so there is nothing to ask about on the way.
        self._settings = {**(settings or {}), "apply": "direct"}
        self._editor = Editor()

    async def __aenter__(self) -> Self:
        """Start the server. Raises ServerGone when it does not come up."""
        await self._editor.start(self._environment)
        params = types.InitializeParams(
            capabilities=CAPABILITIES,
            client_info=types.ClientInfo("workers-ai-ls"),
            root_uri=uri_of(self._root),
            workspace_folders=[types.WorkspaceFolder(uri_of(self._root), self._root.name)],
            initialization_options={"streamAnswers": True, "workersAI": self._settings},
        )
        try:
            await self._replied(self._editor.initialize_async(params))
        except BaseException:
            await self._editor.end()
            raise
        self._editor.initialized(types.InitializedParams())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop the server, and with it whatever still runs."""
        await self._editor.end()

    async def act(self, action: str, place: Place, view: View, instruction: str = "") -> Outcome:
        """Run one action to its end. Raises Failure when the file or the server fails."""
        arguments = (str(place.path), str(place.first), str(place.last), instruction)
        return await self._done(f"workers-ai.{action}", place.path, arguments, view)

    async def reapply(self, path: Path, entry: int, view: View) -> Outcome:
        """Apply an answer of the journal to its file. Raises Failure as `act` does."""
        arguments = ({"uri": uri_of(path), "entry": entry},)
        return await self._done("workers-ai.applyLastAnswer", path, arguments, view)

    async def _done(
        self, name: str, path: Path, arguments: Sequence[object], view: View
    ) -> Outcome:
        """Open the file, run a command of the server, and follow its job to the end."""
        editor, uri = self._editor, uri_of(path)
        text = editor.buffers.open(uri, path).snapshot().text
        item = types.TextDocumentItem(uri=uri, language_id="", version=1, text=text)
        editor.text_document_did_open(types.DidOpenTextDocumentParams(item))
        command = types.ExecuteCommandParams(name, [*arguments])
        await self._replied(editor.workspace_execute_command_async(command))
        try:
            return await self._followed(view)
        finally:
            editor.buffers.clear()
            if not editor.stopped:
                identifier = types.TextDocumentIdentifier(uri)
                editor.text_document_did_close(types.DidCloseTextDocumentParams(identifier))

    async def _followed(self, view: View) -> Outcome:
        """Follow the job to its end; a command that could not begin one has told why."""
        outcome, begun = Outcome(), False
        while True:
            limit = _EXPLAINS_S if outcome.messages else _ANSWERS_S
            try:
                async with asyncio.timeout(None if begun else limit):
                    heard = await self._editor.heard.get()
            except TimeoutError:
                if outcome.messages:
                    return outcome
                raise ServerGone from None
            if heard.kind == "end":
                break
            begun = begun or heard.kind == "begun"
            _take(heard, outcome, view)
        outcome.ended = heard.text
        outcome.changed = self._editor.buffers.changed()
        # The server says its last sentence right behind the end, and so before any later reply.
        await self._replied(self._editor.code_action_resolve_async(types.CodeAction("last words")))
        while not self._editor.heard.empty():
            _take(self._editor.heard.get_nowait(), outcome, view)
        return outcome

    async def _replied(self, reply: Awaitable[T]) -> T:
        try:
            async with asyncio.timeout(_ANSWERS_S):
                return await reply
        except (TimeoutError, RuntimeError):
            # pygls ends what waits with a RuntimeError when the server process ends.
            raise ServerGone from None


def _take(heard: Heard, outcome: Outcome, view: View) -> None:
    """Add what was heard to the outcome, and let the person see it."""
    match heard.kind:
        case "status" if heard.text:
            view.status(heard.text)
        case "text":
            outcome.answer += heard.text
            view.text(heard.text)
        case "shown":
            outcome.explanation = heard.text
            if not heard.text:
                # Another answer comes in place of the one so far.
                outcome.answer = ""
        case "message":
            outcome.messages.append((heard.level, heard.text))
        case "gone":
            raise ServerGone
