"""What Neovim shows when there is no usable answer: one message, and the buffer as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.editors.neovim import neovim
from tests.editors.neovim_greeting import GREET, PLAIN, both
from tests.editors.replay import answer, editor_environment, scripted

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("plugin", [False, True], ids=["plain", "plugin"])


def test_an_answer_that_is_not_used_is_told_once_and_changes_nothing(
    project: Path, *, plugin: bool
) -> None:
    replies = (
        # It is asked for once more, and so is a withdrawn model's successor.
        (answer("I'm sorry, but I can't assist with that.", times=2), "not used", ""),
        (
            {"error": {"status": 401, "code": 10000, "message": "Authentication error"}},
            "failed",
            "token",
        ),
        (
            {"error": {"status": 410, "code": 5028, "message": "Deprecated"}, "times": 2},
            "failed",
            "model",
        ),
    )
    with both(project, *({"times": 1, **reply} for reply, _, _ in replies), plugin=plugin) as (
        nvim,
        _,
    ):
        nvim.open("greet.py", GREET)
        for number, (_, end, word) in enumerate(replies, 1):
            nvim.choose("AI: Refactor")
            assert nvim.ended(number).startswith(end)
            nvim.wait_for_message("AI: Refactor: ")
            assert word in nvim.messages
            assert len(nvim.messages.splitlines()) == 1
            assert nvim.text() == PLAIN
            nvim.lua("vim.cmd('messages clear')")


def test_an_endpoint_that_is_down_is_told_once_and_changes_nothing(
    project: Path, *, plugin: bool
) -> None:
    with scripted(project.parent, answer("x")) as endpoint:
        environment = endpoint.environment()
    with neovim(project, environment, plugin=plugin) as nvim:
        nvim.open("greet.py", GREET)
        nvim.choose("AI: Refactor")
        assert nvim.ended() == "failed"
        nvim.wait_for_message("AI: Refactor: ")
        assert "127.0.0.1" in nvim.messages
        assert len(nvim.messages.splitlines()) == 1
        assert nvim.text() == PLAIN


def test_without_credentials_the_message_says_what_to_do(project: Path, *, plugin: bool) -> None:
    with neovim(project, editor_environment(project.parent / "home"), plugin=plugin) as nvim:
        nvim.open("greet.py", GREET)
        nvim.choose("AI: Explain")
        assert nvim.ended() == "failed"
        nvim.wait_for_message("CLOUDFLARE_API_TOKEN")
        assert "workers-ai-ls local" in nvim.messages
        assert "CLOUDFLARE_ACCOUNT_ID" in nvim.messages
