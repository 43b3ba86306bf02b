"""VS Code: where the extension finds the server, in the user's `settings.json`."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

from .change import CannotChange, Change, Plan, text_of
from .shipped import program

_KEY = "workersAI.server.path"
_LINE = re.compile(
    rf'^[ \t]*"{re.escape(_KEY)}"\s*:\s*"(?:[^"\\]|\\.)*"[ \t]*,?[ \t]*\r?\n', re.MULTILINE
)
_OPENING = re.compile(r"\s*(?://[^\n]*\n\s*|/\*.*?\*/\s*)*\{[ \t]*\r?\n?", re.DOTALL)
_VARIANTS = ("Code", "VSCodium", "Code - OSS", "Cursor")


def vscode_plan(*, remove: bool) -> Plan:
    """Name the server in the settings, or take its name out. Raises CannotChange.

    Everything else in the file, comments too, stays as it is.
    """
    path = settings_file()
    before = text_of(path)
    text = _LINE.sub("", before or "")
    if f'"{_KEY}"' in re.sub(r"//[^\n]*", "", text):
        raise CannotChange(path, f"{_KEY} does not stand on a line of its own")
    if remove:
        return Plan((Change(path, before, text),) if before and text != before else ())
    opening = _OPENING.match(text or "{\n}\n")
    if opening is None:
        raise CannotChange(path, "it does not begin as an object")
    rest = (text or "{\n}\n")[opening.end() :]
    comma = "" if rest.strip().startswith("}") else ","
    head = opening[0].rstrip() + "\n"
    after = f'{head}    "{_KEY}": {json.dumps(program())}{comma}\n{rest}'
    return Plan(
        (Change(path, before, after),) if after != before else (),
        ("Install the extension by: code --install-extension workers-ai.vsix",),
    )


def settings_file() -> Path:
    """The user's settings: of VS Code, or of the first of its variants that is there."""
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA", Path.home()))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    folders = [base / name / "User" for name in _VARIANTS]
    folder = next((each for each in folders if each.is_dir()), folders[0])
    return folder / "settings.json"
