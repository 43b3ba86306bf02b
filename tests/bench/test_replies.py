"""The benchmark of recorded replies: its labels, and that it tells right readings from wrong ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, get_args

import pytest

from tests.bench.__main__ import main
from tests.bench.benchmark import NotThere, Result
from tests.bench.recorded_replies import LABELS, Label, hash_of, recorded_replies
from tests.bench.replies import REPLIES, measured
from tests.bench.reply_judging import judged
from tests.bench.reply_reading import outcome_of
from workers_ai_ls.reply.outcomes import CreateFile, Hold, Replace, Show, Unchanged

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bench.recorded_replies import Recorded
    from workers_ai_ls.actions import Outcome

EDITED = "Make it halve.\n```python\ndef half(x):\n    return x * 2\n```\n"
HALF = "def half(x):\n    return x / 2\n"


def row(text: str, task: str = "edit", finish: str | None = None, **more: str) -> dict[str, Any]:
    kept = {"model": "maker/small", "language": "python", "prompt_or_before": EDITED}
    return {**kept, **more, "task": task, "raw_answer": text, "meta": {"finish_reason": finish}}


def recorded(
    folder: Path, rows: list[dict[str, Any]], labels: list[dict[str, Any]]
) -> list[Recorded]:
    """Write rows and labels as they are kept, and read them."""
    replies, told = folder / "replies.jsonl", folder / "labels.json"
    replies.write_text("".join(json.dumps(each) + "\n" for each in rows))
    pairs = zip(rows, labels, strict=True)
    hashed = [{"hash": hash_of(each["raw_answer"]), **label} for each, label in pairs]
    told.write_text(json.dumps({str(number): each for number, each in enumerate(hashed)}))
    return recorded_replies(replies, told)


def one(folder: Path, text: str, **label: Any) -> Recorded:
    given: dict[str, Any] = {"label": "answer", "definitions": ["half"], **label}
    return recorded(folder, [row(text)], [given])[0]


def test_the_figures_count_what_is_read_right(tmp_path: Path) -> None:
    rows = [
        row(f"Here it is:\n```python\n{HALF}```\nIt halves."),
        row("```python\n" + HALF + "```", "write_tests", language="python"),
        row("It takes `x` and doubles it.", "explain"),
        row("I'm sorry, but I can't help with that."),
        row("```python\ndef half(x):\n    return x /", finish="length"),
        row("First think about what half means, then divide."),
        row("First think about what half means, then divide."),
    ]
    labels: list[dict[str, Any]] = [
        {"label": "answer", "definitions": ["half"]},
        {"label": "answer", "definitions": ["test_half"]},
        {"label": "answer"},
        {"label": "refusal", "reason": "declines"},
        {"label": "truncated", "reason": "ends in an expression"},
        {"label": "no code", "reason": "advice"},
        {"label": "refusal", "reason": "wrongly labelled"},
    ]
    result = measured(recorded(tmp_path, rows, labels))
    assert result.figures == {
        "answer_rate": 2 / 3,
        "refusal_recall": 1 / 2,
        "truncation_recall": 1.0,
        "rows": 7,
    }
    assert [line.partition(" ")[0] for line in result.failures] == ["1", "6"]
    tasks = {name: cells for table in result.tables for name, cells in table.rows}
    assert list(tasks["edit"])[:3] == [5, 1, 100.0]
    assert list(tasks["small"])[:3] == [7, 3, 200 / 3]


@pytest.mark.parametrize(
    ("outcome", "wrong"),
    [
        (Replace(HALF), ""),
        (Replace("def half(x:\n    return x / 2"), "parse errors"),
        (Replace("def double(x):\n    return x * 2\n"), "`half` is missing"),
        (Replace(f"{HALF}```\n"), "not code"),
        (Replace(f"{HALF}>>>>>>> REPLACE\n"), "not code"),
        (Replace(f"{HALF}\n>>> half(2)\n1\n"), "not code"),
        (Replace('def half(x):\n    """Halve.\n\n    ```\n    """\n'), ""),
        (Hold("It was cut off, so nothing was changed.", Replace(HALF)), "hold: It was cut off"),
        (Unchanged("Already fine."), "unchanged"),
        (Show("half", "It"), "words are missing"),
    ],
)
def test_an_answer_is_right_when_its_code_is_taken_whole_and_clean(
    tmp_path: Path, outcome: Outcome, wrong: str
) -> None:
    answer = one(tmp_path, f"```python\n{HALF}```")
    _, material = outcome_of(answer)
    said = judged(answer, outcome, material).wrong
    assert wrong in said
    assert bool(wrong) == bool(said)


def test_an_answer_that_repeats_the_code_may_change_nothing(tmp_path: Path) -> None:
    answer = one(tmp_path, "```python\ndef half(x):\n    return x * 2\n```\nIt is fine.")
    outcome, material = outcome_of(answer)
    assert isinstance(outcome, Unchanged)
    assert not judged(answer, outcome, material).wrong


@pytest.mark.parametrize("label", ["refusal", "truncated", "no code"])
def test_what_is_no_answer_must_not_be_taken(tmp_path: Path, label: str) -> None:
    nothing = one(tmp_path, "Sorry.", label=label)
    _, material = outcome_of(nothing)
    assert judged(nothing, CreateFile("/a.py", HALF), material).wrong


def test_prose_counts_where_no_grammar_finds_it(tmp_path: Path) -> None:
    reply = row("```julia\nhalf(x) = x / 2\n```", language="julia")
    julia = recorded(tmp_path, [reply], [{"label": "answer", "definitions": ["half"]}])[0]
    _, material = outcome_of(julia)
    said = "half(x) = x / 2\n\nThis function takes a number and halves it."
    assert "not code" in judged(julia, Replace(said), material).wrong
    assert not judged(julia, Replace("# This one\nhalf(x) = x / 2"), material).wrong


def test_an_answer_is_whole_with_its_lines_and_no_others(tmp_path: Path) -> None:
    text = f"```python\nimport math\n{HALF}half(3)\n```"
    answer = one(tmp_path, text, code=[[1, 4]], spare=[[4, 5]])
    _, material = outcome_of(answer)
    for outcome, wrong in (
        (Replace(f"import math\n{HALF}"), ""),
        (Replace(HALF, imports=("import math",)), ""),
        (Replace(f"import math\n{HALF}half(3)"), ""),
        (Replace(HALF), "lost: 'import math'"),
        (Replace(f"import math\n{HALF}half(4)"), "from elsewhere: 'half(4)'"),
    ):
        assert judged(answer, outcome, material).wrong == wrong


def test_a_changed_reply_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(NotThere, match="Reply 0 is not the one"):
        one(tmp_path, "Sorry.", hash="0" * 12)


def test_without_the_replies_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def absent() -> list[Recorded]:
        return recorded_replies(tmp_path / "nothing.jsonl")

    monkeypatch.setattr("tests.bench.replies.recorded_replies", absent)
    assert main(["replies", "--short"]) == 2
    assert "The recorded replies are not at" in capsys.readouterr().out


def test_failures_are_listed_on_request(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def measure(*, short: bool) -> Result:
        assert short
        return Result({each.name: 1.0 for each in REPLIES.figures}, [], ["7 edit [x]: misread"])

    monkeypatch.setattr(
        "tests.bench.__main__.BENCHMARKS", (type(REPLIES)("replies", "", REPLIES.figures, measure),)
    )
    main(["replies", "--short"])
    assert "misread" not in capsys.readouterr().out
    main(["replies", "--short", "--failures"])
    assert "7 edit [x]: misread" in capsys.readouterr().out


def test_every_label_is_one_and_says_why() -> None:
    labels = json.loads(LABELS.read_text("utf-8"))
    assert list(labels) == [str(number) for number in range(len(labels))]
    for each in labels.values():
        assert each["label"] in get_args(Label)
        assert bool(each.get("reason")) == (each["label"] != "answer")
