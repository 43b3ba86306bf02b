"""Helix: the server, and its place behind those that each language has in `languages.toml`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from workers_ai_ls.errors import Failure

from .change import CannotChange, Change, Plan, changed, text_of
from .shipped import program

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

_SERVER: Final = "workers-ai"
_LANGUAGES: Final = (
    *("python", "javascript", "jsx", "typescript", "tsx", "go", "rust", "java", "c", "cpp"),
    *("c-sharp", "php", "ruby", "lua", "bash"),
)
"""As Helix calls those whose grammars we know. More can be added by hand, in the same way."""

_NAMES: Final = {
    "jedi-language-server": "jedi",
    "golangci-lint-langserver": "golangci-lint-lsp",
    "OmniSharp": "omnisharp",
}
"""Servers of Helix's own whose command is not their name: Helix 25.01 lists the command only."""

_PROGRAMS: Final = ("hx", "helix")
_COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")
_LISTED: Final = re.compile(r"^\s*[✘✓]\s*([\w.-]+?)(?::|\s|$)", re.MULTILINE)
_ANSWERS_S: Final = 20


class NoHelix(Failure):
    """Helix is asked which servers it has for a language, and is not there."""

    def __init__(self) -> None:
        super().__init__(
            "hx is not on the PATH, and only Helix can say which servers your languages have: put "
            "it there and try again."
        )


def helix_plan(*, remove: bool) -> Plan:
    """Add the server to `languages.toml`, or take it out. Raises NoHelix, CannotChange."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    path = configuration_folder() / "languages.toml"
    before = text_of(path)

    def change(text: str) -> str:
        document = tomlkit.parse(text)
        (_take_out if remove else _put_in)(document)
        return tomlkit.dumps(document)

    try:
        after = changed(before, change)
    except (TOMLKitError, AttributeError, TypeError) as error:
        # The latter two: what should be a table or a list is none.
        raise CannotChange(path, f"it is not TOML as Helix reads it ({error})") from None
    gone = remove and not after.strip() and before is not None
    notes = () if remove else ("Start Helix again, or run :lsp-restart, then press Space a.",)
    return Plan(
        (Change(path, before, None if gone else after),) if (before or "") != after else (), notes
    )


def configuration_folder() -> Path:
    """Where Helix keeps its user's configuration."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", Path.home())) / "helix"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "helix"


def _put_in(document: MutableMapping[str, Any]) -> None:
    import tomlkit

    servers = document.setdefault("language-server", tomlkit.table(is_super_table=True))
    if _SERVER not in servers:
        servers[_SERVER] = tomlkit.table()
    # A command that was given by hand, and is there, stays.
    if shutil.which(str(servers[_SERVER].get("command", ""))) is None:
        servers[_SERVER]["command"] = program()
    languages = document.setdefault("language", tomlkit.aot())
    entries = {str(entry.get("name")): entry for entry in languages}
    for name in _LANGUAGES:
        entry = entries.get(name)
        if entry is None:
            entry = tomlkit.table().indent(0)
            entry.trivia.indent = "\n"
            entry["name"] = name
            languages.append(entry)
        listed = entry.get("language-servers")
        if listed is None:
            own = [_named(each, servers) for each in _asked(name, dict(os.environ))]
            entry["language-servers"] = [*own, _SERVER]
        elif not any(_name(each) == _SERVER for each in listed):
            listed.append(_SERVER)


def _take_out(document: MutableMapping[str, Any]) -> None:
    servers = document.get("language-server", {})
    servers.pop(_SERVER, None)
    languages = document.get("language", [])
    for at in reversed(range(len(languages))):
        entry = languages[at]
        listed = entry.get("language-servers")
        ours = [number for number, each in enumerate(listed or ()) if _name(each) == _SERVER]
        for number in reversed(ours):
            del listed[number]
        # A list that is Helix's own says nothing; it is there because it was copied for ours.
        built_in = _built_in(str(entry.get("name")), servers) if ours else None
        if ours and [_name(each) for each in listed] == built_in:
            del entry["language-servers"]
            if list(entry) == ["name"]:
                del languages[at]
    if not servers:
        document.pop("language-server", None)
    if not languages:
        document.pop("language", None)


def _name(listed: Any) -> str:
    """A server in a list: its name, or a table with it."""
    return str(listed.get("name")) if isinstance(listed, dict) else str(listed)


def _named(listed: str, servers: Mapping[str, Any]) -> str:
    """The name of a server that Helix lists, by that or by its command."""
    if listed in servers:
        return listed
    by_command = (name for name, one in servers.items() if one.get("command") == listed)
    return next(by_command, _NAMES.get(listed, listed))


def _built_in(language: str, servers: Mapping[str, Any]) -> list[str]:
    """The servers that Helix has for a language without its user's configuration."""
    try:
        found = _asked(language, {**os.environ, "XDG_CONFIG_HOME": os.devnull})
    except NoHelix:
        return []
    return [_named(each, servers) for each in found]


def _asked(language: str, environment: dict[str, str]) -> list[str]:
    found = next((path for path in map(shutil.which, _PROGRAMS) if path), None)
    if found is None:
        raise NoHelix
    try:
        done = subprocess.run(  # noqa: S603 - the user's own editor
            [found, "--health", language],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            env=environment,
            timeout=_ANSWERS_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        raise NoHelix from None
    told = _COLOUR.sub("", done.stdout)
    servers = told.partition("Configured language servers:")[2].partition("\nConfigured")[0]
    return [name for name in _LISTED.findall(servers) if name not in (_SERVER, "workers-ai-ls")]
