"""What stands in a log, where no line can be overwritten."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from workers_ai_ls.cli import showing

if TYPE_CHECKING:
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
