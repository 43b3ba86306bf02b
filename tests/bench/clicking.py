"""A person who chooses an action and waits for what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .bare_editor import BareEditor


def click(editor: BareEditor, action: str, uri: str, line: int, character: int = 8) -> int:
    """Choose an action at a cursor; returns the request's number."""
    at = {"line": line, "character": character}
    argument = {"uri": uri, "range": {"start": at, "end": at}}
    params = {"command": f"workers-ai.{action}", "arguments": [argument]}
    return editor.request("workspace/executeCommand", params)


async def ended(editor: BareEditor) -> str:
    """Wait for the end of a job's progress display; gives what it says."""
    message = await editor.until(
        lambda it: it.get("method") == "$/progress" and it["params"]["value"]["kind"] == "end"
    )
    return str(message["params"]["value"].get("message"))


async def done(editor: BareEditor) -> None:
    """Wait for the end of a job. Raises RuntimeError when it has not done its work."""
    said = await ended(editor)
    if not said.startswith("done"):
        raise RuntimeError(f"a job ended with: {said}")
