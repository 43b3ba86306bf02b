"""What `doctor` says of the editors that have started a server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.cli.editor_checks import editor_checks
from workers_ai_ls.journal.runs import Run, last_runs, note_run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

RUN = Run("Neovim", "0.11.4", 1e9, "/usr/bin/python3", "0.1.0", ("/srv/app",))


def test_the_last_start_of_each_editor_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    problem = "The setting workersAI.top is unknown: remove it."
    note_run(RUN)
    note_run(Run("Neovim", "0.12", 2e9, "/usr/bin/python3", "0.1.0", ("/srv/app",)))
    settings = {"model": ("@cf/x/y", "the editor's settings")}
    note_run(Run("a/../b 🦄", "", 1.5e9, "/py", "0.1.0", settings=settings, problems=(problem,)))
    neovim, odd = editor_checks()
    assert neovim.name == "Neovim"
    assert neovim.status == "ok"
    assert " 0.12 in /srv/app, by /usr/bin/python3; every setting at its default" in neovim.sentence
    assert odd.status == "fix"
    assert "model @cf/x/y (the editor's settings)" in odd.sentence
    assert problem in odd.sentence


def test_what_cannot_be_read_or_written_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "runs").mkdir()
    note_run(RUN, tmp_path / "runs")
    (tmp_path / "runs" / "odd.json").write_text('{"editor": 1}')
    (tmp_path / "runs" / "broken.json").write_text("{")
    (tmp_path / "file").write_text("")
    note_run(RUN, tmp_path / "file" / "runs")
    assert last_runs(tmp_path / "runs") == [RUN]
