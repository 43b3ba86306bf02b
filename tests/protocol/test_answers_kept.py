"""The journal after each outcome, and after the server was killed in mid answer."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio

from tests.cli.command import command
from tests.lsp_course import Desk
from tests.lsp_editor import lsp_editor
from tests.raw_client import raw_client
from tests.scripted_endpoint import HANG, ScriptedEndpoint, error_answer, native_stream
from workers_ai_ls.journal import digest
from workers_ai_ls.workspace import uri_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from tests.scripted_endpoint import Answer

CODE = "def half(x):\n    ┃y = x / 2\n    return y\n"
PLAIN = CODE.replace("┃", "")
GOOD = native_stream("```python\ndef half(x):\n", "    return x / 2\n```")
ELIDED = native_stream("```python\ndef half(x):\n    # ... rest of the code unchanged\n```")


def rows(folder: Path) -> list[dict[str, Any]]:
    """The journal of the server whose home is in `folder`, oldest answer first."""
    found = list((folder / "home").rglob("journal.sqlite3"))
    if not found:
        return []
    with closing(sqlite3.connect(f"file:{found[0]}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        tables = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'answers'")
        if not tables.fetchall():
            return []
        answers = connection.execute("SELECT * FROM answers ORDER BY id").fetchall()
        return [dict(row) for row in answers]


def bytes_of_journal(folder: Path) -> bytes:
    """All that is on disk, with the write-ahead log."""
    return b"".join(each.read_bytes() for each in (folder / "home").rglob("journal.sqlite3*"))


async def until(condition: Callable[[], object]) -> None:
    """Wait for what another process writes."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.02)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def kept(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Path, Desk]]:
    folder = tmp_path_factory.mktemp("kept")
    async with ScriptedEndpoint(HANG) as endpoint, lsp_editor(folder, endpoint) as editor:
        yield folder, Desk(editor, endpoint)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    ("action", "answer", "outcome"),
    [
        ("refactor", GOOD, "applied"),
        ("explain", native_stream("It ", "halves."), "shown"),
        ("refactor", ELIDED, "held"),
        ("refactor", native_stream("ALREADY FINE"), "unchanged"),
        ("refactor", native_stream("I'm sorry, I can't."), "refused"),
        ("refactor", native_stream("```python\ndef half(x):\n", done=False, usage=None), "failed"),
    ],
)
async def test_every_answer_is_kept_with_its_outcome(
    kept: tuple[Path, Desk], action: str, answer: Answer, outcome: str
) -> None:
    folder, desk = kept
    before = len(rows(folder))
    course = await desk.run(action, CODE, answer)
    new = rows(folder)[before:]
    # What cannot be used is asked for once more; both answers are kept.
    assert len(new) == (2 if outcome in ("held", "refused") else 1)
    row = new[-1]
    assert {each["outcome"] for each in new} == {outcome}

    assert row["outcome"] == outcome
    assert row["uri"] == course.uri
    assert row["action"] == action
    assert row["model"] == "@cf/qwen/qwen2.5-coder-32b-instruct"
    assert row["prompt"] is None
    assert len(row["prompt_hash"]) == len(row["original_hash"]) == 64
    assert (row["first_line"], row["last_line"]) == (1, 3)
    first = json.loads(answer.body.partition(b"\n\n")[0].removeprefix(b"data: "))["response"]
    assert row["answer"].startswith(first)
    if outcome not in ("applied", "shown"):
        assert row["detail"]
    if outcome != "failed":
        assert (row["tokens_in"], row["tokens_out"]) == (9, 4)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(
    ("answer", "follow_up", "outcome"),
    [
        (GOOD, "revert", "reverted"),
        (ELIDED, "discard", "discarded"),
        (ELIDED, "applyAnyway", "applied"),
    ],
)
async def test_what_becomes_of_it_later_is_kept_too(
    kept: tuple[Path, Desk], answer: Answer, follow_up: str, outcome: str
) -> None:
    folder, desk = kept
    course = await desk.run("refactor", CODE, answer)
    await desk.editor.execute(f"workers-ai.{follow_up}", "/" + course.uri.partition(":///")[2])
    await until(lambda: rows(folder)[-1]["outcome"] == outcome)


