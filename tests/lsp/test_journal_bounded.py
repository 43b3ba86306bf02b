"""A server that runs for weeks keeps its journal within what its user has set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.journal import Entry, opening
from workers_ai_ls.lsp.services import _open
from workers_ai_ls.settings import JournalBounds

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

_LIMIT = 1_000_000
_BETWEEN = 64
"""Answers between two times at which an open journal is pruned."""


def test_a_journal_that_stays_open_never_grows_past_its_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "journal_path", lambda: tmp_path / "journal.sqlite3")
    journal = _open(JournalBounds(megabytes=1))
    size = 5_000
    largest = 0
    for _ in range(1_000):
        journal.record(Entry(answer="x" * size, outcome="shown"))
        largest = max(largest, journal.path.stat().st_size)
    journal.close()
    # A page holds less than its size, so an answer takes somewhat more than its text.
    assert largest < _LIMIT + 2 * _BETWEEN * size
