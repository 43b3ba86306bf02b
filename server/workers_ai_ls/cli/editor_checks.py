"""What `doctor` says of each editor: with what its last server started."""

from __future__ import annotations

import time

from workers_ai_ls.journal.runs import Run, last_runs

from .check import Check


def editor_checks() -> list[Check]:
    """One finding for each editor that has started a server."""
    return [
        Check(run.editor, "fix" if run.problems else "ok", _sentence(run)) for run in last_runs()
    ]


def _sentence(run: Run) -> str:
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(run.time))
    folders = ", ".join(run.folders) or "no folder"
    version = f" {run.editor_version}" if run.editor_version else ""
    used = "; ".join(f"{name} {value} ({origin})" for name, (value, origin) in run.settings.items())
    told = [
        f"{when},{version} in {folders}, by {run.program}",
        used or "every setting at its default",
        *run.problems,
    ]
    return "; ".join(told)
