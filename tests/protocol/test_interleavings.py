"""Whatever is typed, undone, cancelled and streamed in whatever order: only the selection changes."""

from __future__ import annotations

import asyncio
import random
import re
from typing import TYPE_CHECKING

import attrs
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.lsp_course import Desk
from tests.lsp_editor import lsp_editor
from tests.scripted_endpoint import HANG, ScriptedEndpoint, native_stream
from tests.served_in_process import Wire

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from lsprotocol import types

pytestmark = pytest.mark.asyncio(loop_scope="module")

ABOVE = "import os  # 🦄\r\n\f\n\n"
CODE = "def half(x):\n    y = x / 2  # é\n    return y\n"
BELOW = "\n\nprint(half(4))  # \u2028 漢\n"
PIECES = ("```python\ndef half(x):\n", "    return x", " / 2  # é\n```")
NEW = "def half(x):\n    return x / 2  # é\n"


@attrs.define
class Marked:
    """The user's text, in which every character of the selection is marked."""

    text: str
    marks: list[bool]
    touched: bool = False
    """Whether a change was made within the marked range."""
    undone: list[tuple[int, int, str, list[bool]]] = attrs.field(factory=list)

    def replace(self, start: int, end: int, text: str) -> None:
        """Change the text; what is typed between two marks is marked."""
        first, last = self.range
        inside = start < last and end > first if start < end else first < start < last
        self.undone.append((start, start + len(text), self.text[start:end], self.marks[start:end]))
        self._put(start, end, text, [first < start < last] * len(text))
        self.touched |= inside

    def undo(self) -> tuple[int, int, str]:
        """Take the last change back; gives the change that does so."""
        start, end, text, marks = self.undone.pop()
        self._put(start, end, text, marks)
        return start, end, text

    @property
    def range(self) -> tuple[int, int]:
        """From the first mark to behind the last; empty where none is left."""
        if not any(self.marks):
            return 0, 0
        return self.marks.index(True), len(self.marks) - self.marks[::-1].index(True)

    def _put(self, start: int, end: int, text: str, marks: list[bool]) -> None:
        self.marks[start:end] = marks
        self.text = self.text[:start] + text + self.text[end:]


