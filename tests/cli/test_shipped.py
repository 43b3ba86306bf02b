"""The files for editors are in the wheel: plugin managers cannot fetch a folder of a repository."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from workers_ai_ls.cli.editors.shipped import shipped

ROOT = Path(__file__).parents[2]


def test_the_wheel_has_the_files_of_each_editor(tmp_path: Path) -> None:
    uv = Path(sys.executable).with_name("uv")
    subprocess.run(
        [uv, "build", "--quiet", "--wheel", "--out-dir", tmp_path, ROOT], timeout=120, check=True
    )
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        for editor in ("neovim", "emacs"):
            head = f"workers_ai_ls/editors/{editor}/"
            there = {
                name.removeprefix(head): archive.read(name).decode()
                for name in archive.namelist()
                if name.startswith(head)
            }
            assert there == shipped(editor)
