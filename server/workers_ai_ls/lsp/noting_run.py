"""Notes with what this server has started, so that `doctor` can say what an editor really uses."""

from __future__ import annotations

import asyncio
import sys
import time
from typing import TYPE_CHECKING

from workers_ai_ls import __version__

if TYPE_CHECKING:
    from .server import Server


async def note_start(server: Server) -> None:
    """Note the editor, the folders, and each setting that is not at its default."""
    from workers_ai_ls.journal.runs import Run, note_run
    from workers_ai_ls.settings import overview

    root = server.roots[0].as_uri() if server.roots else ""
    resolved = server.configuration.resolved(root)
    run = Run(
        editor=server.client.name or "an editor that gives no name",
        editor_version=server.client.version,
        time=time.time(),
        program=sys.executable,
        server_version=__version__,
        folders=tuple(map(str, server.roots)),
        settings={
            row.name: (row.value, row.origin)
            for row in overview(resolved)
            if row.origin != "the default"
        },
        problems=resolved.problems,
    )
    await asyncio.to_thread(note_run, run)
