"""What stands in a log, where no line can be overwritten."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING

from workers_ai_ls.cli import showing

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_log_gets_what_is_new_at_once_and_how_long_it_takes_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    terminal = showing.Terminal()
    for second in range(7):
        now = 100.0 + second
        took = f" ({second} s)" if second else ""
        terminal.status(f"waiting for a-model{took}")
    terminal.status("too large, trying again with less context (6 s)")
    for second in range(7, 13):
        now = 100.0 + second
        terminal.status(f"{second} tokens ({second} s)")
    assert capsys.readouterr().err.splitlines() == [
        "waiting for a-model",
        "waiting for a-model (5 s)",
        "too large, trying again with less context (6 s)",
        "11 tokens (11 s)",
    ]


def test_an_answer_stays_whole_in_a_log_of_both_streams(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = ["waiting for a-model", "2 tokens (9 s)", "Done."]
    assert _logged(monkeypatch, tmp_path / "out", tmp_path / "err") == ("It halves.\n", told)

    log, _ = _logged(monkeypatch, tmp_path / "log", tmp_path / "log")
    assert log == "waiting for a-model\nIt halves.\nDone.\n"


def _logged(monkeypatch: pytest.MonkeyPatch, out: Path, err: Path) -> tuple[str, list[str]]:
    """What an answer leaves on standard output, and which lines on standard error."""
    now = 100.0
    with contextlib.ExitStack() as files, monkeypatch.context() as patched:
        patched.setattr(time, "monotonic", lambda: now)
        patched.setattr(sys, "stdout", files.enter_context(out.open("a")))
        patched.setattr(sys, "stderr", files.enter_context(err.open("a")))
        terminal = showing.Terminal(result=True)
        terminal.status("waiting for a-model")
        terminal.text("It hal")
        now = 109.0
        terminal.status("2 tokens (9 s)")
        terminal.text("ves.")
        terminal.end()
        terminal.say("Done.")
    return out.read_text(), err.read_text().splitlines()
