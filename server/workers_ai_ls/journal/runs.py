"""What the last server of each editor started with, for `doctor`: one small file for each editor."""

import contextlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

import attrs
import cattrs

from workers_ai_ls.journal.opening import journal_path

_MOST = 100_000
"""Bytes of a file that a server has written."""


@attrs.frozen
class Run:
    """One start of a server. No secret is in it."""

    editor: str
    """As the editor calls itself."""
    editor_version: str
    time: float
    """Seconds since 1970."""
    program: str
    """The Python that runs the server."""
    server_version: str
    folders: tuple[str, ...] = ()
    """Of the workspace."""
    settings: Mapping[str, tuple[str, str]] = attrs.field(factory=dict)
    """By name: value and origin of each setting that is not at its default."""
    problems: tuple[str, ...] = ()


def note_run(run: Run, folder: Path | None = None) -> None:
    """Keep a start in place of the last one of that editor; a disk that does not allow it is no harm."""
    folder = folder or _folder()
    name = re.sub(r"[^\w.-]+", "-", run.editor.lower())[:60] or "editor"
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, new = tempfile.mkstemp(dir=folder, prefix=f".{name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(cattrs.unstructure(run), file)
        Path(new).replace(folder / f"{name}.json")


def last_runs(folder: Path | None = None) -> list[Run]:
    """Give the last start of each editor, the newest first; what can't be read is left out."""
    found = []
    for path in (folder or _folder()).glob("*.json"):
        with contextlib.suppress(OSError, ValueError, cattrs.BaseValidationError):
            if path.stat().st_size <= _MOST:
                found.append(cattrs.structure(json.loads(path.read_text("utf-8")), Run))
    return sorted(found, key=lambda run: run.time, reverse=True)


def _folder() -> Path:
    return journal_path().with_name("runs")
