"""The plugin's own Lua tests in `editors/neovim/tests`, by busted inside Neovim, and its style."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.editors.helix import editor_program
from tests.editors.neovim_process import nvim_program
from tests.editors.replay import editor_environment

pytestmark = pytest.mark.editors

PLUGIN = Path(__file__).parents[2] / "editors" / "neovim"


def test_the_lua_tests_pass(tmp_path: Path) -> None:
    cache = Path(
        os.environ.get("WORKERS_AI_EDITORS_CACHE", Path.home() / ".cache" / "workers-ai-editors")
    )
    busted = cache / "busted-bookworm"
    assert busted.is_dir(), f"{busted} is missing; .ci/install-editors busted-bookworm installs it"
    done = subprocess.run(
        [
            *(nvim_program(), "--clean", "--headless", "-i", "NONE"),
            *("-l", PLUGIN / "tests" / "busted.lua", busted, "-o", "TAP"),
        ],
        env=editor_environment(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    told = done.stdout + done.stderr
    assert done.returncode == 0, told
    passed = [line for line in told.splitlines() if "ok " in line]
    assert f"1..{len(passed)}" in told
    assert len(passed) >= 38


def test_the_lua_has_the_style_of_stylua() -> None:
    done = subprocess.run(
        [editor_program("stylua"), "--check", "."],
        cwd=PLUGIN,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
