"""The real server, which answers one request more: what it holds on to.

`python -m tests.bench.soak_server` is `workers-ai-ls` in all else. How many tasks a process has can
only be told from inside, and that is nothing a user would ask for.
"""

from __future__ import annotations

import asyncio
import ctypes
import gc
import math
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


class MallInfo(ctypes.Structure):
    """What `mallinfo2` of the GNU C library gives."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
            *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
        )
    )


def counts(*_: object) -> dict[str, float]:
    """What is there once the garbage is gone."""
    gc.collect()
    return {
        "heap_mib": heap_mib(),
        "descriptors": sum(1 for _ in Path("/dev/fd").iterdir()),
        "tasks": len(asyncio.all_tasks()),
        "threads": threading.active_count(),
        "objects": len(gc.get_objects()),
        "blocks": sys.getallocatedblocks(),
    }


def heap_mib() -> float:
    """Give what C's allocator has handed out, without what it keeps for later; NaN elsewhere."""
    info = malloc_info()
    return float(info.uordblks + info.hblkhd) / 2**20 if info else math.nan


def malloc_info() -> MallInfo | None:
    """What the GNU C library says of its memory; None elsewhere."""
    try:
        mallinfo2 = ctypes.CDLL(None).mallinfo2
    except (AttributeError, OSError, TypeError):
        return None
    mallinfo2.restype = MallInfo
    info: MallInfo = mallinfo2()
    return info


if __name__ == "__main__":
    main()
