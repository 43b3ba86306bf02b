"""`usage`: what the journal's answers cost, summed for people and for programs."""

from __future__ import annotations

import json
import time
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.command import command, work
from tests.scripted_endpoint import ScriptedEndpoint, native_stream
from workers_ai_ls.journal import Entry, open_journal

if TYPE_CHECKING:
    from pathlib import Path

DAY = 86_400
NOW = time.time()
TODAY, YESTERDAY = (time.strftime("%Y-%m-%d", time.gmtime(NOW - ago)) for ago in (0, DAY))
DEFAULT = "@cf/qwen/qwen2.5-coder-32b-instruct"


async def journal_of(folder: Path, *entries: Entry) -> None:
    """Have one answer explained by the real command, then add entries to its journal."""
    work(folder)
    async with ScriptedEndpoint(native_stream("It halves.")) as endpoint:
        ran = await command(folder, "run", "explain", "half.py:5", endpoint=endpoint)
    assert "s, 9 tokens in, 4 out, 0.9 neurons." in ran.err
    (file,) = (folder / "home").rglob("journal.sqlite3")
    with closing(open_journal(file)) as journal:
        for entry in entries:
            journal.record(entry)


def spent(neurons: float | None, *, ago: int = 0, action: str = "refactor") -> Entry:
    return Entry(
        time=NOW - ago * DAY,
        action=action,
        model="@cf/other/model",
        tokens_in=None if neurons is None else 1000,
        tokens_cached=None if neurons is None else 500,
        tokens_out=20,
        neurons=neurons,
    )


async def test_tables_by_day_action_and_model(tmp_path: Path) -> None:
    await journal_of(
        tmp_path, spent(12_000.0), spent(30_000.0, ago=1), spent(None), spent(9.0, ago=9)
    )
    result = await command(tmp_path, "usage", "--days", "7")

    assert (result.code, result.err) == (0, "")
    rows = [line.split() for line in result.out.splitlines()]
    assert [YESTERDAY, "1", "1,000", "500", "20", "30,000.0", "0.22"] in rows
    assert [TODAY, "3", "1,009", "500", "44", "12,000.9", "0.02"] in rows
    assert ["all", "4", "2,009", "1,000", "64", "42,000.9", "0.24"] in rows
    assert ["explain", "1", "9", "0", "4", "0.9"] in rows
    assert ["refactor", "3", "2,000", "1,000", "60", "42,000.0"] in rows
    assert [DEFAULT, "1", "9", "0", "4", "0.9"] in rows
    assert "Of 1 of these answers" in result.out


async def test_json_for_programs(tmp_path: Path) -> None:
    await journal_of(tmp_path, spent(12_000.0), spent(30_000.0, ago=1), spent(9.0, ago=9))
    data = json.loads((await command(tmp_path, "usage", "--json")).out)

    assert (data["days"], data["free_neurons_per_day"]) == (30, 10_000)
    by_day: dict[str, dict[str, Any]] = {each["day"]: each for each in data["by_day"]}
    assert len(by_day) == 3
    assert by_day[YESTERDAY]["usd_above_free"] == pytest.approx(0.22)
    assert by_day[TODAY]["usd_above_free"] == pytest.approx(0.022, abs=1e-4)
    assert data["total"]["usd_above_free"] == pytest.approx(0.242, abs=1e-4)
    assert data["total"]["answers"] == 4
    assert {each["action"] for each in data["by_action"]} == {"explain", "refactor"}
    assert {each["model"]: each["tokens_cached"] for each in data["by_model"]} == {
        DEFAULT: 0,
        "@cf/other/model": 1500,
    }


async def test_nothing_yet(tmp_path: Path) -> None:
    result = await command(tmp_path, "usage", "--days", "1")
    assert (result.code, result.err) == (0, "")
    assert result.out == "The journal has no answers of today (UTC).\n"
    data = json.loads((await command(tmp_path, "usage", "--json")).out)
    assert data["total"]["answers"] == 0
    assert data["by_day"] == []


@pytest.mark.parametrize("days", ["0", "-1", "many"])
async def test_days_that_are_none(tmp_path: Path, days: str) -> None:
    assert (await command(tmp_path, "usage", "--days", days)).code == 2


async def test_a_journal_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    await journal_of(tmp_path)
    (file,) = (tmp_path / "home").rglob("journal.sqlite3")
    for each in file.parent.glob("journal*"):
        each.unlink()
    file.mkdir()
    result = await command(tmp_path, "usage")
    assert "cannot be used" in result.err
    assert "no answers" in result.out