@pytest.mark.asyncio(loop_scope="module")
async def test_a_request_that_brought_no_answer_leaves_no_row(kept: tuple[Path, Desk]) -> None:
    folder, desk = kept
    before = len(rows(folder))
    await desk.run("refactor", CODE, error_answer(401, 10000, "no"))
    await desk.run("refactor", CODE, error_answer(500, None, "no", retry_after="0"))
    assert len(rows(folder)) == before


@pytest.mark.asyncio(loop_scope="module")
async def test_a_cancelled_answer_is_kept_as_far_as_it_came(kept: tuple[Path, Desk]) -> None:
    folder, desk = kept
    before = len(rows(folder))
    desk.endpoint.script(native_stream("```python\ndef ", "half", asyncio.Event()))
    desk.editor.open("cancelled.py", CODE)
    ends = len(desk.editor.ends)
    await desk.editor.execute("workers-ai.refactor", "cancelled.py", 2, 2)
    await until(lambda: len(rows(folder)) > before)
    await until(lambda: rows(folder)[-1]["answer"].endswith("half"))
    await desk.editor.execute("workers-ai.cancel")
    assert await desk.editor.ended(ends + 1) == "cancelled"
    row = rows(folder)[-1]
    assert (row["outcome"], row["answer"]) == ("cancelled", "```python\ndef half")


async def test_a_server_that_is_killed_leaves_what_came_until_then(tmp_path: Path) -> None:
    """Also what came right after the last write, while the model is silent since."""
    pause = asyncio.Event()
    answer = native_stream("```python\ndef ", pause, "half(x):", asyncio.Event())
    async with ScriptedEndpoint(answer) as endpoint, raw_client(tmp_path, endpoint) as client:
        await client.initialize()
        client.open("half.py", PLAIN)
        await client.execute("workers-ai.refactor", "half.py", 1, 1)
        await until(lambda: rows(tmp_path) and rows(tmp_path)[0]["answer"])
        pause.set()
        await until(lambda: rows(tmp_path)[0]["answer"].endswith("half(x):"))
        client.process.kill()
        await client.exit_code()
        await endpoint.wait_until_closed()

        (row,) = rows(tmp_path)
        assert row["answer"] == "```python\ndef half(x):"
        assert row["outcome"] == "running"
        assert (tmp_path / "workspace" / "half.py").read_text() == PLAIN

    home = {"HOME": str(tmp_path / "home")}
    after = tmp_path / "after"
    after.mkdir()
    async with lsp_editor(after, environment=home) as editor:
        uri = uri_of(tmp_path / "workspace" / "half.py")
        await editor.execute("workers-ai.showLastAnswer", {"uri": uri})
        await editor.until(lambda: editor.client.shown_documents)
        shown = editor.text(editor.client.shown_documents[-1].uri)
        assert shown.endswith("```python\ndef half(x):\n")
        assert "qwen2.5-coder-32b-instruct, interrupted*" in shown
    listed = await command(tmp_path, "history")
    assert " interrupted " in listed.out.splitlines()[1]
    assert (await command(tmp_path, "history", "show", "1")).out == "```python\ndef half(x):\n"


async def test_an_answer_that_is_under_way_is_not_interrupted(tmp_path: Path) -> None:
    answer = native_stream("```python\ndef ", asyncio.Event())
    async with ScriptedEndpoint(answer) as endpoint, raw_client(tmp_path, endpoint) as client:
        await client.initialize()
        client.open("half.py", PLAIN)
        await client.execute("workers-ai.refactor", "half.py", 1, 1)
        await until(lambda: rows(tmp_path) and rows(tmp_path)[0]["answer"])
        assert " running " in (await command(tmp_path, "history")).out.splitlines()[1]
        await client.execute("workers-ai.applyLastAnswer", {"entry": 1})
        await client.called("window/showMessage")
        assert client.shown == ["Answer 1 is still being written; wait for it, or cancel it first."]


