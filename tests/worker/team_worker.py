"""The team Worker in `wrangler dev`, with a local endpoint in the place of Cloudflare's network."""

import contextlib
import os
import queue
import re
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import attrs

FOLDER = Path(__file__).parents[2] / "server" / "worker"

_READY = re.compile(r"Ready on (http://127\.0\.0\.1:\d+)")
_START_S = 60.0
_STOP_S = 10.0


class Upstream(Protocol):
    """Who answers in the end: Workers AI's REST route somewhere on loopback."""

    @property
    def base_url(self) -> str: ...
    @property
    def account_id(self) -> str: ...
    @property
    def token(self) -> str: ...


@attrs.frozen
class TeamWorker:
    """A running Worker, which knows the user `ada` by `key`."""

    url: str
    key: str = attrs.field(repr=False)
    output: list[str]
    """The lines that wrangler has written so far."""


@contextlib.contextmanager
def team_worker(upstream: Upstream, folder: Path) -> Iterator[TeamWorker]:
    """Run the Worker on a free port until the block ends; its files go to `folder`.

    Fails with a sentence where Node or the Worker's packages are missing.
    """
    command = _command(folder)
    key, line = _new_key()
    process = subprocess.Popen(
        command,
        cwd=FOLDER,
        env=_environment(upstream, folder) | {"USER_KEYS": line},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # workerd runs below wrangler; both end together.
    )
    output: list[str] = []
    found: queue.Queue[str | None] = queue.Queue()
    reading = threading.Thread(target=_read, args=(process, output, found))
    reading.start()
    try:
        yield TeamWorker(_ready(found, output), key, output)
    finally:
        _end(process)
        reading.join(_STOP_S)
        if process.stdout:
            process.stdout.close()


def _command(folder: Path) -> list[str]:
    node = shutil.which("node")
    wrangler = FOLDER / "node_modules" / "wrangler" / "bin" / "wrangler.js"
    assert node, (
        "Node is missing: install version 20.18 or newer, then run npm ci in server/worker."
    )
    assert wrangler.is_file(), "The Worker's packages are missing: run npm ci in server/worker."
    configs = ["-c", "wrangler.local.jsonc", "-c", "test/local-ai/wrangler.jsonc"]
    # There is no switch that turns the inspector off; it gets a free port of loopback too.
    ports = ["--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0"]
    kept = ["--persist-to", str(folder), "--show-interactive-dev-session=false"]
    return [node, str(wrangler), "dev", *configs, *ports, *kept]


def _new_key() -> tuple[str, str]:
    """Make a key as the README says; returns it and its line for `USER_KEYS`."""
    made = subprocess.run(
        ["node", "scripts/new-key.mjs", "ada"],  # noqa: S607 - `_command` has found it
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=_START_S,
        check=True,
    )
    key = re.search(r"wai_\S+", made.stderr)
    assert key, made.stderr
    assert key[0] not in made.stdout
    return key[0], made.stdout


def _environment(upstream: Upstream, folder: Path) -> dict[str, str]:
    return os.environ | {
        "LOCAL_AI_URL": upstream.base_url,
        "LOCAL_AI_ACCOUNT": upstream.account_id,
        "LOCAL_AI_TOKEN": upstream.token,
        # Nothing but loopback is asked for anything.
        "CLOUDFLARE_CF_FETCH_ENABLED": "false",
        "WRANGLER_SEND_METRICS": "false",
        "WRANGLER_HIDE_BANNER": "true",
        "WRANGLER_LOG_PATH": str(folder / "logs"),
        "WRANGLER_REGISTRY_PATH": str(folder / "registry"),
        "NO_COLOR": "1",
        "CI": "true",
    }


def _read(
    process: "subprocess.Popen[str]", output: list[str], found: "queue.Queue[str | None]"
) -> None:
    for line in process.stdout or ():
        output.append(line)
        if match := _READY.search(line):
            found.put(match[1])
    found.put(None)


def _ready(found: "queue.Queue[str | None]", output: list[str]) -> str:
    with contextlib.suppress(queue.Empty):
        if url := found.get(timeout=_START_S):
            return url
    raise AssertionError("wrangler dev did not become ready:\n" + "".join(output))


def _end(process: "subprocess.Popen[str]") -> None:
    """End wrangler and all below it; insist if that is not enough."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_S)
            if _group_is_gone(process.pid):
                return


def _group_is_gone(group: int) -> bool:
    deadline = time.monotonic() + _STOP_S
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False
