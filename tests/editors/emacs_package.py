"""A real Emacs on a terminal with the package of `editors/emacs/lisp`, as `setup emacs` loads it."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from tests.editors.emacs import COLUMNS, LIMIT_S, QUIET, READY, Emacs
from tests.editors.helix import editor_program
from tests.editors.tmux import Tmux

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).parents[2] / "editors" / "emacs"
PACKAGE = FOLDER / "lisp"

_VALUE = re.compile(r"value<(?!%s>)(.*?)>", re.DOTALL)


@attrs.frozen
class Setup:
    """An Emacs and the client in it, beside another language server."""

    program: str
    client: str
    beside: str
    """The configuration of a user, before the package comes."""
    prompt: str = "Pick an action"
    announces: bool = True
    """The client takes progress and shown documents; Eglot 1.9 does neither."""

    def __str__(self) -> str:
        return f"{self.program.partition('-')[2]}-{self.client}"


_EGLOT = "(add-hook 'python-mode-hook #'eglot-ensure)\n"
_PYLSP = "(with-eval-after-load 'eglot (add-to-list 'eglot-server-programs '(python-mode . (\"pylsp\"))))\n"

EGLOT = Setup("emacs-trixie", "eglot", _EGLOT + _PYLSP)
LSP_MODE = Setup(
    "emacs-trixie",
    "lsp-mode",
    "(setq lsp-enabled-clients '(pylsp workers-ai))\n(add-hook 'python-mode-hook #'lsp)\n",
    "Select code action",
)
EGLOT_19 = Setup(
    "emacs-bookworm",
    "eglot",
    # It asks before each edit otherwise.
    f"(require 'eglot)\n(setq eglot-confirm-server-initiated-edits nil)\n{_EGLOT}{_PYLSP}",
    announces=False,
)
SETUPS = (EGLOT, LSP_MODE, EGLOT_19)


# What the README suggests, and the list of code actions for comparison.
KEYS = """\
(global-set-key (kbd "C-c w") #'workers-ai)
(with-eval-after-load 'eglot (define-key eglot-mode-map (kbd "C-c a a") #'eglot-code-actions))
(with-eval-after-load 'lsp-mode
  (define-key lsp-mode-map (kbd "C-c a a") #'lsp-execute-code-action))
"""


@attrs.frozen
class PackagedEmacs(Emacs):
    """One running Emacs with the package."""

    def ai(self, key: str) -> None:
        """Open the menu of M-x workers-ai and press a key of it."""
        self.press("C-c", "w")
        self.terminal.wait_for("Write tests")
        self.press(key)
        self.terminal.wait_gone("Write tests")

    def call(self, command: str) -> None:
        """Run a command by its name."""
        self.press("M-x")
        self.terminal.wait_for("M-x")
        self.terminal.type(command)
        self.press("Enter")

    def value(self, expression: str) -> str:
        """What Emacs Lisp comes to, as the echo area shows it."""
        self.press("M-:")
        self.terminal.wait_for("Eval:")
        self.terminal.type(f'(message "value<%s>" {expression})')
        self.press("Enter")
        screen = self.terminal.wait_until(
            lambda screen: bool(_VALUE.search(screen)), f"the value of {expression}"
        )
        found = _VALUE.search(screen)
        assert found
        self.press("C-g")
        self.terminal.wait_for("Quit")
        return found[1]


@contextlib.contextmanager
def emacs_with_package(
    setup: Setup,
    project: Path,
    environment: Mapping[str, str],
    name: str,
    more: str = "",
    *,
    ready: bool = True,
    columns: int = COLUMNS,
) -> Iterator[PackagedEmacs]:
    """Open the project's file `name` in Emacs with the package; `more` is configuration after it.

    `ready` says whether to wait for the server, which runs only where the setup starts it.
    The default width is too narrow for windows side by side.
    """
    for program in ("rass", "pylsp"):
        found = shutil.which(program, path=environment["PATH"])
        assert found, f"{program} is not installed; it comes with the extra [dev]"
    init = project.parent / "init.el"
    package = f"(add-to-list 'load-path {json.dumps(str(PACKAGE))})\n(require 'workers-ai)\n"
    init.write_text(QUIET + setup.beside + package + KEYS + more)
    command = [editor_program(setup.program), "-Q", "-nw", "--load", str(init), name]
    shots = project.parent / "shots"
    with Tmux(command, shots=shots, env=environment, cwd=project, columns=columns) as terminal:
        if ready:
            terminal.wait_until(lambda screen: bool(READY.search(screen)), "the server", LIMIT_S)
        yield PackagedEmacs(terminal, setup.prompt)
