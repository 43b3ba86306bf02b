"""The symbol index of one workspace folder: opened, told of documents, built anew, closed."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from workers_ai_ls.workspace import path_of

from .build_progress import BuildProgress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from workers_ai_ls.workspace.index import Index

    from .server import Server

logger = logging.getLogger(__name__)

_MANY = 50
"""Changed files that are read one by one; of more, a build finds out which."""


class FolderIndex:
    """The index of the folder `root`; made on the event loop, it opens at once."""

    def __init__(self, server: Server, root: Path) -> None:
        self.root = root
        self.built_at = 0.0
        """When the last build ended, by `time.monotonic`; 0 while none has."""
        self._server = server
        self._opening = asyncio.create_task(asyncio.to_thread(_open, root), name=f"open {root}")
        self._build: asyncio.Task[None] | None = None
        self._again = False
        """Whether something has changed that the running build may have missed."""
        self._told: dict[str, int] = {}
        """The version of each open document that the index has."""

    async def current(self) -> Index:
        """The index, which knows the open documents as they are now.

        They are told of here, so that a key that is pressed costs nothing.
        """
        index = await asyncio.shield(self._opening)
        documents = self._server.documents.by_uri
        self._told = {uri: told for uri, told in self._told.items() if uri in documents}
        for uri, document in documents.items():
            path = path_of(uri)
            if path is None or not path.is_relative_to(self.root):
                continue
            if self._told.get(uri) != document.version:
                self._told[uri] = document.version
                index.update(path, document.snapshot().text)
        return index

    async def changed(self, paths: Sequence[Path]) -> None:
        """Read files that have changed on disk."""
        index = await asyncio.shield(self._opening)
        if len(paths) > _MANY or not await asyncio.to_thread(_updated, index, paths):
            self.rebuild()

    def rebuild(self) -> None:
        """Bring it in line with the disk, in the background."""
        self._again = True
        if self._build is None or self._build.done():
            self._build = asyncio.create_task(self._rebuilt(), name=f"index {self.root}")

    async def close(self) -> None:
        """End a build and let go of the database."""
        if self._build is not None:
            self._build.cancel()
            await asyncio.wait([self._build])
        index = await self._opening
        await asyncio.to_thread(index.close)

    async def _rebuilt(self) -> None:
        index = await asyncio.shield(self._opening)
        while self._again:
            self._again = False
            progress = BuildProgress(self._server, self.root)
            try:
                await index.build(progress.report)
            except OSError as error:
                logger.warning("The index of %s was not built: %s", self.root, error)
            finally:
                self.built_at = time.monotonic()
                await progress.end()
        if problem := index.take_problem():
            self._server.editor.tell("warning", problem)


def ignores(path: Path) -> bool:
    """Whether a file says which others are ignored."""
    from workers_ai_ls.workspace.index import IGNORE_FILES

    return path.name in IGNORE_FILES


def _open(root: Path) -> Index:
    # Not above: the editor has its first answers before anything of this is needed.
    from workers_ai_ls.workspace.index import open_index

    return open_index(root)


def _updated(index: Index, paths: Sequence[Path]) -> bool:
    """Read the files again; False where only a build can tell what has changed."""
    if any(map(ignores, paths)):
        return False
    return False not in {index.update(path, None) for path in paths}
