"""The real server, which answers one request more: what it holds on to.

`python -m tests.bench.soak_server` is `workers-ai-ls` in all else. How many tasks a process has can
only be told from inside, and that is nothing a user would ask for.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from workers_ai_ls.lsp import quick_start

if TYPE_CHECKING:
    from workers_ai_ls.lsp.server import Server

COUNTS = "bench/counts"


def main() -> None:
    """Serve an editor."""
    import_protocol = quick_start.import_protocol

    def import_and_extend() -> None:
        # The protocol must be imported first, as the server itself does it.
        import_protocol()
        from workers_ai_ls.lsp import server as module

        create = module.create_server
        module.create_server = lambda: _extended(create())

    quick_start.import_protocol = import_and_extend
    from workers_ai_ls.lsp.main import main as serve

    serve()


def _extended(server: Server) -> Server:
    server.feature(COUNTS)(counts)
    return server


def counts(*_: object) -> dict[str, int]:
    """What is there once the garbage is gone."""
    gc.collect()
    return {
        "descriptors": sum(1 for _ in Path("/dev/fd").iterdir()),
        "tasks": len(asyncio.all_tasks()),
        "threads": threading.active_count(),
        "objects": len(gc.get_objects()),
        "blocks": sys.getallocatedblocks(),
    }


if __name__ == "__main__":
    main()
