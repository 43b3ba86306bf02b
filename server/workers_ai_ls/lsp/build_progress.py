"""The progress display of an index that is built: for builds that take long, and only until a job runs."""

from __future__ import annotations

import asyncio
import functools
import time
from typing import TYPE_CHECKING

from .progress import WorkDoneProgress

if TYPE_CHECKING:
    from pathlib import Path

    from workers_ai_ls.jobs import Progress
    from workers_ai_ls.workspace.index import Progress as Building

    from .server import Server

_SHOWN_AFTER_S = 1.0
"""A build that takes longer is shown."""

INDEX_TOKENS = "workers-ai/index/"
"""How the progress tokens of builds begin; all others are those of jobs."""


class BuildProgress:
    """Shows one build of the index of `root`.

    A job ends the display: Helix has one line for both, and what a build says there would take the
    place of how a job has ended.
    """

    def __init__(self, server: Server, root: Path) -> None:
        self._begin = functools.partial(
            WorkDoneProgress,
            server.protocol,
            f"{INDEX_TOKENS}{root.name}/{time.monotonic_ns()}",
            f"Reading {root.name}",
            cancellable=False,
        )
        self._board = server.board
        self._shows = server.client.work_done_progress
        self._progress: Progress | None = None
        self._ending: asyncio.Task[None] | None = None

    def report(self, building: Building) -> None:
        """Take note of how far the build is."""
        if self._board.newest(["running"]):
            self._shows = False
            self._end()
        # The files of a small workspace are one step: there is no way between to show.
        on_its_way = building.state == "building" and 0 < building.done < building.total
        if self._shows and on_its_way and building.seconds >= _SHOWN_AFTER_S:
            self._progress = self._progress or self._begin()
            self._progress.report(f"{building.done:,} of {building.total:,} files")

    async def end(self) -> None:
        """Finish what is shown."""
        self._end()
        if self._ending is not None:
            await self._ending

    def _end(self) -> None:
        shown, self._progress = self._progress, None
        if shown is not None:
            self._ending = asyncio.create_task(shown.end(""), name="end of an index's progress")
