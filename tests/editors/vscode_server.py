"""A real VS Code: code-server with the packed extension, as `.ci/install-vscode` has installed it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from tests.editors.helix import editor_program
from tests.editors.replay import editor_environment
from tests.editors.tmux import installed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.editors.replay import ScriptedEndpoint

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "editors" / "vscode"
_PACKED_FROM = ("editors/vscode", "server/workers_ai_ls", "server/workers_ai_local")
_NOT_SOURCES = {"node_modules", "dist", "bundled", "__pycache__"}
_READY_S = 60.0
_QUIET: dict[str, object] = {
    "workbench.startupEditor": "none",
    "workbench.enableExperiments": False,
    "workbench.tips.enabled": False,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "telemetry.telemetryLevel": "off",
    "extensions.autoUpdate": False,
    "extensions.autoCheckUpdates": False,
    "extensions.ignoreRecommendations": True,
    "update.mode": "none",
    "chat.disableAIFeatures": True,
    "chat.commandCenter.enabled": False,
    "git.enabled": False,
    "editor.accessibilitySupport": "off",
    "editor.minimap.enabled": False,
    "files.autoSave": "off",
    "files.hotExit": "off",
}
"""What a test machine lacks: a person to read what is new, and a network to fetch it from."""


@attrs.frozen
class CodeServer:
    """A running code-server; each page that is opened in it is a VS Code of its own."""

    port: int
    folder: Path

    @property
    def home(self) -> Path:
        """The home of the editor and of the language server."""
        return self.folder / "home"

    def settings(self, **more: object) -> None:
        """Write the user's settings; `__` in a name stands for a dot."""
        given = {name.replace("__", "."): value for name, value in more.items()}
        text = json.dumps(_QUIET | {"security.workspace.trust.enabled": False} | given)
        for place in ("User", "Machine"):
            path = self.folder / "data" / place / "settings.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def answered_by(self, endpoint: ScriptedEndpoint | None, **more: str) -> None:
        """Write the user's file of the language server, which says who answers."""
        values = {} if endpoint is None else _values(endpoint)
        file = self.home / ".config" / "workers-ai-language-server" / "config.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        lines = [f"{name} = {json.dumps(value)}" for name, value in (values | more).items()]
        file.write_text("\n".join(["[workersAI]", *lines, ""]))


def _values(endpoint: ScriptedEndpoint) -> dict[str, str]:
    replay = endpoint.replay
    return {
        "baseUrl": replay.base_url,
        "accountId": replay.account_id,
        "apiToken": replay.token,
        "model": replay.model,
    }


@contextlib.contextmanager
def code_server(folder: Path) -> Iterator[CodeServer]:
    """Start code-server with the packed extension in it; what it keeps goes below `folder`."""
    program = editor_program("code-server")
    places = [f"--user-data-dir={folder / 'data'}", f"--extensions-dir={folder / 'extensions'}"]
    environment = editor_environment(folder / "home")
    subprocess.run(
        [program, *places, "--install-extension", packed()],
        env=environment,
        check=True,
        capture_output=True,
        timeout=120,
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = [
        *("--auth", "none", "--bind-addr", f"127.0.0.1:{port}"),
        *("--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"),
    ]
    with (
        (folder / "code-server.log").open("wb") as log,
        subprocess.Popen(
            [program, *places, *options], env=environment, stdout=log, stderr=log, process_group=0
        ) as process,
    ):
        try:
            _wait_for(port, process)
            yield CodeServer(port, folder)
        finally:
            os.killpg(process.pid, 15)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, 9)


def packed() -> Path:
    """The extension, packed for this machine; anew only if something that goes into it has changed."""
    npm = installed("npm")
    dist = EXTENSION / "dist"
    seal, now = dist / ".packed", _fingerprint()
    if not seal.exists() or seal.read_text() != now:
        if not (EXTENSION / "node_modules").exists():
            _run(npm, "ci")
        shutil.rmtree(dist, ignore_errors=True)
        _run(npm, "run", "package")
        seal.write_text(now)
    (path,) = dist.glob("*.vsix")
    return path


def _run(*command: str) -> None:
    done = subprocess.run(
        command, cwd=EXTENSION, capture_output=True, encoding="utf-8", timeout=600, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _fingerprint() -> str:
    digest = hashlib.sha256((ROOT / "pyproject.toml").read_bytes())
    for root in _PACKED_FROM:
        for path in sorted((ROOT / root).rglob("*")):
            if path.is_file() and not _NOT_SOURCES & {*path.relative_to(ROOT).parts}:
                digest.update(f"{path}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + _READY_S
    while True:
        assert process.poll() is None, "code-server ended before it listened"
        assert time.monotonic() < limit, "code-server does not listen"
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
            return
        time.sleep(0.1)
