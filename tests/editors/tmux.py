"""An editor on a terminal of its own, driven by real keys; its screen is read as text."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import subprocess
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

_LOOK_S = 0.05
_COMMAND_S = 10
_numbers = itertools.count(1)


class Tmux:
    """One program in one tmux server, which ends with the `with` block.

    `shots` is a folder for screen texts: `shot` saves one, and so does a wait that was in vain.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        shots: Path,
        env: Mapping[str, str],
        cwd: Path,
        columns: int = 110,
        rows: int = 30,
    ) -> None:
        self.shots = shots
        self._server = [
            "tmux",
            "-L",
            f"workers-ai-{os.getpid()}-{next(_numbers)}",
            "-f",
            os.devnull,
        ]
        size = ["-x", str(columns), "-y", str(rows)]
        shots.mkdir(parents=True, exist_ok=True)
        # What is left of the screen stays readable when the program ends early.
        keep = [";", "set-option", "-g", "remain-on-exit", "on"]
        fast = [";", "set-option", "-s", "escape-time", "0"]
        start = ["new-session", "-d", "-s", "editor", *size, "-c", str(cwd), "--", *command]
        self._run(*start, *keep, *fast, env=env)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(subprocess.SubprocessError):
            running = "#{?pane_dead,,#{pane_pid}}"
            program = self._run("display-message", "-p", "-t", "editor", running).strip()
            # An Emacs with lsp-mode that loses its terminal may go on for ever, and take all memory.
            if program:
                os.kill(int(program), signal.SIGKILL)
            self._run("kill-server")

    def keys(self, *names: str) -> None:
        """Press keys by tmux's names: `Enter`, `Escape`, `C-x`, `F5`…"""
        self._run("send-keys", "-t", "editor", *names)

    def type(self, text: str) -> None:
        """Type text as it stands."""
        self._run("send-keys", "-t", "editor", "-l", "--", text)

    def screen(self) -> str:
        """What is on the screen, without colours; lines end where their text ends."""
        return self._run("capture-pane", "-p", "-t", "editor")

    def colours(self) -> str:
        """What is on the screen, with its colours as ANSI sequences."""
        return self._run("capture-pane", "-e", "-p", "-t", "editor")

    def wait_until(self, shown: Callable[[str], bool], what: str, seconds: float = 30.0) -> str:
        """Wait until the screen is as wanted, and return it. Fails with the screen's text."""
        limit = time.monotonic() + seconds
        while not shown(screen := self.screen()):
            if time.monotonic() > limit:
                self._save("in-vain", screen)
                raise AssertionError(f"waited {seconds} s for {what}; the screen shows:\n{screen}")
            time.sleep(_LOOK_S)
        return screen

    def wait_for(self, text: str, seconds: float = 30.0) -> str:
        """Wait until the screen shows `text`, and return the screen."""
        return self.wait_until(lambda screen: text in screen, repr(text), seconds)

    def wait_gone(self, text: str, seconds: float = 30.0) -> str:
        """Wait until the screen no longer shows `text`, and return the screen."""
        return self.wait_until(lambda screen: text not in screen, f"{text!r} to go", seconds)

    def shot(self, name: str) -> str:
        """Save the screen's text as `NAME.txt` in the folder of shots, and return it."""
        return self._save(name, self.screen())

    def _save(self, name: str, screen: str) -> str:
        (self.shots / f"{name}.txt").write_text(screen, encoding="utf-8")
        return screen

    def _run(self, *arguments: str, env: Mapping[str, str] | None = None) -> str:
        done = subprocess.run(
            [*self._server, *arguments],
            env=env,
            capture_output=True,
            encoding="utf-8",
            check=True,
            timeout=_COMMAND_S,
        )
        return done.stdout


def installed(program: str) -> str:
    """The path of a program that a test needs; without it the test fails, never skips."""
    path = shutil.which(program)
    assert path, f"{program} is not installed; .ci/run says how to get it"
    return path
