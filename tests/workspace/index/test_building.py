"""The process that builds an index: what it tells, and how it ends."""

import asyncio
import json
import os
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.workspace.index.workspaces import LIMIT, build, built, paths, start_builder, write
from workers_ai_ls.workspace.index import Progress, index_path, open_index
from workers_ai_ls.workspace.index.child import _end
from workers_ai_ls.workspace.index.locking import alone
from workers_ai_ls.workspace.index.schema import VERSION

needs_signals = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

FUNCTION = "def f{0}_{1}(x):\n    return f{0}_{1}(x) + {1}\n\n\n"


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A workspace that takes a second or so to index."""
    body = {n: "".join(FUNCTION.format(n, i) for i in range(300)) for n in range(150)}
    return write(tmp_path / "large", {f"p{n % 10}/m{n}.py": text for n, text in body.items()})


async def test_it_tells_how_far_it_is(large: Path, tmp_path: Path) -> None:
    told = await build(open_index(large, cache=tmp_path / "cache"))
    assert told[0] == Progress("building", 0, 150, 150, told[0].seconds)
    assert (told[-1].state, told[-1].done, told[-1].total) == ("ready", 150, 150)
    done = [each.done for each in told]
    assert done == sorted(done)
    assert any(0 < each < 150 for each in done)


async def test_it_can_be_asked_while_it_builds(large: Path, tmp_path: Path) -> None:
    index = open_index(large, cache=tmp_path / "cache")
    met: list[int] = []

    def ask(progress: Progress) -> None:
        if progress.state == "building":
            met.append(sum(bool(paths(index, f"f{n}_1")) for n in range(150)))

    async with asyncio.timeout(LIMIT):
        await index.build(ask)
    assert any(0 < each < 150 for each in met)
    assert all(paths(index, f"f{n}_299") for n in range(150))


@needs_signals
async def test_after_a_builder_was_killed_the_next_one_goes_on(large: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    builder = start_builder(large, index_path(large, cache))
    assert builder.stdout
    # The first batch is written within a second; the whole takes longer.
    first = next(line for line in builder.stdout if json.loads(line)["done"] > 0)
    builder.send_signal(signal.SIGKILL)
    builder.communicate(timeout=LIMIT)
    assert json.loads(first)["state"] == "building"
    index = open_index(large, cache=cache)
    kept = sum(bool(paths(index, f"f{n}_299")) for n in range(150))
    told = await build(index)
    assert 0 < kept < 150
    assert told[-1].total == 150 - kept
    assert all(paths(index, f"f{n}_299") == [f"p{n % 10}/m{n}.py"] for n in range(150))


def test_it_ends_with_its_parent(large: Path, tmp_path: Path) -> None:
    path = tmp_path / "i.sqlite3"
    # While it waits for its turn it has nothing else to end for.
    with alone(path, lambda: None), start_builder(large, path) as builder:
        assert builder.stdout
        assert builder.stdin
        assert json.loads(builder.stdout.readline())["state"] == "waiting"
        builder.stdin.close()
        assert builder.wait(timeout=LIMIT / 2) == 0


async def test_a_cancelled_build_ends_its_process(large: Path, tmp_path: Path) -> None:
    index = open_index(large, cache=tmp_path / "cache")
    begun = asyncio.Event()
    task = asyncio.create_task(index.build(lambda _: begun.set()))
    async with asyncio.timeout(LIMIT):
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        # Another one need not wait for it.
        told = await build(index)
    assert "waiting" not in {each.state for each in told}
    assert told[-1].state == "ready"


async def test_two_at_once_share_the_work(large: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    one, other = open_index(large, cache=cache), open_index(large, cache=cache)
    told = await asyncio.gather(build(one), build(other))
    assert sorted(each[-1].total for each in told) == [0, 150]
    assert "waiting" in {each.state for each in told[0] + told[1]}
    for index in (one, other):
        assert all(len(paths(index, f"f{n}_299")) == 1 for n in range(150))
        assert index.take_problem() == ""


async def test_a_change_during_a_build_is_not_lost(large: Path, tmp_path: Path) -> None:
    index = open_index(large, cache=tmp_path / "cache")
    path = large / "p0" / "m0.py"
    changed = asyncio.Event()

    def change(_: Progress) -> None:
        if not changed.is_set():
            changed.set()
            path.write_text("def newest(): ...\n", "utf-8")
            index.update(path, None)
            assert paths(index, "newest") == ["p0/m0.py"]

    async with asyncio.timeout(LIMIT):
        await index.build(change)
    assert paths(index, "newest") == ["p0/m0.py"]
    assert paths(index, "f0_1") == []


async def test_while_another_process_writes_the_answer_comes_from_memory(tmp_path: Path) -> None:
    index = await built(write(tmp_path / "w", {"a.py": "def f(): ...\n"}), tmp_path / "cache")
    write(index.root, {"a.py": "def g(): ...\n"})
    with closing(sqlite3.connect(index_path(index.root, tmp_path / "cache"))) as other:
        other.execute("BEGIN IMMEDIATE")
        index.update(index.root / "a.py", None)
        assert (paths(index, "f"), paths(index, "g")) == ([], ["a.py"])
        other.execute("ROLLBACK")
    index.update(index.root / "b.py", None)
    again = open_index(index.root, cache=tmp_path / "cache")
    assert (paths(again, "f"), paths(again, "g")) == ([], ["a.py"])


@pytest.mark.parametrize("damage", ["PRAGMA user_version = 999", "garbage"])
async def test_an_index_of_another_version_or_damaged_is_built_anew(
    tmp_path: Path, damage: str
) -> None:
    root, cache = write(tmp_path / "w", {"a.py": "def f(): ...\n"}), tmp_path / "cache"
    (await built(root, cache)).close()
    file = index_path(root, cache)
    if damage == "garbage":
        file.write_bytes(b"no database" * 1_000)
    else:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute(damage)
    index = open_index(root, cache=cache)
    assert paths(index, "f") == []
    await build(index)
    assert paths(index, "f") == ["a.py"]
    assert index.take_problem() == ""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)


async def test_without_a_cache_it_works_and_says_so_once(tmp_path: Path) -> None:
    root = write(tmp_path / "w", {"a.py": "def f(): ...\n"})
    # A file where the folder should be refuses root, too.
    (tmp_path / "cache").write_text("")
    index = await built(root, tmp_path / "cache")
    assert paths(index, "f") == ["a.py"]
    problem = index.take_problem()
    assert "cannot be kept in" in problem
    assert problem.endswith("free or repair that place.")
    assert index.take_problem() == ""
    index.close()


async def test_without_any_disk_open_buffers_are_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write(tmp_path / "w", {"a.py": ""})
    (tmp_path / "cache").write_text("")

    def refuse(**_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    index = await built(root, tmp_path / "cache")
    index.update(root / "a.py", "def f(): ...\n")
    assert paths(index, "f") == ["a.py"]
    assert "cannot be kept" in index.take_problem()
    index.close()


def test_a_folder_has_to_be_named(tmp_path: Path) -> None:
    with start_builder(tmp_path / "nothing", tmp_path / "i.sqlite3") as builder:
        builder.communicate(timeout=LIMIT)
    assert builder.returncode == 2


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="Windows is told at the start")
async def test_its_priority_is_low(large: Path, tmp_path: Path) -> None:
    with start_builder(large, tmp_path / "i.sqlite3") as builder:
        assert builder.stdout
        builder.stdout.readline()
        ours = os.getpriority(os.PRIO_PROCESS, 0)
        assert os.getpriority(os.PRIO_PROCESS, builder.pid) > ours
        builder.communicate(timeout=LIMIT)


async def test_a_builder_that_is_gone_leaves_no_pipe_open() -> None:
    """Its output outlives it here, as it does where asyncio hears of its exit first."""
    outlives = "import sys; sys.stdin.read()"
    leaves = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {outlives!r}])"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", leaves),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(LIMIT):
        # `wait` waits for the pipes as well.
        while process.returncode is None:  # noqa: ASYNC110 - nobody tells of that but `wait`
            await asyncio.sleep(0.01)
        await _end(process)
    assert process.stdout
    assert process.stdout.at_eof()
