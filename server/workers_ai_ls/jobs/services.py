"""What jobs work with, handed in from outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from .successors import Successors

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from workers_ai_ls.journal import Journal
    from workers_ai_ls.settings import Resolved
    from workers_ai_ls.workers_ai import Client
    from workers_ai_ls.workspace.index import Index

    from .editor import Editor


@attrs.frozen
class Services:
    """The editor, the settings that hold for a document, the endpoint, and where answers go."""

    editor: Editor
    settings: Callable[[str], Awaitable[Resolved]]
    """For a document's URI."""
    client: Callable[[Resolved], Awaitable[Client]]
    """Raises a Failure when credentials are missing or the endpoint is not usable."""
    journal: Callable[[], Awaitable[Journal]]
    close: Callable[[], Awaitable[None]]
    answers: Path
    """The folder of the markdown files that are shown."""
    index: Callable[[Path], Awaitable[Index | None]] | None = None
    """The symbol index of the workspace folder around a file; None where there is none."""
    successors: Successors = attrs.field(factory=Successors)
