"""What is chosen from lists in Neovim, by the plugin: the model, and an earlier answer."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tests.editors.neovim import neovim
from tests.editors.neovim_greeting import GREET
from tests.editors.neovim_greeting import both as both_of
from tests.editors.replay import answer, scripted

if TYPE_CHECKING:
    from pathlib import Path

    from tests.editors.neovim import Neovim
    from tests.editors.replay import ScriptedEndpoint

both = functools.partial(both_of, plugin=True)


def test_a_model_can_be_chosen(project: Path) -> None:
    with scripted(project.parent, answer("x")) as endpoint:
        environment = endpoint.environment()
        del environment["WORKERS_AI_MODEL"]
        with neovim(project, environment, plugin=True) as nvim:
            _choose_a_model(nvim, endpoint)


def test_a_model_of_the_environment_stays_and_is_named(project: Path) -> None:
    with both(project, answer("x")) as (nvim, _):
        nvim.open("greet.py", GREET)
        nvim.keys("<Esc>:WorkersAI model @cf/meta/llama-3.2-3b-instruct<CR>")
        nvim.wait_for_message("WORKERS_AI_MODEL")
        assert "answers from now on" not in nvim.messages


def _choose_a_model(nvim: Neovim, endpoint: ScriptedEndpoint) -> None:
    nvim.open("greet.py", GREET)
    nvim.lua("""vim.ui.select = function(items, options, on_choice)
          Listed = vim.tbl_map(options.format_item, items)
          on_choice(items[1], 1)
    end""")
    nvim.keys("<Esc>:WorkersAI model<CR>")
    nvim.wait("Listed ~= nil", "the models")
    nvim.wait_for_message("answers from now on")
    model = str(nvim.lua("return Listed[1]:match('^%S+')"))
    nvim.keys("<Esc>:WorkersAI explain<CR>")
    nvim.ended()
    assert model in str(endpoint.wait_for("request"))


def test_an_earlier_answer_is_shown_again(project: Path) -> None:
    with both(project, answer("It greets.")) as (nvim, _):
        nvim.open("greet.py", GREET)
        nvim.keys("<Esc>:WorkersAI explain<CR>")
        nvim.ended()
        nvim.lua("vim.cmd('only')")
        nvim.lua("""vim.ui.select = function(items, options, on_choice)
          Listed = vim.tbl_map(options.format_item, items)
          on_choice(items[1], 1)
        end""")
        nvim.keys("<Esc>:WorkersAI history<CR>")
        nvim.wait("#Seen.shown == 1", "the answer")
        assert "It greets." in nvim.explanation()
        assert "explain  greet.py  shown" in str(nvim.lua("return Listed[1]"))
