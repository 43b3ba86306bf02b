"""`workers-ai-ls setup`: what it writes for editors, and that it takes back nothing but that."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.machine import Machine
from tests.editors.neovim_process import nvim_program

SETTINGS = '// mine\n{\n    // the font\n    "editor.fontSize": 14,\n}\n'


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize("editor", ["neovim", "emacs", "vscode"])
def test_nothing_is_changed_before_write_and_remove_takes_all_of_it_back(
    machine: Machine, editor: str
) -> None:
    before = machine.files()
    assert "Nothing was changed" in machine.setup(editor)
    assert machine.files() == before
    machine.setup(editor, "--write")
    written = machine.files()
    assert written != before
    assert "It is set up already." in machine.setup(editor, "--write")
    assert machine.files() == written
    machine.setup(editor, "--remove")
    left = {name: text for name, text in machine.files().items() if ".backup-" not in name}
    assert {name: text for name, text in left.items() if text.strip(" {}\n")} == before
    assert "Nothing is set up." in machine.setup(editor, "--remove")


def test_the_lines_of_an_init_file_stay_and_a_backup_is_made(machine: Machine) -> None:
    mine = '(setq user-full-name "Grüße 🦄")\n\n;; the end'
    init = machine.write(".emacs.d/init.el", mine)
    told = machine.setup("emacs", "--write")
    assert init.read_text().startswith(f"{mine}\n;; >>> workers-ai-ls setup\n")
    assert init.with_name("init.el.backup-1").read_text() == mine
    assert "init.el.backup-1" in told
    init.write_text(init.read_text() + "(setq later t)\n")
    machine.setup("emacs", "--remove")
    assert init.read_text() == f"{mine}\n(setq later t)\n"


def test_comments_in_the_settings_of_vs_code_stay(machine: Machine) -> None:
    path = machine.write(".config/Code/User/settings.json", SETTINGS)
    machine.setup("vscode", "--write")
    first, second, line, *rest = path.read_text().splitlines()
    assert [first, second, *rest] == SETTINGS.splitlines()
    (value,) = json.loads("{" + line.strip().rstrip(",") + "}")["workersAI.server.path"]
    assert Path(value).stem == "workers-ai-ls" or value == "workers-ai-ls"
    machine.setup("vscode", "--remove")
    assert path.read_text() == SETTINGS


def test_a_key_that_shares_its_line_is_left_to_its_owner(machine: Machine) -> None:
    text = '{"editor.fontSize": 14, "workersAI.server.path": ["x"]}\n'
    path = machine.write(".config/Code/User/settings.json", text)
    assert "make the change by hand" in machine.setup("vscode", "--write", code=1)
    assert path.read_text() == text


def test_a_real_neovim_loads_the_plugin_by_itself(machine: Machine) -> None:
    machine.setup("neovim", "--write")
    code = (
        "print(vim.fn.exists(':WorkersAI'), vim.lsp.config.workers_ai.cmd[1],"
        " vim.lsp.config.workers_ai.init_options.streamAnswers, #vim.fn.getcompletion('workers-ai-', 'help'))"
    )
    done = subprocess.run(
        [nvim_program(), "--headless", "-i", "NONE", "-c", f"lua {code}", "-c", "qall"],
        env={"HOME": str(machine.home), "PATH": os.defpath, "TERM": "dumb"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    there, command, streams, pages = done.stderr.split()
    assert there == "2"
    assert command.endswith("workers-ai-ls")
    assert streams == "true"
    assert int(pages) > 5


def test_write_and_remove_exclude_each_other(machine: Machine) -> None:
    assert "give one of them" in machine.setup("neovim", "--write", "--remove", code=2)
