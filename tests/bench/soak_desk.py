"""An editor with many documents at once: keeps their texts, takes edits, sees what jobs come to."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import attrs

from workers_ai_ls.lsp.build_progress import INDEX_TOKENS
from workers_ai_ls.text import Change, Document, Position
from workers_ai_ls.workspace import path_of

from .bare_editor import wire
from .following import did_change

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .bare_editor import BareEditor, Message
    from .typist import Keystroke


@attrs.define(eq=False)
class Desk:
    """What lies before a person."""

    editor: BareEditor
    documents: dict[str, Document] = attrs.field(factory=dict)
    begun: list[str] = attrs.field(factory=list)
    """The progress tokens of the jobs that show that they run."""
    ended: list[str] = attrs.field(factory=list)
    """What the displays of ended jobs say last."""
    seen: Counter[str] = attrs.field(factory=Counter)
    """Requests and notifications of the server, by method."""
    keystrokes: int = 0

    def open(self, uri: str, text: str) -> None:
        """Open a document."""
        self.documents[uri] = Document(uri, "python", 0, text)
        self.editor.open(uri, text)

    def close(self, uri: str) -> None:
        """Close a document, unless that has been done."""
        if self.documents.pop(uri, None) is not None:
            self.editor.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def text(self, uri: str) -> str:
        """What a document looks like."""
        return self.documents[uri].snapshot().text

    async def type(self, uri: str, keys: Iterable[Keystroke]) -> None:
        """Type, without a look at what the server makes of it."""
        for key in keys:
            self._change(uri, key)
            self.keystrokes += 1
        await self.editor.drain()

    def run(self, command: str, *arguments: object) -> None:
        """Run a command of the server."""
        params = {"command": f"workers-ai.{command}", "arguments": list(arguments)}
        self.editor.request("workspace/executeCommand", params)

    async def until_begun(self, jobs: int) -> None:
        """Wait until so many jobs show that they run."""
        while len(self.begun) < jobs:
            await self._next()

    async def until_ended(self, jobs: int) -> None:
        """Wait until so many jobs have ended."""
        while len(self.ended) < jobs:
            await self._next()

    async def until_seen(self, method: str, count: int) -> None:
        """Wait until the server has sent so many of these."""
        while self.seen[method] < count:
            await self._next()

    async def _next(self) -> None:
        message = await self.editor.until(lambda it: "method" in it)
        self.seen[message["method"]] += 1
        match message:
            case {"method": "$/progress"} if not _of_index(message):
                self._look(message["params"])
            case {"method": "workspace/applyEdit"}:
                for each in message["params"]["edit"]["documentChanges"]:
                    self._take(each)

    def _look(self, progress: dict[str, Any]) -> None:
        match progress["value"]:
            case {"kind": "begin"}:
                self.begun.append(progress["token"])
            case {"kind": "end", **rest}:
                self.ended.append(str(rest.get("message")))

    def _take(self, each: dict[str, Any]) -> None:
        """Take a part of an edit: a file comes, a file goes, or a text changes."""
        uri = each.get("uri") or each["textDocument"]["uri"]
        path = path_of(uri)
        assert path is not None
        match each:
            case {"kind": "create"}:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch()
            case {"kind": "delete"}:
                self.close(uri)
                path.unlink()
            case {"edits": edits}:
                if uri not in self.documents:
                    self.open(uri, path.read_text(encoding="utf-8"))
                # From the last to the first, in one notification, as VS Code does.
                changes = [_change(edit) for edit in reversed(edits)]
                self._change(uri, tuple(changes))

    def _change(self, uri: str, changes: Keystroke) -> None:
        document = self.documents[uri]
        document.apply(changes, document.version + 1, "utf-16")
        self.editor.send(wire(did_change(uri, document.version, changes)))


def _of_index(message: Message) -> bool:
    return str(message["params"]["token"]).startswith(INDEX_TOKENS)


def _change(edit: dict[str, Any]) -> Change:
    start, end = (edit["range"][name] for name in ("start", "end"))
    return Change(
        Position(start["line"], start["character"]),
        Position(end["line"], end["character"]),
        edit["newText"],
    )
