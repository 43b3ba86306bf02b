"""Edits in the form that Neovim 0.11.4 takes, which its own recorded `initialize` request gets."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types
from pygls.protocol import default_converter

from tests.lsp_editor import lsp_editor
from tests.scripted_endpoint import ScriptedEndpoint, native_stream
from workers_ai_ls.lsp.client import client_of
from workers_ai_ls.lsp.edits import text_edit
from workers_ai_ls.text import Edit, snapshot_of

if TYPE_CHECKING:
    from workers_ai_ls.lsp.client import Client

RECORDED = Path(__file__).with_name("capabilities") / "neovim_0.11.4.json"


@pytest.fixture
def neovim() -> Client:
    values = json.loads(RECORDED.read_text())
    converter = default_converter()  # type: ignore[no-untyped-call]
    return client_of(converter.structure(values, types.InitializeParams))


def edited(client: Client, text: str, version: int | None, edit: Edit) -> types.TextDocumentEdit:
    snapshot = snapshot_of("file:///workspace/half.py", "python", version, text)
    (change,) = text_edit(client, snapshot, [edit], "x", confirm=False).document_changes or ()
    assert isinstance(change, types.TextDocumentEdit)
    return change


@pytest.mark.parametrize(("version", "sent"), [(0, 1), (1, 1), (7, 7), (None, None)])
def test_no_edit_is_for_version_0_which_neovim_does_not_check(
    neovim: Client, version: int | None, sent: int | None
) -> None:
    assert edited(neovim, "x\n", version, Edit(0, 1, "y")).text_document.version == sent


@pytest.mark.parametrize(
    ("text", "edit", "at", "new"),
    [
        ("a\n", Edit(2, 2, "b\n"), ((0, 1), (0, 1)), "\nb"),
        ("a\r\n", Edit(3, 3, "b\r\n"), ((0, 1), (0, 1)), "\r\nb"),
        ("", Edit(0, 0, "a\nb\n"), ((0, 0), (1, 0)), "a\nb\n"),
        # These do not begin after the last line's end.
        ("a\n", Edit(0, 2, "b\n"), ((0, 0), (1, 0)), "b\n"),
        ("a", Edit(1, 1, "\nb"), ((0, 1), (0, 1)), "\nb"),
    ],
)
def test_nothing_is_inserted_after_the_last_lines_end(
    neovim: Client, text: str, edit: Edit, at: tuple[tuple[int, int], ...], new: str
) -> None:
    (change,) = edited(neovim, text, 3, edit).edits
    assert isinstance(change, types.TextEdit)
    start, end = change.range.start, change.range.end
    assert ((start.line, start.character), (end.line, end.character)) == at
    assert change.new_text == new


async def test_a_dropped_edit_is_made_again_without_delay(tmp_path: Path) -> None:
    """Neovim says yes to a stale edit and drops it; the change that made it stale comes late."""
    answer = native_stream("```python\ndef f():\n    return 1\n```")
    async with (
        ScriptedEndpoint(answer) as endpoint,
        lsp_editor(tmp_path, endpoint, "neovim") as editor,
    ):
        uri = editor.open("f.py", "# above\n\ndef f():\n    ┃return (1)\n")

        dropped: list[float] = []

        def drop_once(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            if len(editor.edits) == 1:
                dropped.append(time.monotonic())
                editor.type(uri, "# above", "# typed")
                return types.ApplyWorkspaceEditResult(applied=True)
            return editor.apply(params)

        editor.take_edit = drop_once
        await editor.choose("AI: Refactor")
        assert (await editor.ended()).startswith("done")
        assert editor.text(uri) == "# typed\n\ndef f():\n    return 1\n"
        assert len(editor.edits) == 2
        assert time.monotonic() - dropped[0] < 2
