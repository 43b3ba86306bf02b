"""Starting the embedded model in a process of its own, and stopping it."""

import asyncio
import contextlib
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterable
from types import TracebackType
from typing import Literal, Self

import attrs

from workers_ai_local.extra import require_extra
from workers_ai_local.handover import Announcement, Settings
from workers_ai_local.model_file import ModelFile
from workers_ai_ls.errors import Failure

WINDOW = 8192
"""Tokens of prompt and answer together that the embedded models serve."""

IDLE_SECONDS = 600.0
"""How long the process stays without a request."""

ACCOUNT_ID = "0" * 32
"""The local endpoint takes any account whose id is shaped like a real one, as this one is."""

_START_LIMIT = 120.0
_STOP_LIMIT = 3.0


@attrs.define
class LocalEndpoint:
    """A running process that serves a model. It goes with its starter, and after idle time."""

    base_url: str
    """Takes the place of `https://api.cloudflare.com/client/v4`."""
    token: str = attrs.field(repr=False)
    model: str
    """The id to ask for; a real small model on this machine, for trying things out."""
    _process: subprocess.Popen[bytes]
    account_id: str = ACCOUNT_ID

    @property
    def origin(self) -> str:
        """Below it are `/v1`, plain or with account and gateway, and `/run`."""
        return self.base_url.removesuffix("/client/v4")

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    @property
    def running(self) -> bool:
        """Whether the process is still there: after idle time it is not."""
        return self._process.poll() is None

    def wait(self) -> int:
        """Block until the process ends; returns its exit code, 0 after idle time."""
        return self._process.wait()

    def stop(self) -> None:
        """End the process, in a few seconds at most. Doing so twice does no harm."""
        _end(self._process)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()


def start_local(
    file: ModelFile,
    *,
    aliases: Iterable[str] = (),
    idle_seconds: float = IDLE_SECONDS,
    shape: Literal["native", "dual", "openai"] = "native",
) -> LocalEndpoint:
    """Start a process that serves `file` on a free port of loopback; blocks until it is ready.

    It answers to the model's own id and to `aliases`, which keep their own context windows; an
    alias also brings a model back that Cloudflare has withdrawn. `shape` is how streams of
    `…/ai/run` are written. Takes about 2 s. Raises `Failure` when the extra is missing or the
    model cannot run here.
    """
    require_extra()
    settings = Settings(
        path=str(file.path.absolute()),
        models=(file.model.id, *aliases),
        description=f"{file.model.title}, on this machine, for trying things out",
        token=secrets.token_urlsafe(32),
        window=WINDOW,
        idle_seconds=idle_seconds,
        shape=shape,
    )
    process = _spawn()
    try:
        announcement = _announced(process, settings)
    except BaseException:
        _end(process)
        raise
    if not announcement.base_url:
        _end(process)
        raise Failure(announcement.error or _death(process))
    return LocalEndpoint(announcement.base_url, settings.token, file.model.id, process)


@contextlib.asynccontextmanager
async def local_endpoint(
    file: ModelFile, *, aliases: Iterable[str] = (), idle_seconds: float = IDLE_SECONDS
) -> AsyncIterator[LocalEndpoint]:
    """Like `start_local`, without blocking the event loop; leaving stops the process."""
    start = asyncio.to_thread(start_local, file, aliases=aliases, idle_seconds=idle_seconds)
    starting = asyncio.create_task(start)
    try:
        yield await asyncio.shield(starting)
    finally:
        # A cancelled start still ends in a process, which must not stay.
        with contextlib.suppress(Failure):
            await asyncio.to_thread((await starting).stop)


def _spawn() -> subprocess.Popen[bytes]:
    # -P: where we stand may be a repository that holds a module of the same name.
    command = [sys.executable, "-P", "-m", "workers_ai_local.child"]
    # Threads that spin while they wait starve each other on a busy machine: 21 tokens a second
    # fall to 3. OpenMP reads this when it is loaded, so it stands before the process starts.
    environment = os.environ | {"OMP_WAIT_POLICY": "passive"}
    return subprocess.Popen(  # noqa: S603 - our own module, in our own interpreter
        command,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _announced(process: subprocess.Popen[bytes], settings: Settings) -> Announcement:
    overdue = threading.Timer(_START_LIMIT, process.kill)
    overdue.start()
    try:
        with contextlib.suppress(BrokenPipeError):  # It died at once: it announces nothing.
            _pipe_in(process, settings.line())
        line = process.stdout.readline() if process.stdout else b""
    finally:
        overdue.cancel()
    return Announcement.read(line)


def _pipe_in(process: subprocess.Popen[bytes], line: bytes) -> None:
    if process.stdin:
        process.stdin.write(line)
        process.stdin.flush()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Close the pipe that the process lives by; insist if that is not enough."""
    with contextlib.suppress(BrokenPipeError):
        if process.stdin:
            process.stdin.close()
    try:
        process.wait(_STOP_LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout:
        process.stdout.close()


def _death(process: subprocess.Popen[bytes]) -> str:
    return (
        f"The local model's process ended with code {process.returncode} before it was ready: "
        f"free some memory and try again, or run a model with Ollama instead"
    )
