"""The symbol index of a workspace for one command: opened, and brought in line with the disk first."""

from __future__ import annotations

import contextlib
import sys
import time
from typing import TYPE_CHECKING

import typer

from workers_ai_ls.workspace.index import IndexUnavailable, is_current, open_index

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workers_ai_ls.workspace.index import Index, Progress

_SHOWN_AFTER_S = 1.0
"""A build that takes longer is told of."""


@contextlib.contextmanager
def current_index(root: Path) -> Iterator[Index]:
    """The whole index of a workspace. What keeps it from being whole is told on standard error."""
    index = open_index(root)
    try:
        if not _is_current(root):
            _build(index)
        if problem := index.take_problem():
            typer.echo(f"workers-ai-ls: {problem}", err=True)
        yield index
    finally:
        index.close()


def _is_current(root: Path) -> bool:
    try:
        return is_current(root)
    except IndexUnavailable:
        # It is built elsewhere, for this once.
        return False


def _build(index: Index) -> None:
    import asyncio

    began, shown = time.monotonic(), False
    watched = sys.stderr.isatty()

    def tell(progress: Progress) -> None:
        nonlocal shown
        # In place where a person watches; a file or a pipe is told once.
        if time.monotonic() - began < _SHOWN_AFTER_S or (shown and not watched):
            return
        shown = True
        what = f"indexing {index.root.name}: {progress.done:,} of {progress.total:,} files"
        typer.echo(f"\r{what}" if watched else what, err=True, nl=not watched)

    asyncio.run(index.build(tell))
    if shown and watched:
        typer.echo("", err=True)
