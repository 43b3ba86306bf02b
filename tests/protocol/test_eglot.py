"""What Eglot 1.17 does otherwise than it announces; seen in the real one (tests/editors)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types

from tests.lsp_editor import corrected_converter, lsp_editor
from tests.scripted_endpoint import ScriptedEndpoint, native_stream
from workers_ai_ls.workspace import uri_of

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from tests.lsp_editor import LspEditor

RECORDED = Path(__file__).parent / "capabilities" / "eglot_1.17.json"
HALF = "def half(x):\n    ┃if True:\n        return x / 2\n"
PLAIN = HALF.replace("┃", "")
SHORTER = "def half(x):\n    return x / 2\n"
ANSWER = f"```python\n{SHORTER}```"
TESTS = "```python\ndef test_two():\n    assert half(2) == 1\n```"
OLD = "from half import half\n\n\ndef test_one():\n    assert half(1) == 0.5\n"


def eglot(
    folder: Path,
    endpoint: ScriptedEndpoint,
    client_name: str = "Eglot",
    options: dict[str, object] | None = None,
) -> AbstractAsyncContextManager[LspEditor]:
    """An editor that announces what Eglot 1.17 does."""
    announced = json.loads(RECORDED.read_text())["capabilities"]
    capabilities = corrected_converter().structure(announced, types.ClientCapabilities)
    return lsp_editor(
        folder, endpoint, client_name=client_name, options=options, capabilities=capabilities
    )


async def test_an_edit_waits_for_the_user_who_may_be_typing(tmp_path: Path) -> None:
    """Its check of versions misses what was typed within the last half second."""
    async with (
        ScriptedEndpoint(native_stream(ANSWER)) as endpoint,
        eglot(tmp_path, endpoint) as editor,
    ):
        uri = editor.open("half.py", HALF)
        await editor.choose("AI: Refactor")
        assert (await editor.ended()).startswith("ready")
        await editor.until(lambda: editor.messages)
        assert not editor.edits
        (difference,) = editor.client.shown_documents
        assert "-    if True:" in editor.text(difference.uri)
        await editor.choose("AI: Apply anyway")
        await editor.until(lambda: editor.edits)
        assert editor.text(uri) == SHORTER


async def test_an_edit_is_made_at_once_where_changes_come_first(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream(ANSWER)) as endpoint,
        eglot(tmp_path, endpoint, options={"changesFirst": True}) as editor,
    ):
        uri = editor.open("half.py", HALF)
        await editor.choose("AI: Refactor")
        assert (await editor.ended()).startswith("done")
        assert editor.text(uri) == SHORTER
        assert not editor.messages


@pytest.mark.parametrize(("name", "focus"), [("Eglot", None), ("emacs", False)])
async def test_a_document_is_shown_without_the_member_that_would_take_the_focus(
    tmp_path: Path, name: str, focus: object
) -> None:
    """It takes the focus for `"takeFocus": false`."""
    async with (
        ScriptedEndpoint(native_stream("It halves.")) as endpoint,
        eglot(tmp_path, endpoint, client_name=name) as editor,
    ):
        editor.open("half.py", HALF)
        await editor.choose("AI: Explain")
        await editor.ended()
        (shown,) = editor.client.shown_documents
        assert shown.take_focus is focus


async def test_a_file_is_opened_before_it_is_edited(tmp_path: Path) -> None:
    """It would ask y or n in the middle of somebody's typing, and say `applied` to a no."""
    async with (
        ScriptedEndpoint(native_stream(TESTS)) as endpoint,
        eglot(tmp_path, endpoint) as editor,
    ):
        target = editor.folder / "tests" / "test_half.py"
        target.parent.mkdir()
        target.write_text(OLD)
        editor.open("half.py", HALF)
        shown_before_the_edit: list[int] = []
        take = editor.apply

        def apply(params: object) -> object:
            shown_before_the_edit.append(len(editor.client.shown_documents))
            return take(params)  # type: ignore[arg-type] # it is what `apply` takes

        editor.take_edit = apply  # type: ignore[assignment] # the same, with less said of types
        await editor.choose("AI: Write tests")
        await editor.ended()
        assert shown_before_the_edit == [1]
        assert editor.client.shown_documents[0].uri == uri_of(target)
        assert editor.text(uri_of(target)).endswith("assert half(2) == 1\n")
