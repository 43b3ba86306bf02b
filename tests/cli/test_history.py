"""`history`: the answers so far, for people and for programs, and one of them applied again."""

from __future__ import annotations

import json
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.command import ANSWER, HALF, REWRITTEN, TESTS, command, work
from tests.cli.test_run import DIFFERENCE
from tests.scripted_endpoint import ScriptedEndpoint, native_stream
from workers_ai_ls.journal import Entry, open_journal

if TYPE_CHECKING:
    from pathlib import Path

    from workers_ai_ls.journal import Journal

WHOLE = "".join(ANSWER)
TOKENS = ("tokens", "in", "+", "out")


async def ran(folder: Path, *actions: str, answer: tuple[str, ...] = ANSWER) -> Path:
    """Have actions answered by the real command, none of them written; returns the file."""
    path = work(folder)
    async with ScriptedEndpoint(native_stream(*answer)) as endpoint:
        for action in actions:
            await command(folder, "run", action, "half.py:5", "--json", endpoint=endpoint)
    return path


def opened(folder: Path) -> Journal:
    (file,) = (folder / "home").rglob("journal.sqlite3")
    return open_journal(file)


async def listed(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    result = await command(folder, "history", *arguments, "--json")
    assert (result.code, result.err) == (0, "")
    found: list[dict[str, Any]] = json.loads(result.out)
    return found


async def test_the_list_says_what_became_of_each_and_what_it_cost(tmp_path: Path) -> None:
    await ran(tmp_path, "refactor", "explain")
    with closing(opened(tmp_path)) as journal:
        journal.record(Entry(uri="untitled:1", action="edit", model="m", answer="def"))
    result = await command(tmp_path, "history")

    assert (result.code, result.err) == (0, "")
    head, *rows = [line.split() for line in result.out.splitlines()]
    assert head == ["when", "action", "where", "model", "outcome", *TOKENS, "neurons"]
    date = time.strftime("%Y-%m-%d")
    model = "qwen2.5-coder-32b-instruct"
    assert [row[:2] + row[3:] for row in rows] == [
        ["3", date, "edit", "untitled:1", "m", "interrupted", "?", "+", "?", "?"],
        ["2", date, "explain", "half.py:4-6", model, "shown", "9", "+", "4", "0.9"],
        ["1", date, "refactor", "half.py:4-6", model, "shown", "9", "+", "4", "0.9"],
    ]


async def test_the_newest_come_first_and_only_so_many(tmp_path: Path) -> None:
    await ran(tmp_path, "explain")
    with closing(opened(tmp_path)) as journal:
        for _ in range(25):
            journal.record(Entry(outcome="shown"))
    numbers = [[each["number"] for each in await listed(tmp_path, *how)] for how in (
        (), ("--limit", "3"), ("--all",),
    )]  # fmt: skip
    assert numbers == [[*range(26, 6, -1)], [26, 25, 24], [*range(26, 0, -1)]]


async def test_json_has_every_figure_and_no_code(tmp_path: Path) -> None:
    path = await ran(tmp_path, "refactor")
    (entry,) = await listed(tmp_path)
    assert entry.pop("time").startswith(time.strftime("%Y-", time.gmtime()))
    assert entry.pop("neurons") == pytest.approx(0.9, abs=0.1)
    assert entry == {
        "number": 1,
        "action": "refactor",
        "uri": path.as_uri(),
        "firstLine": 4,
        "lastLine": 6,
        "model": "@cf/qwen/qwen2.5-coder-32b-instruct",
        "outcome": "shown",
        "detail": "It was not written to the file.",
        "tokensIn": 9,
        "tokensOut": 4,
        "tokensCached": entry["tokensCached"],
    }
    shown = await command(tmp_path, "history", "show", "1", "--json")
    assert json.loads(shown.out)["answer"] == WHOLE


async def test_nothing_yet(tmp_path: Path) -> None:
    result = await command(tmp_path, "history")
    assert (result.code, result.out, result.err) == (0, "The journal has no answers.\n", "")
    assert await listed(tmp_path) == []


async def test_show_prints_the_answer_as_it_came(tmp_path: Path) -> None:
    await ran(tmp_path, "refactor")
    result = await command(tmp_path, "history", "show", "1")
    assert (result.code, result.out) == (0, f"{WHOLE}\n")
    assert result.err == (
        "refactor of half.py:4-6 by @cf/qwen/qwen2.5-coder-32b-instruct, shown: "
        "It was not written to the file.\n"
    )


@pytest.mark.parametrize("what", ["show", "apply"])
@pytest.mark.parametrize("number", ["7", "0", "x", str(2**64)])
async def test_a_number_that_is_none(tmp_path: Path, what: str, number: str) -> None:
    work(tmp_path)
    result = await command(tmp_path, "history", what, number)
    assert (result.code, result.out) == (2, "")
    if int(number, 36) not in (0, 33):
        assert f"no answer {number}; `workers-ai-ls history` lists them." in result.err


async def test_apply_shows_the_difference_and_writes_nothing(tmp_path: Path) -> None:
    path = await ran(tmp_path, "refactor")
    result = await command(tmp_path, "history", "apply", "1")

    assert (result.code, result.out) == (0, DIFFERENCE)
    assert result.sentences == ["Nothing was written; --write writes half.py."]
    assert path.read_text() == HALF
    assert (await command(tmp_path, "history", "apply", "1", "--diff")).out == DIFFERENCE


@pytest.mark.parametrize("outcome", ["reverted", "running"])
@pytest.mark.parametrize("way", [(), ("--diff",), ("--json",)])
async def test_what_was_not_written_was_not_applied(
    tmp_path: Path, outcome: Any, way: tuple[str, ...]
) -> None:
    await ran(tmp_path, "refactor")
    with closing(opened(tmp_path)) as journal:
        journal.update(1, outcome=outcome, detail="as before")
    assert (await command(tmp_path, "history", "apply", "1", *way)).code == 0
    (entry,) = await listed(tmp_path)
    assert entry["outcome"] == {"running": "interrupted"}.get(outcome, outcome)
    assert entry["detail"] == "as before"


async def test_apply_needs_neither_account_nor_model(tmp_path: Path) -> None:
    """Also where the code has moved; and what becomes of the answer is kept with it."""
    path = await ran(tmp_path, "refactor")
    path.write_text("# new\n\n" + HALF)
    with closing(opened(tmp_path)) as journal:
        journal.update(1, outcome="reverted")
    result = await command(tmp_path, "history", "apply", "1", "--write")

    assert result.code == 0
    assert result.sentences == ["Wrote half.py."]
    assert path.read_text() == "# new\n\n" + REWRITTEN
    (entry,) = await listed(tmp_path)
    assert (entry["outcome"], entry["tokensIn"]) == ("applied", 9)


async def test_apply_adds_tests_where_they_belong(tmp_path: Path) -> None:
    path = await ran(tmp_path, "tests", answer=(TESTS,))
    result = await command(tmp_path, "history", "apply", "1", "--write")

    assert result.code == 0
    told, wrote = result.sentences
    assert told.startswith("AI: Write tests: 1 test written to tests/test_half.py; run it with: ")
    assert wrote == "Wrote tests/test_half.py (new)."
    created = path.parent / "tests" / "test_half.py"
    assert "assert half(4) == 2" in created.read_text()


async def test_code_that_has_changed_since_is_not_replaced(tmp_path: Path) -> None:
    path = await ran(tmp_path, "refactor")
    changed = HALF.replace("x / 2", "x / 3")
    path.write_text(changed)
    result = await command(tmp_path, "history", "apply", "1", "--write")

    assert (result.code, result.out) == (3, "")
    assert path.read_text() == changed
    assert "-    y = x / 3\n-    return y\n+    return x / 2\n" in result.err
    assert "has changed since, so it was not replaced." in result.err
    assert "AI: Apply anyway" not in result.err
    (entry,) = await listed(tmp_path)
    assert entry["outcome"] == "held"


async def test_json_of_what_was_applied(tmp_path: Path) -> None:
    path = await ran(tmp_path, "refactor")
    result = await command(tmp_path, "history", "apply", "1", "--json")
    data = json.loads(result.out)
    assert (data["ended"], data["exitCode"], data["answer"]) == ("done", 0, WHOLE)
    assert data["files"] == [{"path": str(path), "before": HALF, "after": REWRITTEN}]


async def test_an_explanation_is_nothing_to_apply(tmp_path: Path) -> None:
    await ran(tmp_path, "explain", answer=("It halves.",))
    result = await command(tmp_path, "history", "apply", "1")
    assert (result.code, result.out) == (1, "")
    assert "Answer 1 is no edit" in result.err


async def test_a_file_that_is_gone_is_named(tmp_path: Path) -> None:
    path = await ran(tmp_path, "refactor")
    path.unlink()
    result = await command(tmp_path, "history", "apply", "1")
    assert (result.code, result.out) == (1, "")
    assert f"{path}, for which this answer was, is no file any more" in result.err


async def test_options_that_exclude_each_other(tmp_path: Path) -> None:
    work(tmp_path)
    result = await command(tmp_path, "history", "apply", "1", "--write", "--diff")
    assert result.code == 2
