"""What a person sees in the terminal: results on standard output, all else on standard error."""

from __future__ import annotations

import os
import re
import sys
import time
from typing import TYPE_CHECKING, Self, TextIO

from rich.console import Console
from rich.text import Text

if TYPE_CHECKING:
    from rich.status import Status

_EVERY_S = 5.0
"""Between two lines that say no more than how long it takes, where no line can be overwritten."""

_COUNTING = (*"0123456789", "thinking")
"""How the statuses begin that change every second or sooner."""

_TOOK = re.compile(r" \(\d+ s\)$")
"""How the server's statuses end that have been true for a while."""

_CONTROLS = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"}
_CONTROLS |= dict.fromkeys((*range(0x7F, 0xA0), *range(0x202A, 0x202F)), "\ufffd")
_CONTROLS |= dict.fromkeys(range(0x2066, 0x206A), "\ufffd")

_COLOURS = {"---": "bold", "+++": "bold", "@@": "cyan", "-": "red", "+": "green", "\\": "dim"}
_LEVELS = {"error": "red", "warning": "yellow"}


def visible(text: str) -> str:
    r"""Show control characters instead of obeying them: a model could move the cursor with them.

    >>> visible("a\x1b[2Jb\n")
    'a␛[2Jb\n'
    """
    return text.translate(_CONTROLS)


def _are_one(one: TextIO, other: TextIO) -> bool:
    """Whether what is written to either comes to the same place."""
    try:
        first, second = os.fstat(one.fileno()), os.fstat(other.fileno())
    except OSError:
        # It is closed, or no file at all.
        return False
    # Windows tells nothing of pipes and consoles.
    return os.path.samestat(first, second) if first.st_ino else one.isatty() and other.isatty()


class Terminal:
    """A `View` on standard output and standard error, either of which may be a file or a pipe.

    `result` says that the streamed answer is itself the result and goes to standard output; else
    it is only shown on the way, dim, where somebody watches. `quiet` shows no answer at all.
    """

    def __init__(self, *, result: bool = False, quiet: bool = False) -> None:
        self.out = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
        self.err = Console(soft_wrap=True, highlight=False, markup=False, emoji=False, stderr=True)
        self._result = result
        self._streams = not quiet and (result or self.err.is_terminal)
        self._shared = not result or _are_one(sys.stdout, sys.stderr)
        """Whether the answer and the status come to the same terminal, file or pipe."""
        self._status: Status | None = None
        self._told = ""
        self._told_at = time.monotonic()
        self._ends_line = True
        self._answers = False
        """Whether an answer has begun, and has not ended."""

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the cursor visible, at the beginning of a line."""
        self.end()

    def status(self, message: str) -> None:
        """Say how it stands: in one line that changes, or in few lines that stay."""
        if self.err.is_terminal:
            if self._status is not None:
                self._status.update(message)
            elif self._ends_line or not self._shared:
                self._status = self.err.status(message)
                self._status.start()
        elif not (self._shared and self._answers) and self._is_due(message):
            self.say(message)

    def text(self, piece: str) -> None:
        """Show the next piece of the answer."""
        if not self._streams or not piece:
            return
        if self._shared:
            # The status would overwrite the line that the answer has begun.
            self.pause()
        if self._result:
            self._write(piece)
        else:
            self.err.print(Text(visible(piece), style="dim"), end="")
        self._ends_line = piece.endswith("\n")
        self._answers = True

    def catch_up(self, answer: str) -> None:
        """Show an answer on standard error unless it has been streamed."""
        if not self._streams:
            self.say(answer.strip("\n"))

    def pause(self) -> None:
        """Take the status display away."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    def end(self) -> None:
        """Take the status display away, and end the line that the answer has begun."""
        self.pause()
        if not self._ends_line:
            self.text("\n")
        self._answers = False

    def say(self, sentence: str, level: str = "") -> None:
        """One sentence about the work."""
        self.err.print(Text(visible(sentence), style=_LEVELS.get(level, "")))

    def heading(self, title: str) -> None:
        """The title of what follows on standard output."""
        self.end()
        self.out.print(Text(f"\n── {title} ──", style="bold cyan"))

    def diff(self, changes: str) -> None:
        """A difference: exact to the byte for a program, in colours for a person."""
        if not self.out.is_terminal:
            self._write(changes)
            return
        for line in changes.split("\n")[:-1]:
            style = next((_COLOURS[mark] for mark in _COLOURS if line.startswith(mark)), "")
            self.out.print(Text(visible(line), style=style))

    def _write(self, text: str) -> None:
        if self.out.is_terminal:
            sys.stdout.write(visible(text))
            sys.stdout.flush()
        else:
            # In bytes, so that no platform changes the line ends.
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode("utf-8", "replace"))
            sys.stdout.buffer.flush()

    def _is_due(self, message: str) -> bool:
        said, now = _TOOK.sub("", message), time.monotonic()
        is_news = said != self._told and not said.startswith(_COUNTING)
        due = is_news or now - self._told_at >= _EVERY_S
        if due:
            self._told, self._told_at = said, now
        return due
