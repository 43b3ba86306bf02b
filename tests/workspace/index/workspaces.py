"""Small workspaces, and indexes of them that stay out of the user's cache."""

import asyncio
import subprocess
import sys
from pathlib import Path

from workers_ai_ls.workspace.index import Index, Progress, open_index

LIMIT = 60.0
"""Seconds that anything here may take on a slow machine."""


def write(root: Path, files: dict[str, str]) -> Path:
    """Write files by their paths below `root`."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


async def built(root: Path, cache: Path) -> Index:
    """Open an index and build it."""
    index = open_index(root, cache=cache)
    await build(index)
    return index


async def build(index: Index) -> list[Progress]:
    """Bring an index in line with the disk; gives what was told meanwhile."""
    told: list[Progress] = []
    async with asyncio.timeout(LIMIT):
        await index.build(told.append)
    return told


def paths(index: Index, name: str) -> list[str]:
    """Name the files that define something."""
    return [found.path for found in index.definitions(name)]


def start_builder(root: Path, database: Path) -> subprocess.Popen[str]:
    """Start a builder as the server does."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "workers_ai_ls.workspace.index", str(root), str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
