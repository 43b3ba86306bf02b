"""The files for editors that come with this program."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import workers_ai_ls
from workers_ai_ls.errors import Failure


class NotShipped(Failure):
    """This installation lacks the files for an editor."""

    def __init__(self, editor: str) -> None:
        super().__init__(
            f"The files for {editor} are missing from this installation: install "
            "workers-ai-language-server again."
        )


def shipped(editor: str) -> dict[str, str]:
    """The files for an editor by their path, with slashes. Raises NotShipped."""
    package = Path(workers_ai_ls.__file__).parent
    # In a checkout they stand where they are written.
    for folder in (package / "editors" / editor, package.parents[1] / "editors" / editor):
        files = {
            path.relative_to(folder).as_posix(): path.read_text("utf-8")
            for kind in ("*.lua", "*.txt", "*.el")
            for path in sorted(folder.rglob(kind))
            if "tests" not in path.relative_to(folder).parts
        }
        if files:
            return files
    raise NotShipped(editor)


def program() -> str:
    """The command that starts this very installation: editors may lack the shell's PATH."""
    beside = Path(sys.argv[0]).resolve()
    if beside.stem == "workers-ai-ls" and beside.is_file():
        return str(beside)
    return shutil.which("workers-ai-ls") or "workers-ai-ls"
