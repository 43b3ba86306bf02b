"""A home of the test's own, in which `workers-ai-ls setup` works."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from pathlib import Path


@attrs.frozen
class Machine:
    """A home of the test's own."""

    home: Path

    def setup(self, *arguments: str, code: int = 0, path: str = os.defpath) -> str:
        """Run it; returns all that it prints."""
        environment = {"HOME": str(self.home), "USERPROFILE": str(self.home), "PATH": path}
        done = subprocess.run(
            [sys.executable, "-P", "-m", "workers_ai_ls", "setup", *arguments],
            env=environment,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done.stdout + done.stderr

    def files(self) -> dict[str, str]:
        return {
            path.relative_to(self.home).as_posix(): path.read_text()
            for path in sorted(self.home.rglob("*"))
            if path.is_file() and ".cache" not in path.parts
        }

    def write(self, name: str, text: str) -> Path:
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return path
