"""What an answer for a few lines of a very long document is judged by, without reading all of it."""

from __future__ import annotations

import pytest

from tests.bench.sample_code import line_of, python_source
from workers_ai_ls.actions import gate, whole
from workers_ai_ls.actions.regions import Source, source_of
from workers_ai_ls.context import Material, Selection, gather
from workers_ai_ls.reply.outcomes import Hold, Replace
from workers_ai_ls.syntax import language_for, parse
from workers_ai_ls.text import snapshot_of

PYTHON = language_for("python", "")


def material(text: str) -> Material:
    snapshot = snapshot_of("file:///a.py", "python", 0, text)
    at = snapshot.line_start(line_of(text, "total = total", 0.9)) + 8
    return gather(Selection(snapshot, at, at, PYTHON, "a.py"))


def _not_now(*_args: object) -> None:
    pytest.fail("This takes seconds in a document of 100,000 lines.")


def test_a_short_answer_does_not_hold_a_long_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "_import_lines", _not_now)
    source = source_of(material(python_source(5_000)))
    assert not whole.covers("    def total(self):\n        return 1\n", source, PYTHON)


def test_a_long_file_that_is_repeated_is_seen() -> None:
    text = python_source(5_000)
    assert whole.covers(
        text.replace("total = total + item", "total += item"), source_of(material(text)), PYTHON
    )


def test_a_file_of_many_imports_is_no_long_one() -> None:
    lines = [
        *(f"import a{n}" for n in range(1_500)),
        "x = 1",
        "y = 2",
        "z = 3",
        "def f():",
        "    g()",
    ]
    source = Source((*lines, ""), len(lines) - 2, len(lines), "", "")
    assert whole.covers("x = 1\ny = 2\nz = 3\ndef f():\n    h()\n", source, PYTHON)


def test_errors_are_counted_only_if_both_texts_have_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "error_count", _not_now)
    good = material(python_source(200))
    assert isinstance(gate.gated(Replace("x = 1"), good), Replace)
    assert isinstance(gate.gated(Replace("x = ("), good), Hold)


@pytest.mark.parametrize(("answer", "kept"), [("x = 1", True), ("x = (((\n)))) = [", False)])
def test_of_two_broken_texts_the_one_with_more_errors_is_worse(answer: str, kept: bool) -> None:  # noqa: FBT001 - a row of the table
    broken = material("def a(:\n    pass\n\n\n" + python_source(200))
    tree = parse(PYTHON, broken.text)
    assert tree
    assert tree.node.has_error
    assert isinstance(gate.gated(Replace(answer), broken), Replace if kept else Hold)
