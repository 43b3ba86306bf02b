"""A real Emacs on a terminal, with the blocks of `editors/emacs/README.md` for its configuration."""

from __future__ import annotations

import contextlib
import re
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from tests.editors.helix import editor_program
from tests.editors.tmux import Tmux

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EGLOT = ("eglot changes first", "eglot alone", "eglot keys")
RASSUMFRASSUM = ("eglot changes first", "eglot with rassumfrassum", "eglot keys")
LSP_MODE = ("lsp-mode",)

_README = Path(__file__).parents[2] / "editors" / "emacs" / "README.md"
_BLOCK = re.compile(r"^```elisp\n;; (.+?)\n(.*?)^```$", re.DOTALL | re.MULTILINE)

# What a test machine lacks: a person to answer questions, a network to offer downloads from, and
# the program that lsp-mode 9 still takes for ruff's server.
QUIET = """\
(setq inhibit-startup-screen t ring-bell-function #'ignore use-short-answers t
      make-backup-files nil create-lockfiles nil auto-save-default nil
      native-comp-jit-compilation nil native-comp-enable-subr-trampolines nil
      native-comp-deferred-compilation nil comp-enable-subr-trampolines nil
      lsp-ruff-lsp-server-command '("ruff" "server")
      lsp-auto-guess-root t lsp-enable-suggest-server-download nil lsp-warn-no-matched-clients nil)
(menu-bar-mode -1)
(load "lsp-mode-autoloads" t t) ; as every installed package is, save under -Q
"""
READY = re.compile(r"\[eglot:|workers-ai:\d+[ \]]")
COLUMNS = 150
"""Holds all of lsp-mode's mode line, where process numbers of up to seven digits stand."""
_TITLE = re.compile(r"\b((?:AI|Ruff): \w+(?: \w+)*)")
LIMIT_S = 30.0
_LOOK_S = 0.05


@attrs.frozen
class Emacs:
    """One running Emacs."""

    terminal: Tmux
    prompt: str
    """What the minibuffer says when it asks for a code action."""

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.terminal.keys(key)

    def undo(self) -> None:
        """Undo once, in the whole buffer, which was just saved."""
        # The file is there before Emacs has noted that it is; C-g would break off in between.
        self.terminal.wait_gone("-UUU:**")
        # C-g lets the region go, outside which Emacs would not undo; it also forgets waiting keys.
        self.press("C-g")
        self.terminal.wait_for("Quit")
        self.press("C-/")

    def go(self, line: int) -> None:
        """Go to the beginning of a line."""
        self.press("M-g", "M-g")
        self.terminal.wait_for("Goto line")
        self.terminal.type(str(line))
        self.press("Enter")

    def select(self, first: int, lines: int) -> None:
        """Select whole lines."""
        self.go(first)
        self.press("C-Space", *["C-n"] * lines)

    def menu(self) -> set[str]:
        """Open the list of code actions and leave it again; returns its titles."""
        self.press("C-c", "a", "a")
        self.terminal.wait_for(self.prompt)
        self.press("?")
        screen = self.terminal.wait_for("*Completions*")
        listed = screen[screen.index("possible completions") :] if "possible" in screen else screen
        titles = set(_TITLE.findall(listed.partition("*Completions*")[0]))
        # Unlike C-g, C-] waits for its turn: it does not break off what still shows the list.
        self.press("C-]")
        self.terminal.wait_gone("*Completions*")
        return titles

    def choose(self, title: str) -> None:
        """Choose a code action."""
        self.press("C-c", "a", "a")
        self.terminal.wait_for(self.prompt)
        self.terminal.type(title)
        self.press("Enter")

    def saves(self, path: Path, text: str) -> None:
        """Save the current buffer, and check what is on disk then."""
        self.press("C-x", "C-s")
        limit = time.monotonic() + LIMIT_S
        while (found := path.read_bytes() if path.exists() else b"") != text.encode():
            if time.monotonic() > limit:
                assert found.decode() == text, self.terminal.screen()
            time.sleep(_LOOK_S)


@contextlib.contextmanager
def emacs(
    blocks: tuple[str, ...],
    project: Path,
    environment: Mapping[str, str],
    name: str,
    first: str = "",
) -> Iterator[Emacs]:
    """Open the project's file `name` in Emacs, which is set up with these blocks of the README.

    `first` is more configuration, to stand before them.
    """
    for program in ("rass", "ruff") if blocks == RASSUMFRASSUM else ():
        found = shutil.which(program, path=environment["PATH"])
        assert found, f"{program} is not installed; it comes with the extra [dev]"
    written = dict(_BLOCK.findall(_README.read_text()))
    init = project.parent / "init.el"
    init.write_text(QUIET + first + "".join(written[block] for block in blocks))
    shots = project.parent / "shots"
    command = [editor_program("emacs-trixie"), "-Q", "-nw", "--load", str(init), name]
    with Tmux(command, shots=shots, env=environment, cwd=project, columns=COLUMNS) as terminal:
        terminal.wait_until(lambda screen: bool(READY.search(screen)), "the server", LIMIT_S)
        yield Emacs(terminal, "Select code action" if blocks == LSP_MODE else "Pick an action")