async def test_two_servers_write_one_journal(tmp_path: Path) -> None:
    """Each its own answers, at the same time."""
    home = {"HOME": str(tmp_path / "home")}
    folders = [tmp_path / name for name in ("one", "two")]
    async with contextlib.AsyncExitStack() as stack:
        (tmp_path / "home").mkdir()
        endpoint = await stack.enter_async_context(ScriptedEndpoint(GOOD))
        editors = []
        for folder in folders:
            folder.mkdir()
            begun = lsp_editor(folder, endpoint, environment=home)
            editors.append(await stack.enter_async_context(begun))
        for number in range(5):
            for editor in editors:
                editor.open(f"half{number}.py", CODE)
            for editor in editors:
                await editor.choose("AI: Refactor")
        for editor in editors:
            await editor.ended(5)
        found = rows(tmp_path)
        assert len(list((tmp_path / "home").rglob("journal.sqlite3"))) == 1
    assert [row["id"] for row in found] == [*range(1, 11)]
    assert {row["outcome"] for row in found} == {"applied"}
    for folder in folders:
        assert sum(str(folder / "workspace") in row["uri"] for row in found) == 5


@pytest.mark.parametrize("keeps", [True, False])
async def test_try_again_rebuilds_the_prompt_whose_text_is_kept_only_if_allowed(
    tmp_path: Path, *, keeps: bool
) -> None:
    user = tmp_path / "home" / ".config" / "workers-ai-language-server" / "config.toml"
    user.parent.mkdir(parents=True)
    user.write_text(f"[workersAI.journal]\nkeepPrompts = {str(keeps).lower()}\n")
    user.chmod(0o600)
    async with ScriptedEndpoint(GOOD) as endpoint, lsp_editor(tmp_path, endpoint) as editor:
        editor.open("half.py", CODE)
        await editor.choose("AI: Refactor")
        await editor.ended()
        await editor.choose("AI: Try again")
        await editor.ended(2)
        first, second = (request.body["messages"] for request in endpoint.requests)
        assert second[:2] == first
        for row, sent in zip(rows(tmp_path), (first, second), strict=True):
            text = "\n\n".join(f"[{turn['role']}]\n{turn['content']}" for turn in sent)
            assert row["prompt"] == (text if keeps else None)
            assert row["prompt_hash"] == digest(text)
    kept = b"y = x / 2" in bytes_of_journal(tmp_path)
    assert kept == keeps


@pytest.mark.parametrize("how", ["shutdown", "end of input", "exit"])
async def test_a_server_that_is_ended_in_mid_answer_closes_the_connection_and_the_books(
    tmp_path: Path, how: str
) -> None:
    answer = native_stream("```python\ndef ", asyncio.Event())
    async with ScriptedEndpoint(answer) as endpoint, raw_client(tmp_path, endpoint) as client:
        await client.initialize()
        client.open("half.py", PLAIN)
        await client.execute("workers-ai.refactor", "half.py", 1, 1)
        await until(lambda: rows(tmp_path) and rows(tmp_path)[0]["answer"])
        if how == "shutdown":
            assert await client.exit() == 0
        elif how == "exit":
            client.send({"jsonrpc": "2.0", "method": "exit"})
            assert await client.exit_code() == 1
        else:
            assert client.process.stdin is not None
            client.process.stdin.close()
            assert await client.exit_code() == 0
        await endpoint.wait_until_closed()
        (row,) = rows(tmp_path)
        assert (row["outcome"], row["answer"]) == ("cancelled", "```python\ndef ")
