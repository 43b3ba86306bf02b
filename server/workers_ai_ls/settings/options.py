"""Options: what each source says, raw and unjudged. Reading them is all the input that there is."""

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import attrs
import platformdirs

from workers_ai_ls.settings.table import SETTINGS

WORKSPACE_FILE: Final = ".workers-ai.toml"
_MOST_BYTES: Final = 256 * 1024
"""A workspace file belongs to whoever wrote the repository: it must not cost time or memory."""


@attrs.frozen
class SettingsFile:
    """One TOML file as it was found; a file that is missing is an empty table."""

    path: Path
    table: Mapping[str, object] = attrs.field(factory=dict, repr=False)
    exposed: bool = False
    """Others on this machine may read it, so no secret in it is used."""
    problem: str = ""
    """One sentence when the file could not be read."""


@attrs.frozen
class Options:
    """The raw options of every source. `attrs.evolve(options, lsp=…)` takes in an editor's change."""

    user: SettingsFile
    workspace: SettingsFile | None = None
    lsp: object = attrs.field(default=None, repr=False)
    """What the editor sent, in any shape that `from_editor` knows: to combine several payloads,
    such as `initializationOptions` and a later configuration, list them, the later one last."""
    environment: Mapping[str, str] = attrs.field(factory=dict, repr=False)


def read_options(
    *,
    environment: Mapping[str, str] | None = None,
    user_file: Path | None = None,
    workspace_root: Path | None = None,
    lsp: object = None,
) -> Options:
    """Read both files and the variables that are ours; never raises for what they hold."""
    given = os.environ if environment is None else environment
    ours = {name for one in SETTINGS for name in one.environment}
    return Options(
        user=read_file(user_file or user_file_path()),
        workspace=read_file(workspace_root / WORKSPACE_FILE) if workspace_root else None,
        lsp=lsp,
        environment={name: value for name, value in given.items() if name in ours},
    )


def user_file_path() -> Path:
    """Where the user's own file stands, whether or not it exists."""
    folder = platformdirs.user_config_path("workers-ai-language-server", appauthor=False)
    return folder / "config.toml"


def read_file(path: Path) -> SettingsFile:
    """Read one settings file; what keeps it from being read is told in `problem`."""
    try:
        # Opening a pipe would wait for a writer, for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            return SettingsFile(path, problem=_ignored(path, "is not a plain file", "replace it"))
        with path.open("rb") as file:
            exposed = os.name == "posix" and bool(os.fstat(file.fileno()).st_mode & 0o077)
            content = file.read(_MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return SettingsFile(path)
    except OSError as error:
        reason = f"cannot be read ({error.strerror})"
        return SettingsFile(path, problem=_ignored(path, reason, "make it readable"))
    if len(content) > _MOST_BYTES:
        return SettingsFile(path, problem=_ignored(path, "is larger than 256 KiB", "shorten it"))
    return _parsed(path, content, exposed=exposed)


def _parsed(path: Path, content: bytes, *, exposed: bool) -> SettingsFile:
    try:
        text = content.decode("utf-8-sig")
        return SettingsFile(path, tomllib.loads(text), exposed)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        reason = f"is not UTF-8 in line {line}"
    except RecursionError:
        reason = "nests too deeply"
    except ValueError as error:
        # The parser's own words may quote the file, and the file may hold a token.
        found = re.search(r"at line (\d+)", str(error))
        line = int(found[1]) if found else content.count(b"\n") + 1
        reason = f"is not valid TOML in line {line}"
    return SettingsFile(path, problem=_ignored(path, reason, "correct it"))


def _ignored(path: Path, reason: str, remedy: str) -> str:
    return f"{path} {reason}, so nothing in it is used: {remedy}."
