"""A hundred jobs at once, measured in a process that does nothing else."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.scripted_endpoint import ScriptedEndpoint, native_stream

STREAMS = 100
PIECES = 400
MOST_MB = 60

_CLIENT = """
import asyncio, contextlib, json, resource, sys
from pathlib import Path
from workers_ai_ls import workers_ai as w

REQUEST = w.Request(model="@cf/a/b", messages=(w.Message("user", "x" * 20_000),), max_tokens=9999)

def resident_mb():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20

async def read(client, started):
    letters = 0
    async with contextlib.aclosing(client.stream(REQUEST)) as events:
        async for event in events:
            if isinstance(event, w.Text):
                started.add(id(events))
                letters += len(event.text)
    return letters

async def main(url, streams):
    endpoint = w.Endpoint(account_id="a", token="t", base_url=url)
    most, started = 0.0, set()
    async with w.open_client(endpoint) as client:
        await read(client, set())  # Imports, certificates and the first connection are there.
        before = resident_mb()
        reading = asyncio.gather(*(read(client, started) for _ in range(streams)))
        while not reading.done():
            most = max(most, resident_mb())
            await asyncio.wait([reading], timeout=0.01)
        letters = await reading
    print(json.dumps({"more": most - before, "letters": letters, "together": len(started)}))

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


@pytest.mark.skipif(not Path("/proc/self/statm").is_file(), reason="memory is read from /proc")
async def test_a_hundred_streams_at_once_finish_and_need_little_memory() -> None:
    gate = asyncio.Event()
    words = [f"word {number} " for number in range(PIECES)]
    held = native_stream("first ", gate, *words)
    async with ScriptedEndpoint(native_stream("a"), held) as endpoint:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _CLIENT, endpoint.base_url, str(STREAMS)),
            stdout=subprocess.PIPE,
            # The development mode pads each piece of memory, and keeps where each task was made.
            env={
                **os.environ,
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTHONDEVMODE": "",
                "PYTHONASYNCIODEBUG": "",
            },
        )
        try:
            async with asyncio.timeout(60):
                await endpoint.wait_for_requests(1 + STREAMS, within=30)
                assert endpoint.open_connections >= STREAMS
                gate.set()  # All hundred answer from here on.
                output, _ = await process.communicate()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()

    told = json.loads(output)
    assert told["letters"] == [len("first " + "".join(words))] * STREAMS
    assert told["together"] == STREAMS
    assert 0 < told["more"] < MOST_MB
