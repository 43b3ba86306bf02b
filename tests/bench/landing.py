"""One server that is asked for many edits, and an editor that takes them."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import attrs

from tests.scripted_endpoint import Answer, ScriptedEndpoint, native_stream
from workers_ai_ls.text import Change, Document, Position

from .clicking import ended
from .servers import OURS, started
from .wrappings import WRAPPINGS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from .bare_editor import BareEditor
    from .editing_problems import Problem


@attrs.frozen
class Landed:
    """What came of one answer."""

    problem: Problem
    wrapping: str
    text: str
    """The document once the job had ended."""
    said: str
    """How it ended."""


async def landed_edits(chosen: list[Problem]) -> AsyncIterator[Landed]:
    """Have each problem answered in each wrapping, one after another."""
    async with (
        ScriptedEndpoint(Answer()) as endpoint,
        started(OURS, endpoint.base_url) as (editor, root),
    ):
        for number, problem in enumerate(chosen):
            for name, wrapped in WRAPPINGS.items():
                uri = f"{root}/{number}/{name.replace('/', '-').replace(' ', '-')}/sample.py"
                endpoint.script(native_stream(*_pieces(wrapped(problem))))
                async with _opened(editor, uri, problem.text) as document:
                    said = await _edited(editor, document, problem)
                    yield Landed(problem, name, document.snapshot().text, said)


def _pieces(text: str) -> list[str]:
    return [text[at : at + 7] for at in range(0, len(text), 7)]


@contextlib.asynccontextmanager
async def _opened(editor: BareEditor, uri: str, text: str) -> AsyncIterator[Document]:
    editor.open(uri, text)
    yield Document(uri, "python", 0, text)
    editor.notify("textDocument/didClose", {"textDocument": {"uri": uri}})


async def _edited(editor: BareEditor, document: Document, problem: Problem) -> str:
    """Ask for the edit, take it as an editor does, and wait for the end of the job."""
    snapshot = document.snapshot()
    first, last = (snapshot.position(at, "utf-16") for at in problem.selected)
    argument = {
        "uri": document.uri,
        "range": {"start": _json(first), "end": _json(last)},
        "instruction": problem.instruction,
    }
    editor.replies["workspace/applyEdit"] = {"applied": True}
    params = {"command": "workers-ai.edit", "arguments": [argument]}
    number = editor.request("workspace/executeCommand", params)
    await editor.result(number)
    message = await editor.until(lambda it: it.get("method") == "workspace/applyEdit" or _ends(it))
    if _ends(message):
        return str(message["params"]["value"].get("message"))
    for each in message["params"]["edit"]["documentChanges"]:
        assert each["textDocument"]["version"] == document.version
        _take(editor, document, each["edits"])
    return await ended(editor)


def _ends(message: dict[str, Any]) -> bool:
    return message.get("method") == "$/progress" and message["params"]["value"]["kind"] == "end"


def _take(editor: BareEditor, document: Document, edits: list[dict[str, Any]]) -> None:
    """Make the changes from the last to the first, and tell of them in one notification."""
    changes = [{"range": each["range"], "text": each["newText"]} for each in reversed(edits)]
    version = document.version + 1
    document.apply(
        [
            Change(_position(each["range"]["start"]), _position(each["range"]["end"]), each["text"])
            for each in changes
        ],
        version,
        "utf-16",
    )
    params = {
        "textDocument": {"uri": document.uri, "version": version},
        "contentChanges": changes,
    }
    editor.notify("textDocument/didChange", params)


def _position(given: dict[str, int]) -> Position:
    return Position(given["line"], given["character"])


def _json(position: Position) -> dict[str, int]:
    return {"line": position.line, "character": position.character}
