"""What an answer cost, at the end of its progress and in the journal; one session per document."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

import attrs
import pytest
import pytest_asyncio

from tests.lsp_course import Desk
from tests.lsp_editor import lsp_editor
from tests.protocol.test_answers_kept import rows, until
from tests.scripted_endpoint import (
    HANG,
    ScriptedEndpoint,
    error_answer,
    frame,
    native_stream,
    openai_stream,
    raw_answer,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.scripted_endpoint import Answer

pytestmark = pytest.mark.asyncio(loop_scope="module")

CODE = "def half(x):\n    ┃y = x / 2\n    return y\n"
GOOD = ("```python\ndef half(x):\n", "    return x / 2\n```")
ELIDED = "```python\ndef half(x):\n    # ... rest of the code unchanged\n```"
CACHED: dict[str, object] = {
    "prompt_tokens": 1812,
    "completion_tokens": 94,
    "prompt_tokens_details": {"cached_tokens": 1024},
    "neurons": 7.34,
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    folder = tmp_path_factory.mktemp("cost")
    async with ScriptedEndpoint(HANG) as endpoint, lsp_editor(folder, endpoint) as editor:
        yield Desk(editor, endpoint)


def folder_of(desk: Desk) -> Path:
    return desk.editor.folder.parent


async def test_the_end_of_the_progress_says_what_it_cost(desk: Desk) -> None:
    course = await desk.run("refactor", CODE, native_stream(*GOOD, usage=CACHED))
    cost = "1,812 tokens in (1,024 cached), 94 out, 7.3 neurons"
    assert re.fullmatch(rf"done in \d+\.\d s, {re.escape(cost)}", course.end)
    row = rows(folder_of(desk))[-1]
    assert (row["tokens_in"], row["tokens_cached"], row["tokens_out"]) == (1812, 1024, 94)
    assert row["neurons"] == 7.34


@pytest.mark.parametrize(
    ("action", "pieces", "end", "cost"),
    [
        ("explain", ("It halves.",), r"done in \d+\.\d s", "9 tokens in, 4 out, 0.9 neurons"),
        ("refactor", ("ALREADY FINE",), "nothing to change", "9 tokens in, 4 out, 0.9 neurons"),
        # These are asked for once more.
        ("refactor", (ELIDED,), "held", "18 tokens in, 8 out, 1.8 neurons"),
        ("refactor", ("I'm sorry, I can't.",), "not used", "18 tokens in, 8 out, 1.8 neurons"),
    ],
)
async def test_it_says_so_of_every_answer(
    desk: Desk, action: str, pieces: tuple[str, ...], end: str, cost: str
) -> None:
    course = await desk.run(action, CODE, native_stream(*pieces))
    # 9 tokens in and 4 out, at 60,000 and 90,909 neurons per million.
    assert re.fullmatch(rf"{end}, {re.escape(cost)}", course.end)
    assert rows(folder_of(desk))[-1]["neurons"] == pytest.approx(0.9036, abs=0.001)


async def test_what_the_endpoint_does_not_tell_is_left_out(desk: Desk) -> None:
    course = await desk.run("explain", CODE, native_stream("It halves.", usage=None))
    assert re.fullmatch(r"done in \d+\.\d s", course.end)
    row = rows(folder_of(desk))[-1]
    assert (row["tokens_in"], row["tokens_out"], row["neurons"]) == (None, 1, None)


async def test_what_the_gateway_had_is_told_and_its_log_is_kept(desk: Desk) -> None:
    more = (("cf-aig-cache-status", "HIT"), ("cf-aig-log-id", "01JLOG"))
    answer = native_stream("It halves.")
    answer = attrs.evolve(answer, headers=(*answer.headers, *more))
    course = await desk.run("explain", CODE, answer)
    assert course.end.endswith("s, from the gateway's cache, 9 tokens in, 4 out")
    row = rows(folder_of(desk))[-1]
    assert (row["gateway_cache"], row["gateway_log"], row["neurons"]) == ("HIT", "01JLOG", 0.0)


async def test_an_answer_that_was_all_thinking_costs_too(desk: Desk) -> None:
    before = len(rows(folder_of(desk)))
    answer = openai_stream(reasoning=["Hm. "] * 3, finish="length")
    course = await desk.run("refactor", CODE, answer)
    assert course.end == "failed, 9 tokens in, 4 out, 0.5 neurons"
    assert desk.editor.text(course.uri) == CODE.replace("┃", "")
    (message,) = course.messages
    assert "thinking" in message
    (row,) = rows(folder_of(desk))[before:]
    assert (row["outcome"], row["answer"], row["neurons"]) == ("failed", "", 0.5)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (raw_answer(frame({"choices": [{"delta": {"reasoning_content": "Hm. "}}]})), ""),
        (native_stream("It ", "halves", done=False, usage=None), "It halves"),
    ],
    ids=["thinking", "text"],
)
async def test_a_cancelled_answer_counts_what_had_come(
    desk: Desk, answer: Answer, said: str
) -> None:
    before = len(rows(folder_of(desk)))
    stream = (("content-type", "text/event-stream"),)
    desk.endpoint.script(
        attrs.evolve(answer, parts=(*answer.parts, asyncio.Event()), headers=stream)
    )
    pieces = 2 if said else 1
    status = f"{pieces} tokens.*" if said else "thinking.*"
    _, ends = await begin(desk, "explain", "text.py" if said else "thought.py", status)
    await desk.editor.execute("workers-ai.cancel")
    assert await desk.editor.ended(ends) == "cancelled"
    await until(lambda: len(rows(folder_of(desk))) > before)
    await until(lambda: rows(folder_of(desk))[-1]["outcome"] == "cancelled")
    row = rows(folder_of(desk))[-1]
    assert (row["answer"], row["tokens_out"], row["neurons"]) == (said, pieces, None)


async def begin(desk: Desk, action: str, name: str, status: str) -> tuple[str, int]:
    """Start an action in a new document, and wait for this status of its progress.

    Returns the document, and how many jobs will have ended with it.
    """
    editor = desk.editor
    before, ends = len(editor.client.progress_reports), len(editor.ends)
    uri = editor.open(name, CODE)
    await editor.execute(f"workers-ai.{action}", name, 2, 2)

    def told() -> bool:
        newest = list(editor.client.progress_reports.values())[before:]
        messages = (getattr(each, "message", "") or "" for reports in newest for each in reports)
        return any(re.fullmatch(status, message) for message in messages)

    await editor.until(told, status)
    return uri, ends + 1


async def test_thinking_is_progress_and_no_code(desk: Desk) -> None:
    gate = asyncio.Event()
    answer = openai_stream(gate, *GOOD, reasoning=["x = 1\n"] * 2)
    desk.endpoint.script(answer)
    uri, ends = await begin(desk, "refactor", "thinks.py", "thinking.*")
    assert desk.editor.text(uri) == CODE.replace("┃", "")
    gate.set()
    assert (await desk.editor.ended(ends)).startswith("done")
    assert "x = 1" not in desk.editor.text(uri)
    assert "return x / 2" in desk.editor.text(uri)


async def test_a_retry_is_told_and_cancelled_with_the_job(desk: Desk) -> None:
    requests = len(desk.endpoint.requests)
    desk.endpoint.script(error_answer(429, 3040, "Capacity exceeded", retry_after="15"))
    _, ends = await begin(desk, "explain", "busy.py", "busy, trying again in 15 s")
    await desk.editor.execute("workers-ai.cancel")
    async with asyncio.timeout(5):
        assert await desk.editor.ended(ends) == "cancelled"
    assert len(desk.endpoint.requests) == requests + 1


async def test_a_document_has_one_session_for_all_of_its_actions(desk: Desk) -> None:
    first = await desk.run("explain", CODE, native_stream("It halves."), name="one.py")
    again = await desk.again("explain", first.uri)
    other = await desk.run("explain", CODE, name="other.py")
    sessions = [
        course.requests[0].headers["x-session-affinity"] for course in (first, again, other)
    ]
    assert sessions[0] == sessions[1] != sessions[2]
    assert all(re.fullmatch(r"[0-9a-f]{32}", session) for session in sessions)
