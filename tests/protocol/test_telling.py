"""What a person gets to see, where real editors have only one line or one file for it."""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
from lsprotocol import types

from tests.lsp_editor import lsp_editor
from tests.scripted_endpoint import ScriptedEndpoint, error_answer, native_stream
from workers_ai_ls.lsp.editor import LspEditor

if TYPE_CHECKING:
    from pathlib import Path

    from tests.lsp_editor import LspEditor as TestEditor
    from workers_ai_ls.lsp.server import Server

HALF = "def half(x):\n    return ┃x / 2\n"


@pytest.mark.parametrize("answer", [None, error_answer(401, 10000, "Authentication error")])
async def test_a_failure_is_told_after_the_end_of_the_progress(tmp_path: Path, answer: Any) -> None:
    """Helix shows both on its last line: the later one is what stays there."""
    async with (
        ScriptedEndpoint(*([answer] if answer else [])) as endpoint,
        # Without credentials a job fails before the editor has taken its progress token.
        lsp_editor(tmp_path, endpoint if answer else None) as editor,
    ):
        told = _in_order(editor)
        editor.open("half.py", HALF)
        await editor.choose("AI: Refactor")
        await editor.until(lambda: editor.messages, "the message")
        assert told[-2:] == ["progress failed", editor.messages[0]]
        assert len(editor.messages) == 1


async def test_nothing_to_change_is_told_after_the_end_of_the_progress(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream("ALREADY FINE")) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        told = _in_order(editor)
        editor.open("half.py", HALF)
        await editor.choose("AI: Refactor")
        await editor.until(lambda: editor.messages, "the message")
        end, message = told[-2:]
        assert end.startswith("progress nothing to change, 9 tokens in, 4 out")
        assert message == editor.messages[0]


@pytest.mark.parametrize(("name", "files"), [("visual-studio-code", 1), ("neovim", 2)])
async def test_a_second_explanation_gets_a_file_that_the_editor_has_not_open(
    tmp_path: Path, name: str, files: int
) -> None:
    """Neovim, Helix and Emacs would show the text that the file held before."""
    async with (
        ScriptedEndpoint(
            native_stream("It halves."), native_stream("It still halves.")
        ) as endpoint,
        lsp_editor(tmp_path, endpoint, name) as editor,
    ):
        editor.open("half.py", HALF)
        for jobs in (1, 2):
            await editor.choose("AI: Explain")
            await editor.ended(jobs)

        first, second = editor.client.shown_documents
        assert len({first.uri, second.uri}) == files
        assert "It still halves." in editor.text(second.uri)


def test_a_warning_also_goes_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """Helix cuts it at the window's edge and forgets it at the next key."""
    shown: list[types.ShowMessageParams] = []
    server = SimpleNamespace(window_show_message=shown.append)
    with caplog.at_level(logging.WARNING):
        LspEditor(cast("Server", server)).tell("error", "It failed; try again.")
        LspEditor(cast("Server", server)).tell("info", "All is well.")
    assert [message.message for message in shown] == ["It failed; try again.", "All is well."]
    assert caplog.messages == ["It failed; try again."]


def _in_order(editor: TestEditor) -> list[str]:
    """The messages and the ends of progress displays, as they come."""
    told: list[str] = []
    handle = editor.client.protocol.handle_message

    def listen(message: Any) -> None:
        params = getattr(message, "params", None)
        if isinstance(params, types.ShowMessageParams):
            told.append(params.message)
        elif isinstance(params, types.ProgressParams):
            kind = _member(params.value, "kind")
            if kind == "end":
                told.append(f"progress {_member(params.value, 'message')}")
        handle(message)

    editor.client.protocol.handle_message = listen  # type: ignore[method-assign]
    return told


def _member(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, dict) else getattr(value, name, None)
