"""The real command as a subprocess, with a home of its own.

```
result = await command(folder, "run", "explain", "half.py:1", endpoint=endpoint)
assert result.code == 0
```
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import sys
from typing import TYPE_CHECKING

import attrs

from tests.lsp_editor import server_environment

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.scripted_endpoint import ScriptedEndpoint

LIMIT_S = 240.0
"""For a machine that is busy with a model as well; a command takes some two seconds by itself."""

HALF = "import math\n\n\ndef half(x):\n    y = x / 2\n    return y\n\n\nprint(half(4))\n"
REWRITTEN = HALF.replace("    y = x / 2\n    return y\n", "    return x / 2\n")
ANSWER = ("```python\ndef half(x):\n", "    return x / 2\n", "```")
TESTS = "```python\nfrom half import half\n\n\ndef test_half():\n    assert half(4) == 2\n```"


_PROGRESS = re.compile(
    r"starting the server|waiting for|connecting|no connection|\d+ tokens?\b|thinking\b"
    r"|[A-Z][\w .]+, [\d,]+ tokens? in"
)


@attrs.frozen
class Result:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def sentences(self) -> list[str]:
        """The lines on standard error but for the progress and what the answer cost."""
        return [line for line in self.err.splitlines() if not _PROGRESS.match(line)]


def work(folder: Path, text: str | bytes = HALF, name: str = "half.py") -> Path:
    """A file in a project of the test's own, with its bytes as given."""
    project = folder / "project"
    project.mkdir(exist_ok=True)
    (project / "pyproject.toml").write_text("[tool.pytest.ini_options]\n")
    path = project / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


async def command(
    folder: Path,
    *arguments: str,
    endpoint: ScriptedEndpoint | None = None,
    environment: dict[str, str] | None = None,
    cwd: Path | None = None,
    stdin: bytes = b"",
) -> Result:
    """Run `workers-ai-ls` to its end, standing in the project (or in `cwd`)."""
    async with begun(
        folder, *arguments, endpoint=endpoint, environment=environment, cwd=cwd
    ) as process:
        async with asyncio.timeout(LIMIT_S):
            out, err = await process.communicate(stdin)
        return Result(process.returncode or 0, out.decode(), err.decode())


def command_environment(folder: Path, endpoint: ScriptedEndpoint | None = None) -> dict[str, str]:
    """A home of its own; warnings are told, for they have no place on a person's terminal."""
    # Not the development mode: asyncio then tells of every step that takes 100 ms.
    own = {"PYTHONDEVMODE": "", "PYTHONWARNINGS": "default"}
    return server_environment(folder, endpoint) | own


@contextlib.asynccontextmanager
async def begun(
    folder: Path,
    *arguments: str,
    endpoint: ScriptedEndpoint | None = None,
    environment: dict[str, str] | None = None,
    cwd: Path | None = None,
    program: str = "",
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start `workers-ai-ls`; it is ended with the block if it has not ended before.

    `program` is Python that runs it, where a test needs it to be run in another way.
    """
    project = folder / "project"
    how = ("-c", program) if program else ("-m", "workers_ai_ls")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", *how, *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=command_environment(folder, endpoint) | (environment or {}),
        cwd=cwd or (project if project.is_dir() else folder),
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
