"""What the extension's package says and holds."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.editors.vscode_server import EXTENSION, ROOT, packed

if TYPE_CHECKING:
    from collections.abc import Iterator

ASK = """
import sys, tree_sitter, cffi, workers_ai_ls
from workers_ai_ls.syntax import language_for
print(sys.version_info[1], tree_sitter.__file__, cffi.__file__, workers_ai_ls.__file__, sep="\\n")
"""


def test_the_manifest_is_as_the_server_declares_settings_and_actions() -> None:
    """Run editors/vscode/scripts/contributes.py when this fails."""
    script = str(EXTENSION / "scripts" / "contributes.py")
    done = subprocess.run(
        [sys.executable, script, "--check"],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_locks_hold_no_addresses() -> None:
    assert '"resolved"' not in (EXTENSION / "package-lock.json").read_text()


def test_the_source_stays_thin() -> None:
    lines = [len(path.read_text().splitlines()) for path in (EXTENSION / "src").glob("*.ts")]
    assert sum(lines) <= 600


def test_each_titled_command_has_code() -> None:
    manifest = json.loads((EXTENSION / "package.json").read_text())
    declared = json.loads((EXTENSION / "src" / "declared.json").read_text())
    code = "".join(path.read_text() for path in (EXTENSION / "src").glob("*.ts"))
    names = {*declared["places"], *declared["instructed"], *declared["answers"]}
    names |= set(re.findall(r"^    (\w+): ", code[code.index("const own") :], re.MULTILINE))
    names.add("restart")
    for entry in manifest["contributes"]["commands"]:
        assert entry["command"].removeprefix("workersAI.") in names


def test_what_the_manifest_names_is_there() -> None:
    manifest = json.loads((EXTENSION / "package.json").read_text())["contributes"]
    commands = {entry["command"] for entry in manifest["commands"]}
    (walkthrough,) = manifest["walkthroughs"]
    for step in walkthrough["steps"]:
        assert (EXTENSION / step["media"]["markdown"]).exists()
        named = re.search(r"\(command:(.+?)\)", step["description"])
        assert named
        assert named[1] in commands
    for entry in [*manifest["keybindings"], *manifest["menus"]["workersAI.editor"]]:
        assert entry["command"] in commands


def pythons() -> Iterator[tuple[str, str]]:
    """Each supported version of Python that is on this machine."""
    text = (ROOT / "pyproject.toml").read_text()
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for version in re.findall(r'Python :: (3\.\d+)"', text):
        found = [shutil.which(f"python{version}"), *map(str, kept.glob(f"{version}.*/bin/python"))]
        for program in filter(None, found):
            asked = [program, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
            done = subprocess.run(asked, capture_output=True, text=True, timeout=30, check=False)
            if done.stdout.strip() == version:
                yield version, program
                break


@pytest.mark.editors
def test_the_bundle_serves_each_python_that_is_here(tmp_path: Path) -> None:
    with zipfile.ZipFile(packed()) as archive:
        archive.extractall(tmp_path)
    libs = tmp_path / "extension" / "bundled" / "libs"
    here = list(pythons())
    assert len(here) >= 2, "two versions of Python are needed to try the bundle"
    for version, program in here:
        environment = {"PYTHONPATH": str(libs), "PATH": os.defpath, "HOME": str(tmp_path)}
        done = subprocess.run(
            # Without the packages that this Python happens to have.
            [program, "-P", "-S", "-c", ASK],
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        minor, *files = done.stdout.splitlines()
        assert f"3.{minor}" == version
        assert all(Path(file).is_relative_to(libs) for file in files)
    assert not (libs / "xllamacpp").exists()
    assert not (libs / "starlette").exists()
