"""What is to be known of another server so that it can be asked the same as ours."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import attrs

from tests.scripted_endpoint import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    Given = Callable[[str], dict[str, object]]
    """What a server is given, made from the base URL of the endpoint on loopback."""

FOLDERS = "PEERS_PATH"
"""Variable with folders, separated as in PATH and searched before it."""


def _nothing(_: str) -> dict[str, object]:
    return {}


@attrs.frozen
class Peer:
    """A server that speaks LSP on standard input and output."""

    name: str
    command: tuple[str, ...]
    """A program of PATH, or a file, and its arguments."""
    install: str = ""
    """The command that installs it."""
    options: Given = _nothing
    """Its initialization options."""
    environment: Given = _nothing
    """What its environment has besides a home of its own."""
    lists: bool = True
    """Whether it has code actions that can be asked for without an account."""
    after: str = ""
    """The notification that must have come before it has any."""
    title: str = ""
    """The action that rewrites the selected code; "" where it has none."""
    answer: Answer = attrs.field(factory=Answer)
    """What the endpoint says to that, in the form for which this server asks its model."""

    def found(self) -> Peer | None:
        """Give it with the path of its program; None where it is not installed."""
        program, *arguments = self.command
        folders = os.pathsep.join(filter(None, (os.environ.get(FOLDERS), os.environ.get("PATH"))))
        path = shutil.which(program, path=folders)
        return attrs.evolve(self, command=(path, *arguments)) if path else None
