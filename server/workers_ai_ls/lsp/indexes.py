"""The symbol indexes of the workspace's folders, and how they hear of changed files."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types

from workers_ai_ls.workspace import path_of

from .asking import ask
from .folder_index import FolderIndex, ignores

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterable
    from typing import Any

    from workers_ai_ls.workspace.index import Index

    from .server import Server

_LATER_S = 1.0
"""How long an editor that starts has the machine for itself before its folders are read."""

_STALE_S = 60.0
"""How old an index may be where the editor does not tell of changed files."""

_GATHERING_S = 0.2
"""How long to wait for more changes: a checkout has thousands."""


class Indexes:
    """The index of each workspace folder."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._folders: dict[Path, FolderIndex] = {}
        self._changed: set[Path] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def follow(self) -> None:
        """Build the indexes of all folders, soon, and ask to be told of changed files."""
        self._start(self._begin())
        if self._server.client.watches_files:
            every = types.FileSystemWatcher(glob_pattern="**/*")
            registration = types.Registration(
                id="workers-ai-files",
                method=types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                register_options=types.DidChangeWatchedFilesRegistrationOptions([every]),
            )
            params = types.RegistrationParams([registration])
            await ask(self._server.protocol, types.CLIENT_REGISTER_CAPABILITY, params)

    async def folders_changed(self) -> None:
        """Follow the workspace's folders: build what has come, let go of what has gone."""
        for root in [root for root in self._folders if root not in self._server.roots]:
            await self._folders.pop(root).close()
        for root in self._roots():
            self._folder(root)

    async def at(self, path: Path) -> Index | None:
        """The index of the folder that a file lies in, which knows the open documents as they are.

        It may not be built yet. None where no folder is open, or one that holds everything that a
        person owns.
        """
        around = [root for root in self._roots() if path.is_relative_to(root)]
        if not around or self._closed:
            return None
        folder = self._folder(max(around, key=lambda root: len(root.parts)))
        stale = time.monotonic() - folder.built_at > _STALE_S
        if folder.built_at and stale and not self._server.client.watches_files:
            folder.rebuild()
        return await folder.current()

    def changed(self, uris: Iterable[str]) -> None:
        """Take note of files that have changed on disk, or count again now that they are closed."""
        if not self._folders or self._closed:
            return
        if not self._changed:
            self._start(self._read_changed())
        self._changed.update(path for path in map(path_of, uris) if path)

    async def close(self) -> None:
        """End all builds and let go of the databases."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(folder.close() for folder in self._folders.values()))
        self._folders.clear()

    async def _begin(self) -> None:
        await asyncio.sleep(_LATER_S)
        for root in self._roots():
            self._folder(root)

    def _roots(self) -> list[Path]:
        home = Path.home()
        return [root for root in self._server.roots if not home.is_relative_to(root)]

    def _folder(self, root: Path) -> FolderIndex:
        """The index of a folder; it is built when it is asked for first."""
        if root not in self._folders:
            self._folders[root] = FolderIndex(self._server, root)
            self._folders[root].rebuild()
        return self._folders[root]

    async def _read_changed(self) -> None:
        await asyncio.sleep(_GATHERING_S)
        opened = {path_of(uri) for uri in self._server.documents.by_uri}
        # An open document is known better than the disk knows it, but what is ignored stands there.
        changed = sorted(path for path in self._changed if path not in opened or ignores(path))
        self._changed = set()
        for root, folder in list(self._folders.items()):
            if inside := [path for path in changed if path.is_relative_to(root)]:
                await folder.changed(inside)

    def _start(self, course: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(course)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
