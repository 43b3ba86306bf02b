"""One action from click to end, as a person saw it: for tests where one server serves many cases."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import attrs

if TYPE_CHECKING:
    from tests.lsp_editor import LspEditor
    from tests.scripted_endpoint import Answer, Received, ScriptedEndpoint

_numbers = itertools.count(1)


@attrs.frozen
class Course:
    """What became of one action."""

    uri: str
    end: str
    """The last word of the progress display."""
    messages: list[str]
    edits: int
    """How many edits the server asked for."""
    requests: list[Received]
    titles: list[str]
    """What is offered at the selection afterwards."""


@attrs.frozen
class Desk:
    """An editor and the endpoint that answers it, used by one case after the other."""

    editor: LspEditor
    endpoint: ScriptedEndpoint

    async def run(
        self, action: str, text: str, *answers: Answer, name: str = "", **more: Any
    ) -> Course:
        """Open a new document, do the action at its selection, and wait until it has ended."""
        if answers:
            self.endpoint.script(*answers)
        uri = self.editor.open(name or f"case{next(_numbers)}.py", text, **more)
        return await self.again(action, uri)

    async def again(self, action: str, uri: str, *answers: Answer) -> Course:
        """Do an action (or a follow-up that asks the model) at the selection of a document."""
        editor = self.editor
        if answers:
            self.endpoint.script(*answers)
        before = len(editor.messages), len(editor.edits), len(self.endpoint.requests)
        ends = len(editor.ends)
        where = self.editor.selections[uri]
        plain = attrs.asdict(where)
        await editor.execute(f"workers-ai.{action}", {"uri": uri, "range": plain})
        end = await editor.ended(ends + 1)
        editor.current = uri
        # Its reply comes after everything that was told before.
        titles = await editor.titles()
        return Course(
            uri,
            end,
            editor.messages[before[0] :],
            len(editor.edits) - before[1],
            self.endpoint.requests[before[2] :],
            titles,
        )
