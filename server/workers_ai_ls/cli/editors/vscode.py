"""VS Code: where the extension finds the server, in the user's `settings.json`."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from typing import Final

from .change import CannotChange, Change, Plan, text_of
from .shipped import program

_KEY: Final = "workersAI.server.path"
_LINE: Final = re.compile(
    rf'^[ \t]*"{re.escape(_KEY)}"\s*:\s*\[[^\]\n]*\][ \t]*,?[ \t]*(?:\r?\n|\Z)', re.MULTILINE
)
_COMMENT: Final = r"//[^\n]*|/\*.*?\*/"
_TOKEN: Final = re.compile(rf'{_COMMENT}|"(?:[^"\\]|\\.)*"|[{{}}\[\]]', re.DOTALL)
_OPENING: Final = re.compile(rf"\ufeff?(?:\s|{_COMMENT})*\{{[ \t]*(?:\r?\n)?", re.DOTALL)
_VARIANTS: Final = ("Code", "VSCodium", "Code - OSS", "Cursor")


def vscode_plan(*, remove: bool) -> Plan:
    """Name the server in the settings, or take its name out. Raises CannotChange.

    Everything else in the file, comments too, stays as it is.
    """
    path = settings_file()
    before = text_of(path)
    rest = _without(path, before or "")
    if remove:
        empty = not re.sub(r"[\s{}]", "", rest)
        after = None if empty and before is not None and rest != before else rest
        return Plan((Change(path, before, after),) if before and after != before else ())
    after = _with(path, rest)
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


def _with(path: Path, text: str) -> str:
    """The settings with our line first."""
    value = json.dumps([program()], ensure_ascii=False)
    if not text.strip("\ufeff \t\r\n"):
        return f'{{\n    "{_KEY}": {value}\n}}\n'
    opening = _OPENING.match(text)
    if opening is None:
        raise CannotChange(path, "it does not begin as an object")
    end = "\r\n" if "\r\n" in text else "\n"
    rest = text[opening.end() :]
    last = re.sub(_COMMENT, "", rest, flags=re.DOTALL).strip() == "}"
    return f'{opening[0].rstrip()}{end}    "{_KEY}": {value}{"" if last else ","}{end}{rest}'


def _without(path: Path, text: str) -> str:
    """The settings without our line. Raises CannotChange where the key is not that line.

    A comment may name the key, and so may an object inside.
    """
    depth = 0
    for token in _TOKEN.finditer(text):
        if token[0] in "{[":
            depth += 1
        elif token[0] in "}]":
            depth -= 1
        elif token[0] == f'"{_KEY}"' and depth == 1:
            start = text.rfind("\n", 0, token.start()) + 1
            line = _LINE.match(text, start)
            if line is None:
                raise CannotChange(path, f"{_KEY} does not stand there as a list on its own line")
            return text[:start] + text[line.end() :]
    return text
