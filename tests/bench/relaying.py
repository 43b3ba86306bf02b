"""From the endpoint's bytes to the thin client's notifications, through the whole server."""

from __future__ import annotations

import asyncio
import time

from tests.scripted_endpoint import ScriptedEndpoint, native_stream

from .clicking import click, done
from .machine import cpu_seconds
from .sample_code import line_of, python_source
from .servers import OURS, started
from .streaming_endpoint import tokens

_OPTIONS = {"streamAnswers": True}
_ANSWER = "$/workers-ai/answer"


async def delays(count: int) -> list[float]:
    """Let the endpoint send so many tokens, each when the last one has come to the editor.

    Gives seconds for each, from when it may go out to when the editor has read it.
    """
    gates = [asyncio.Event() for _ in range(count)]
    words = tokens(count)
    pieces = [piece for pair in zip(gates, words, strict=True) for piece in pair]
    text = python_source(200)
    times = []
    async with (
        ScriptedEndpoint(native_stream(*pieces)) as endpoint,
        started(OURS, endpoint.base_url, _OPTIONS) as (editor, root),
    ):
        uri = f"{root}/shelves.py"
        editor.open(uri, text)
        await editor.result(click(editor, "explain", uri, line_of(text, "total = total")))
        await endpoint.wait_for_requests()
        for gate, word in zip(gates, words, strict=True):
            begun = time.perf_counter()
            gate.set()
            delta = ""
            while delta != word:
                delta += (await editor.called(_ANSWER))["delta"]
            times.append(time.perf_counter() - begun)
        await done(editor)
    return times


async def job_cpu(base_url: str) -> float:
    """Seconds of processor time that the server takes for one explanation, its second one."""
    text = python_source(200)
    line = line_of(text, "total = total")
    async with started(OURS, base_url, _OPTIONS) as (editor, root):
        uri = f"{root}/shelves.py"
        editor.open(uri, text)
        spent = []
        for _ in range(2):
            await editor.result(click(editor, "explain", uri, line))
            await done(editor)
            spent.append(cpu_seconds(editor.pid))
    return spent[1] - spent[0]
