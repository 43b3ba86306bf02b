"""What is promised in milliseconds, as medians over repeats against a real server process."""

from __future__ import annotations

import asyncio
import statistics
import time
from typing import TYPE_CHECKING

from tests.raw_client import raw_client
from tests.scripted_endpoint import ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from pathlib import Path

AS_USED = {"PYTHONDEVMODE": ""}
"""The development mode of the other tests makes asyncio several times slower."""

ENDLESS = native_stream("```python\ndef f1000(x):\n", asyncio.Event())
BODY = "".join(f"def f{n}(x):\n    y = x + {n}\n    return y\n\n\n" for n in range(400))


async def test_a_command_is_answered_within_50_ms_and_cancelling_closes_within_200(
    tmp_path: Path,
) -> None:
    async with (
        ScriptedEndpoint(ENDLESS) as endpoint,
        raw_client(tmp_path, endpoint, AS_USED) as client,
    ):
        await client.initialize()
        uri = client.open("long.py", BODY)
        await client.titles(uri)
        answered, closed = [], []
        for count in range(1, 10):
            begun = time.perf_counter()
            await client.execute("workers-ai.refactor", "long.py", 1002, 1002)
            answered.append(time.perf_counter() - begun)
            await endpoint.wait_for_requests(count)
            begun = time.perf_counter()
            if count % 2:
                await client.execute("workers-ai.cancel")
            else:
                token = f"workers-ai/refactor/{count}"
                client.notify("window/workDoneProgress/cancel", {"token": token})
            await endpoint.wait_until_closed()
            closed.append(time.perf_counter() - begun)

        assert statistics.median(answered) < 0.05
        by_command, by_progress = closed[::2], closed[1::2]
        assert statistics.median(by_command) < 0.2
        assert statistics.median(by_progress) < 0.2
        assert not any(each.get("method") == "workspace/applyEdit" for each in client.received)


async def test_the_list_of_actions_takes_less_than_10_ms_and_no_connection(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(ENDLESS) as endpoint,
        raw_client(tmp_path, endpoint, AS_USED) as client,
    ):
        await client.initialize()
        uri = client.open("long.py", BODY)
        assert BODY.count("\n") == 2000
        took = []
        for line in range(0, 2000, 20):
            at = {"line": line, "character": 0}
            # As while typing: each list is for a text that has just changed.
            client.change(uri, line + 2, {"range": {"start": at, "end": at}, "text": " "})
            begun = time.perf_counter()
            assert await client.titles(uri, line)
            took.append(time.perf_counter() - begun)

        assert statistics.median(took) < 0.01
        assert not endpoint.connections
