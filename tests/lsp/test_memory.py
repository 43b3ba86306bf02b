"""What the C library keeps of large blocks that threads have had and freed."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

from workers_ai_ls.lsp.server import create_server
from workers_ai_ls.lsp.services import services_for

_CHILD = """
import sys, threading
from tests.bench.soak_server import malloc_info
if sys.argv[1] == "returned":
    from workers_ai_ls.lsp.memory import return_large_blocks
    return_large_blocks()

def work():
    for _ in range(3):
        bytearray(2 << 20)
    both.wait()
    both.wait()

both = threading.Barrier(5)
for _ in range(4):
    threading.Thread(target=work).start()
both.wait()
print(malloc_info().fordblks)
both.wait()
"""


def kept(how: str) -> int:
    """Bytes that are kept for later when four threads have had a large block each, and freed it."""
    words = [sys.executable, "-c", _CHILD, how]
    return int(subprocess.run(words, stdout=subprocess.PIPE, check=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="Only the GNU C library keeps them")
def test_large_blocks_of_threads_are_not_kept() -> None:
    assert kept("returned") < 2 << 20
    assert kept("as ever") > 4 << 20, "glibc no longer keeps them: the setting can go"


async def test_it_is_set_once_by_the_first_job(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[bool] = []
    monkeypatch.setattr("workers_ai_ls.lsp.memory.return_large_blocks", lambda: done.append(True))
    monkeypatch.setenv("CLOUDFLARE_ACCOUNT_ID", "0" * 32)
    monkeypatch.setenv("CLOUDFLARE_API_TOKEN", "made-up-token")
    server = create_server()
    services = services_for(server)
    assert done == []
    resolved = server.configuration.resolved("")
    for _ in range(2):
        await services.client(resolved)
    await services.close()
    assert done == [True]
