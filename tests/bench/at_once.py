"""Many answers at once in one server: what they do to somebody who types, and to its memory."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import TYPE_CHECKING

import attrs

from .bare_editor import code_action_params, wire
from .clicking import click
from .following import did_change
from .machine import rss_mib
from .sample_code import line_of, python_source
from .servers import OURS, started
from .streaming_endpoint import endpoint
from .typist import session

if TYPE_CHECKING:
    from .bare_editor import BareEditor

_PAUSE_MS = 50
"""Twenty tokens a second for each answer, as from a large model."""

_FOREVER = 20_000
"""Tokens; no answer ends before the measuring does."""

_BETWEEN_KEYS_S = 0.02
"""So that typing meets whatever the streams do."""

_BETWEEN_CLICKS_S = 0.007

_ANSWER = "$/workers-ai/answer"


@attrs.frozen
class AtOnce:
    """Seconds from each key to the list of actions after it, and what a stream takes."""

    idle: list[float]
    busy: list[float]
    kb_per_stream: float


async def at_once(streams: int, keys: int) -> AtOnce:
    """Type while nothing runs, then while so many documents are being explained."""
    text = python_source(200)
    line = line_of(text, "total = total")
    async with (
        endpoint(_FOREVER, _PAUSE_MS) as base_url,
        started(OURS, base_url, {"streamAnswers": True}) as (editor, root),
    ):
        uris = [f"{root}/shelves_{number}.py" for number in range(streams + 2)]
        for uri in uris:
            editor.open(uri, text)
        typed, first, *others = uris
        # What the first job takes is taken once: imports, the journal, the connection pool.
        await _explain(editor, [first], line)
        await editor.result(click(editor, "cancel", first, line))
        idle = await _typing(editor, typed, text, keys, 1)
        before = rss_mib(editor.pid)
        await _explain(editor, others, line)
        after = rss_mib(editor.pid)
        busy = await _typing(editor, typed, text, keys, 1 + keys)
    return AtOnce(idle, busy, (after - before) * 2**20 / 1e3 / streams)


async def _explain(editor: BareEditor, uris: list[str], line: int) -> None:
    """Choose *AI: Explain* in each document, and wait until some of each answer has come.

    Not in all at once, lest their tokens come in step, which those of many people do not.
    """
    for uri in uris:
        click(editor, "explain", uri, line)
        await asyncio.sleep(_BETWEEN_CLICKS_S)
    pieces: Counter[str] = Counter()
    while any(pieces[uri] < 5 for uri in uris):
        pieces[(await editor.called(_ANSWER))["uri"]] += 1


async def _typing(editor: BareEditor, uri: str, text: str, keys: int, version: int) -> list[float]:
    times = []
    for at, key in enumerate(session(text, places=3)[:keys], version):
        begun = time.perf_counter()
        editor.send(wire(did_change(uri, at, key)))
        await editor.ask("textDocument/codeAction", code_action_params(uri, 9, 4))
        times.append(time.perf_counter() - begun)
        await asyncio.sleep(_BETWEEN_KEYS_S)
    return times
