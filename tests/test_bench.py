"""The benchmarks run, and their figures are what they promise; nothing here asserts a time."""

from __future__ import annotations

import asyncio
import json
import math
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.bench.__main__ import main
from tests.bench.benchmark import Benchmark, Figure, NotThere, Result, Table
from tests.bench.benchmarks import BENCHMARKS
from tests.bench.machine import machine
from tests.bench.measuring import in_turns
from tests.bench.report import change, is_worse
from tests.bench.sample_code import line_of, python_source
from tests.bench.typist import session
from workers_ai_ls.text import Document

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "def f(x):\n    return x\n" * 20


@pytest.mark.skipif(sys.platform == "win32", reason="other processes are not measured there")
@pytest.mark.parametrize("benchmark", BENCHMARKS, ids=lambda each: each.name)
async def test_the_short_form_measures_every_figure(benchmark: Benchmark) -> None:
    async with asyncio.timeout(120):
        try:
            result = await benchmark.measure(short=True)
        except NotThere as error:
            pytest.skip(str(error))
    assert result.figures.keys() == {each.name for each in benchmark.figures}
    assert all(math.isfinite(value) for value in result.figures.values())
    for table in result.tables:
        assert all(len(cells) == len(table.columns) - 1 for _, cells in table.rows)


def test_without_a_name_it_lists_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    shown = capsys.readouterr().out
    assert all(f"{each.name} " in shown for each in BENCHMARKS)


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "nothing" in capsys.readouterr().err


@pytest.fixture
def speed(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """Put in place of all benchmarks one that is called `speed`; gives what it will measure."""
    figures = {"delay_ms": 2.0, "throughput": 10.0}

    async def measure(*, short: bool) -> Result:
        assert short
        return Result(dict(figures), [Table(("side", "ms"), [("ours", [2.0])])])

    declared = (Figure("delay_ms", "a delay"), Figure("throughput", "more", more_is_better=True))
    benchmark = Benchmark("speed", "how fast it is", declared, measure)
    monkeypatch.setattr("tests.bench.__main__.BENCHMARKS", (benchmark,))
    return figures


def test_the_file_holds_name_figures_and_machine(speed: dict[str, float], tmp_path: Path) -> None:
    file = tmp_path / "now.json"
    assert main(["speed", "--short", "--json", str(file)]) == 0
    kept = json.loads(file.read_text())
    assert kept.keys() == {"bench", "figures", "machine"}
    assert kept["bench"] == "speed"
    assert kept["figures"] == speed
    assert kept["machine"]["form"] == "short"
    assert kept["machine"]["python"]


@pytest.mark.parametrize(
    ("delay", "throughput", "marked"),
    [
        (2.0, 10.0, set()),
        (2.1, 9.5, set()),
        (2.3, 10.0, {"delay_ms"}),
        (1.0, 12.0, set()),
        (2.0, 8.9, {"throughput"}),
        (3.0, 5.0, {"delay_ms", "throughput"}),
    ],
)
def test_compare_marks_what_is_worse_by_more_than_a_tenth(
    speed: dict[str, float],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    delay: float,
    throughput: float,
    marked: set[str],
) -> None:
    old = str(tmp_path / "old.json")
    main(["speed", "--short", "--json", old])
    capsys.readouterr()
    speed.update(delay_ms=delay, throughput=throughput)
    assert main(["speed", "--short", "--compare", old]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line.split()[0] for line in lines if "REGRESSION" in line} == marked


def test_compare_says_when_the_conditions_differ(
    speed: dict[str, float], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old.json"
    told = machine(short=False) | {"cores": 64}
    old.write_text(json.dumps({"bench": "speed", "figures": speed, "machine": told}))
    main(["speed", "--short", "--compare", str(old)])
    assert "Not the same conditions (form, cores)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ({"bench": "other", "figures": {}, "machine": {}}, "figures of `other`, not of `speed`"),
        ({"figures": {}}, "not written by"),
        ([], "not written by"),
    ],
)
@pytest.mark.usefixtures("speed")
def test_compare_refuses_other_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: Any, reason: str
) -> None:
    old = tmp_path / "old.json"
    old.write_text(json.dumps(content))
    assert main(["speed", "--short", "--compare", str(old)]) == 2
    assert reason in " ".join(capsys.readouterr().out.split())


def test_a_figure_without_a_meaningful_old_value_is_no_regression() -> None:
    assert change(0.0, 5.0) is None
    assert change(None, 5.0) is None
    assert change(-1.0, 5.0) is None
    assert not is_worse(None, more_is_better=False)


async def test_sides_take_turns_and_each_round_begins_with_another() -> None:
    order: list[str] = []

    async def ours() -> float:
        order.append("ours")
        return 1.0

    async def theirs() -> float:
        order.append("theirs")
        return 2.0

    runs = await in_turns({"ours": ours, "theirs": theirs}, 3)
    assert order == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert runs == {"ours": [1.0] * 3, "theirs": [2.0] * 3}


def test_a_session_changes_the_text_and_leaves_it_as_it_was() -> None:
    document = Document("file:///a.py", "python", 0, TEXT)
    seen = set()
    for version, changes in enumerate(session(TEXT, places=2), 1):
        document.apply(changes, version, "utf-16")
        seen.add(document.snapshot().text)
    assert document.snapshot().text == TEXT
    assert any("# 😋" in text and "# pasted" in text for text in seen)
    assert any(text.count("    price") > TEXT.count("    price") for text in seen)


def test_a_session_has_several_changes_in_one_notification() -> None:
    assert {len(changes) for changes in session(TEXT)} >= {1, 3, 8}


@pytest.mark.parametrize("lines", [1, 200, 2_000])
def test_source_has_as_many_lines_as_asked_for(lines: int) -> None:
    source = python_source(lines)
    assert source.count("\n") == lines
    compile(python_source(200), "sample", "exec")


def test_a_line_is_found_past_its_share_of_the_text() -> None:
    assert line_of("a\nb\na\nb\n", "b", 0.0) == 1
    assert line_of("a\nb\na\nb\n", "b", 0.5) == 3
