"""`workers-ai-ls setup` and the files that people really have: links, line ends, comments, faults."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.machine import Machine
from workers_ai_ls.cli.editors import Change, make
from workers_ai_ls.cli.editors.change import CannotChange
from workers_ai_ls.cli.editors.emacs import emacs_plan
from workers_ai_ls.cli.editors.helix import configuration_folder
from workers_ai_ls.cli.editors.neovim import data_folder
from workers_ai_ls.cli.editors.vscode import settings_file, vscode_plan

if TYPE_CHECKING:
    from pathlib import Path

KEY = "workersAI.server.path"
VSCODE = ".config/Code/User/settings.json"


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "NVIM_APPNAME"):
        monkeypatch.delenv(name, raising=False)
    return Machine(tmp_path)


def test_a_link_stays_and_what_it_points_to_is_changed(machine: Machine) -> None:
    kept = machine.write("dotfiles/settings.json", '{\n    "a": 1\n}\n')
    link = machine.home / VSCODE
    link.parent.mkdir(parents=True)
    link.symlink_to(kept)
    make(vscode_plan(remove=False).changes)
    assert link.is_symlink()
    assert KEY in kept.read_text()
    assert kept.with_name("settings.json.backup-1").is_file()
    make(vscode_plan(remove=True).changes)
    assert kept.read_text() == '{\n    "a": 1\n}\n'


def test_a_file_that_is_read_only_is_left_alone(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = machine.write("a/settings", "x")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(CannotChange, match="it is read-only; correct that, or make the change by"):
        make([Change(path, "x", "y")])
    assert [each.name for each in path.parent.iterdir()] == ["settings"]
    assert path.read_text() == "x"


def test_a_file_keeps_its_mode(machine: Machine) -> None:
    path = machine.write("a", "x")
    path.chmod(0o600)
    make([Change(path, "x", "y")])
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_in_another_encoding_is_left_alone(machine: Machine) -> None:
    path = machine.home / VSCODE
    path.parent.mkdir(parents=True)
    path.write_bytes('{ "a": "ü" }'.encode("latin-1"))
    assert "it is not UTF-8" in machine.setup("vscode", "--write", code=1)
    assert path.read_bytes() == '{ "a": "ü" }'.encode("latin-1")


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "{}\n",
        '{\n    "a": [1, 2],\n}\n',
        '{ "a": 1 }',
        '\ufeff{\r\n  "a": 1\r\n}\r\n',
        f'// "{KEY}": ["mine"],\n/* {{ */ {{ // first\n  "a": {{ "{KEY}": ["x"] }}\n}}\n',
        f'{{\n    /*\n    "{KEY}": ["x"],\n    */\n    "a": "{{"\n}}\n',
    ],
)
def test_settings_of_any_form_are_as_before_in_the_end(machine: Machine, text: str) -> None:
    path = machine.write(VSCODE, text)
    make(vscode_plan(remove=False).changes)
    written = path.read_bytes().decode()
    assert written.count(KEY) == text.count(KEY) + 1
    assert ("\r\n" in text) == ("\r\n" in written)
    assert vscode_plan(remove=False).changes == ()
    make(vscode_plan(remove=True).changes)
    left = path.read_bytes().decode() if path.exists() else "{}"
    assert left.split() == text.split()


def test_empty_settings_become_an_object_that_has_only_ours(machine: Machine) -> None:
    path = machine.write(VSCODE, "\n")
    make(vscode_plan(remove=False).changes)
    assert list(json.loads(path.read_text())) == [KEY]


def test_a_path_by_hand_is_no_line_of_ours(machine: Machine) -> None:
    text = f'{{\n    "{KEY}": [\n        "mine"\n    ]\n}}\n'
    path = machine.write(VSCODE, text)
    assert "make the change by hand" in machine.setup("vscode", "--write", code=1)
    assert path.read_text() == text


@pytest.mark.parametrize("mine", ["", "a", "a\n", "a\n\n\n", "a\r\nb\r\n", ";; >>> other\n"])
def test_an_init_file_is_exactly_as_before_in_the_end(machine: Machine, mine: str) -> None:
    init = machine.write(".emacs.d/init.el", mine)
    make(emacs_plan(remove=False).changes)
    written = init.read_bytes()
    assert (b"\r\n" in written) == ("\r\n" in mine)
    assert written.count(b"\r\n") in (0, written.count(b"\n"))
    assert emacs_plan(remove=False).changes == ()
    make(emacs_plan(remove=True).changes)
    assert (init.read_bytes() if init.exists() else b"") == mine.encode()


def test_lines_stay_where_they_are_when_they_are_renewed(machine: Machine) -> None:
    init = machine.write(".emacs", "a\n")
    make(emacs_plan(remove=False).changes)
    old = init.read_text().replace("workers-ai-program", "old-name") + "later\n"
    init.write_text(old)
    make(emacs_plan(remove=False).changes)
    assert init.read_text() == old.replace("old-name", "workers-ai-program")


SYSTEMS = {
    "linux": (
        ".config/helix",
        ".local/share/editor",
        ".config/Code/User/settings.json",
    ),
    "darwin": (
        ".config/helix",
        ".local/share/editor",
        "Library/Application Support/Code/User/settings.json",
    ),
    "win32": ("roaming/helix", "local/editor-data", "roaming/Code/User/settings.json"),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_each_system_has_its_folders(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setenv("NVIM_APPNAME", "editor")
    monkeypatch.setenv("APPDATA", str(machine.home / "roaming"))
    monkeypatch.setenv("LOCALAPPDATA", str(machine.home / "local"))
    found = (configuration_folder(), data_folder(), settings_file())
    assert found == tuple(machine.home / path for path in SYSTEMS[system])


def test_folders_that_a_user_has_moved(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_CONFIG_HOME", "/c")
    monkeypatch.setenv("XDG_DATA_HOME", "/d")
    assert [*map(str, (configuration_folder(), data_folder(), settings_file()))] == [
        "/c/helix",
        "/d/nvim",
        "/c/Code/User/settings.json",
    ]
    assert machine.files() == {}
