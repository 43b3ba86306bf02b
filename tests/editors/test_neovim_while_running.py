"""What people do in Neovim while the model answers: type, and cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.editors.neovim_greeting import BEGIN, END, GREET, PLAIN, REWRITTEN, both, debounce
from tests.editors.replay import answer, gate

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("plugin", [False, True], ids=["plain", "plugin"])
def test_typing_above_shifts_the_edit(project: Path, *, plugin: bool) -> None:
    with both(project, answer(BEGIN, gate("typed"), END), plugin=plugin) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        nvim.choose("AI: Refactor")
        nvim.first_tokens()
        nvim.keys("<Esc>ggOimport sys  # 🦄<CR><Esc>")
        endpoint.open_gate("typed")
        assert nvim.ended().startswith("done")
        assert nvim.text() == "import sys  # 🦄\n\n" + REWRITTEN
        nvim.lua("vim.cmd.undo()")
        assert nvim.text() == "import sys  # 🦄\n\n" + PLAIN


@pytest.mark.parametrize("plugin", [False, True], ids=["plain", "plugin"])
@pytest.mark.parametrize("late_ms", [150, 1500])
def test_typing_inside_holds_the_answer_however_late_it_is_told(
    project: Path, late_ms: int, *, plugin: bool
) -> None:
    replies = answer(BEGIN, gate("typed"), END)
    with both(project, replies, extra=debounce(late_ms), plugin=plugin) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        nvim.choose("AI: Refactor")
        nvim.first_tokens()
        nvim.keys("<Esc>6GA  # hello<Esc>")
        endpoint.open_gate("typed")
        assert nvim.ended().startswith("held")
        typed = PLAIN.replace('"Grüße 🦄"\n', '"Grüße 🦄"  # hello\n')
        assert nvim.text() == typed
        assert "you edited the code meanwhile" in nvim.messages

        held = ["AI: Apply anyway", "AI: Show difference", "AI: Discard"]
        assert nvim.menu()[:3] == held
        nvim.choose("AI: Apply anyway")
        nvim.wait("Text(0) ~= text", "the edit", text=typed)
        assert nvim.text() == REWRITTEN
        nvim.lua("vim.cmd.undo()")
        assert nvim.text() == typed


CANCELS = {
    "notification": "Client():notify('window/workDoneProgress/cancel', { token = Seen.progress[1].token })",
    "code action": "Gra('AI: Cancel')",
    "command": "Client():exec_cmd({ title = 'x', command = 'workers-ai.cancel' }, { bufnr = 0 })",
    "key of the README": "vim.api.nvim_feedkeys(' ac', 'x', false)",
}


def test_each_way_to_cancel_closes_the_connection_and_leaves_the_buffer(project: Path) -> None:
    with both(project, answer(BEGIN, end="hang")) as (nvim, endpoint):
        nvim.open("greet.py", GREET)
        for number, cancel in enumerate(CANCELS.values(), 1):
            nvim.choose("AI: Refactor")
            nvim.first_tokens(number)
            nvim.keys("<Esc>")
            assert nvim.lua("return vim.g.ai_status").startswith("AI: Refactor: ")
            nvim.lua(cancel)
            assert endpoint.wait_for("end", number)["outcome"] == "closed by client"
            assert nvim.ended(number) == "cancelled"
            assert nvim.lua("return vim.g.ai_status") == ""
        assert nvim.text() == PLAIN
        assert nvim.lua("return {vim.bo.modified, Seen.applied}") == [False, 0]
        assert nvim.messages == ""