Step = tuple[str, float, float, str]
steps = st.lists(
    st.tuples(
        st.sampled_from(["type", "type", "type", "delete", "undo", "piece", "piece", "cancel"]),
        st.floats(0, 1),
        st.floats(0, 0.1),
        st.sampled_from(["x", "# 🦄", "\n", "é\r\n", "  ", "\u2028"]),
    ),
    max_size=12,
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    folder = tmp_path_factory.mktemp("interleaved")
    async with ScriptedEndpoint(HANG) as endpoint, lsp_editor(folder, endpoint) as editor:
        yield Desk(editor, endpoint)


# Each example takes a second, so one that fails is shown as it was found.
@settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(plan=steps, number=st.integers(0, 10**9))
@example(plan=[("delete", 0.7187838585793426, 0.1, "")], number=1)
async def test_nothing_outside_of_the_selection_changes(
    desk: Desk, plan: list[Step], number: int
) -> None:
    editor, gates = desk.editor, [asyncio.Event() for _ in PIECES]
    parts = [part for gate, piece in zip(gates, PIECES, strict=True) for part in (gate, piece)]
    desk.endpoint.script(native_stream(*parts))
    uri = editor.open(f"case{number}.py", f"{ABOVE}┃{CODE}┃{BELOW}")
    user = Marked(
        ABOVE + CODE + BELOW, [False] * len(ABOVE) + [True] * len(CODE) + [False] * len(BELOW)
    )
    ends, edits, asked = len(editor.ends), len(editor.edits), len(desk.endpoint.requests)
    landed: list[tuple[str, str]] = []

    def take(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
        before = editor.text(uri)
        result = editor.apply(params)
        landed.append((before, editor.text(uri)))
        return result

    editor.take_edit = take
    await editor.choose("AI: Refactor")
    await desk.endpoint.wait_for_requests(asked + 1)
    waiting = iter(gates)
    for kind, place, length, text in plan:
        if landed:
            break
        await _do(desk, user, uri, (kind, place, length, text), waiting)
    typed = user.text
    for gate in gates:
        gate.set()
    end, shown = await editor.ended(ends + 1), editor.text(uri)
    editor.close(uri)

    if len(editor.edits) == edits:
        assert shown == typed
        assert not end.startswith("done")
        return
    before, after = landed[-1]
    assert before == typed
    first, last = user.range
    # The end of the selection's last line is not the code's: who deletes it has joined two lines.
    joined = not typed[first:last].endswith("\n")
    assert after == typed[:first] + NEW.removesuffix("\n" if joined else "") + typed[last:]
    assert not user.touched or typed[first:last] == CODE.removesuffix("\n" if joined else "")


async def _do(
    desk: Desk, user: Marked, uri: str, step: Step, waiting: Iterator[asyncio.Event]
) -> None:
    """Do one step as a person or the network would."""
    editor = desk.editor
    kind, place, length, text = step
    start = _outside_of_crlf(user.text, round(place * len(user.text)))
    match kind:
        case "type":
            user.replace(start, start, text)
            editor._change(uri, start, start, text)
        case "delete":
            end = _outside_of_crlf(user.text, start + round(length * len(user.text)))
            end = min(len(user.text), max(start, end))
            user.replace(start, end, "")
            editor._change(uri, start, end, "")
        case "undo" if user.undone:
            editor._change(uri, *user.undo())
        case "piece":
            gate = next(waiting, None)
            if gate is not None:
                gate.set()
                await asyncio.sleep(0)
        case "cancel":
            await editor.execute("workers-ai.cancel")


ALPHABET = ["a", "bc", " ", "\n", "\r", "\r\n", "\f", "\x85", "\u2028", "é", "漢", "😀", "👍🏽"]
UNITS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
WIDTH = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


@pytest.mark.parametrize("encoding", UNITS)
async def test_both_buffers_are_the_same_after_10_000_changes(encoding: str) -> None:
    dice = random.Random(encoding)  # noqa: S311 - a test, not a secret
    wire, text = Wire(), "😀 start\r\n\f end\n"
    capabilities = {"general": {"positionEncodings": [encoding]}}
    uri = wire.begin(text, capabilities)
    for version in range(2, 10_002):
        start = dice.randint(0, len(text))
        end = min(len(text), start + dice.choice([0, 0, 0, 1, 2, 5]))
        if len(text) > 3000:
            end = min(len(text), start + 2000)
        start, end = (_outside_of_crlf(text, at) for at in (start, end))
        new = "".join(dice.choices(ALPHABET, k=dice.choice([0, 1, 1, 2, 3])))
        where = {
            "start": _position(text, start, encoding),
            "end": _position(text, end, encoding),
        }
        wire.take(
            "textDocument/didChange",
            {
                "textDocument": {"uri": uri, "version": version},
                "contentChanges": [{"range": where, "text": new}],
            },
        )
        text = text[:start] + new + text[end:]
        if version % 500 == 1:
            assert wire.server.documents.by_uri[uri].snapshot().text == text
    assert wire.server.documents.by_uri[uri].version == 10_001


def _outside_of_crlf(text: str, at: int) -> int:
    """No editor has a cursor between the two halves of a line end."""
    return at - 1 if text[max(0, at - 1) : at + 1] == "\r\n" else at


def _position(text: str, offset: int, encoding: str) -> dict[str, int]:
    """Line and character as an editor counts them that knows only LSP's three line ends."""
    lines = re.split("\r\n|\r|\n", text[:offset])
    character = len(lines[-1].encode(UNITS[encoding])) // WIDTH[encoding]
    return {"line": len(lines) - 1, "character": character}
