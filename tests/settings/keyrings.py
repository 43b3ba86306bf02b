"""Keyrings of a test's own, so that nobody's real one is asked.

`using(Memory())` puts one in place in this process. `FileKeyring` is for programs that a test starts:
`file_keyring(folder)` gives them the variables, and `held(folder)` is what it then holds.
"""

from __future__ import annotations

import contextlib
import json
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import keyring
from keyring import core
from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVICE = "workers-ai-language-server"
ROOT = Path(__file__).parent.parent.parent
_FILE = "TEST_KEYRING"


@contextlib.contextmanager
def using(backend: KeyringBackend) -> Iterator[None]:
    # Not `get_keyring`, which would look for the person's own.
    before = core._keyring_backend
    keyring.set_keyring(backend)
    try:
        yield
    finally:
        core._keyring_backend = before


class Memory(KeyringBackend):
    priority = 0.1

    def __init__(self, **entries: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # keyring has none
        self.entries = {(SERVICE, name): text for name, text in entries.items()}
        self.reads: list[str] = []

    def get_password(self, service: str, username: str) -> str | None:
        self.reads.append(username)
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.entries.pop((service, username), None) is None:
            raise PasswordDeleteError("s3cret")


class Raising(Memory):
    """A keyring whose every call fails with words that nobody may see."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, *_: str) -> str | None:
        raise self.error

    def set_password(self, *_: str) -> None:
        raise self.error


class Waiting(Memory):
    """A keyring that waits for a person, until `answer` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.answer = threading.Event()

    def get_password(self, *_: str) -> str | None:
        self.answer.wait(30)
        return None


class FileKeyring(Memory):
    """A keyring in the file that a variable names; each read leaves a line beside it."""

    @property
    def path(self) -> Path:
        return Path(os.environ[_FILE])

    def get_password(self, service: str, username: str) -> str | None:
        with self.path.with_suffix(".reads").open("a", encoding="utf-8") as reads:
            reads.write(f"{username}\n")
        return self._entries().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        entries = self._entries() | {f"{service} {username}": password}
        self.path.write_text(json.dumps(entries), encoding="utf-8")

    def delete_password(self, service: str, username: str) -> None:
        entries = self._entries()
        if entries.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError
        self.path.write_text(json.dumps(entries), encoding="utf-8")

    def _entries(self) -> dict[str, str]:
        return dict(json.loads(self.path.read_text("utf-8"))) if self.path.exists() else {}


def file_keyring(folder: Path, **secrets: dict[str, str]) -> dict[str, str]:
    """The variables by which a program uses a keyring in `folder`, with secrets by origin."""
    if secrets:
        entries = {f"{SERVICE} {origin}": json.dumps(one) for origin, one in secrets.items()}
        (folder / "keyring.json").write_text(json.dumps(entries), encoding="utf-8")
    return {
        "PYTHON_KEYRING_BACKEND": f"{__name__}.{FileKeyring.__name__}",
        "PYTHONPATH": str(ROOT),
        _FILE: str(folder / "keyring.json"),
    }


def held(folder: Path) -> dict[str, dict[str, str]]:
    """What the keyring in `folder` holds, by origin."""
    path = folder / "keyring.json"
    entries = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return {name.removeprefix(f"{SERVICE} "): json.loads(text) for name, text in entries.items()}


def reads(folder: Path) -> list[str]:
    """The origins that were looked up in the keyring in `folder`."""
    path = folder / "keyring.reads"
    return path.read_text("utf-8").split() if path.exists() else []
