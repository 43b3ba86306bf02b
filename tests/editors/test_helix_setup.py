"""`workers-ai-ls setup helix` and the real Helix."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.cli.machine import Machine
from tests.editors.helix import VERSIONS, editor_program, helix
from tests.editors.replay import answer, scripted

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.editors, pytest.mark.parametrize("version", VERSIONS)]

MINE = """\
# My languages.
[[language]]
name = "python"
auto-format = true   # as the team has it
language-servers = ["ruff"]

[language-server.ruff]
command = "ruff"
"""


def on_path(folder: Path, version: str) -> str:
    """A search path on which `hx` is this Helix."""
    folder.mkdir()
    (folder / "hx").symlink_to(editor_program(VERSIONS[version]))
    return os.pathsep.join([str(folder), os.defpath])


COMMANDS = {"workers-ai-ls": "workers-ai", "golangci-lint-langserver": "golangci-lint-lsp"}
"""Helix 25.01 lists a server's command, 25.07 its name."""


def listed(machine: Machine, path: str, language: str) -> list[str]:
    """The servers that Helix itself says it has for a language."""
    program = shutil.which("hx", path=path)
    assert program
    told = subprocess.run(
        [program, "--health", language],
        env={"HOME": str(machine.home), "PATH": path, "TERM": "dumb"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=20,
        check=True,
    ).stdout
    assert "nvalid" not in told
    plain = re.sub(r"\x1b\[[0-9;]*m", "", told)
    servers = plain.partition("Configured language servers:")[2].partition("\nConfigured")[0]
    names = re.findall(r"[✘✓] ([\w-]+):", servers)
    return [COMMANDS.get(name, name) for name in names]


def test_the_server_stands_behind_those_that_are_there(version: str, tmp_path: Path) -> None:
    machine, path = Machine(tmp_path / "home"), on_path(tmp_path / "bin", version)
    machine.home.mkdir()
    file = machine.write(".config/helix/languages.toml", MINE)
    before = {name: listed(machine, path, name) for name in ("python", "go", "bash")}
    assert before["python"] == ["ruff"]
    shown = machine.setup("helix", path=path)
    assert '+language-servers = ["ruff", "workers-ai"]' in shown
    assert file.read_text() == MINE

    machine.setup("helix", "--write", path=path)
    for name, servers in before.items():
        assert listed(machine, path, name) == [*servers, "workers-ai"]
    assert "# as the team has it" in file.read_text()
    assert "set up already" in machine.setup("helix", "--write", path=path)

    machine.setup("helix", "--remove", path=path)
    assert tomllib.loads(file.read_text()) == tomllib.loads(MINE)
    assert "# as the team has it" in file.read_text()
    assert {name: listed(machine, path, name) for name in before} == before


def test_without_a_file_one_comes_and_goes(version: str, tmp_path: Path) -> None:
    machine, path = Machine(tmp_path / "home"), on_path(tmp_path / "bin", version)
    machine.home.mkdir()
    machine.setup("helix", "--write", path=path)
    assert listed(machine, path, "go")[-1] == "workers-ai"
    machine.setup("helix", "--remove", path=path)
    assert not (machine.home / ".config" / "helix" / "languages.toml").exists()


def test_the_actions_are_there_after_the_setup(version: str, project: Path) -> None:
    path = on_path(project.parent / "bin", version)
    with scripted(project.parent, answer("x")) as endpoint:
        environment = endpoint.environment()
        programs = os.pathsep.join([str(project.parent / "bin"), environment["PATH"]])
        Machine(endpoint.home).setup("helix", "--write", path=f"{path}:{environment['PATH']}")
        with helix(
            version, project, environment | {"PATH": programs}, "greeting.py", by_readme=False
        ) as editor:
            editor.select("greet(")
            menu = editor.menu()
            assert "AI: Explain" in menu
            # A name that Helix does not know would be told of, and its own configuration be left out.
            assert "nvalid" not in editor.terminal.screen()
            assert {"jedi", "ruff"} < {*_python_servers(endpoint.home)}


def _python_servers(home: Path) -> list[str]:
    written = tomllib.loads((home / ".config" / "helix" / "languages.toml").read_text())
    (python,) = [each for each in written["language"] if each["name"] == "python"]
    return list(python["language-servers"])
