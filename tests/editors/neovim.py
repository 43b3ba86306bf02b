"""A headless Neovim with the configuration of `editors/neovim/README.md`, driven by Lua.

Neovim runs its own main loop and its own LSP client; the tests speak to it as `nvim --server` does,
one expression at a time, so that they can look at the endpoint and the disk in between.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from tests.editors.neovim_process import LIMIT_S, nvim_program, running
from tests.marked import MARK, marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LOOK_S = 0.03


@attrs.define(eq=False)
class Neovim:
    """One running Neovim."""

    socket: Path
    folder: Path
    """The project."""

    def lua(self, code: str, **values: object) -> Any:
        """Run Lua and return its result; `values` are locals of the code."""
        given = "".join(
            f"local {name} = vim.json.decode({_long(json.dumps(value))}, {{luanil = {{object = true}}}})\n"
            for name, value in values.items()
        )
        done = self._ask(given + code)
        assert done.returncode == 0, done.stderr
        ok, result = json.loads(done.stdout)
        assert ok, result
        return result

    def quit(self) -> None:
        """Leave Neovim, which may be gone before it has answered."""
        self._ask("vim.schedule(function() vim.cmd('qall!') end)")

    def _ask(self, code: str) -> subprocess.CompletedProcess[str]:
        # Vim's double-quoted strings take JSON's escapes.
        expression = f'luaeval("Test(_A)", {json.dumps(code, ensure_ascii=False)})'
        return subprocess.run(
            [nvim_program(), "--server", self.socket, "--remote-expr", expression],
            capture_output=True,
            encoding="utf-8",
            timeout=LIMIT_S + 5,
            check=False,
        )

    def wait(self, condition: str, what: str = "", **values: object) -> None:
        """Wait until a Lua expression holds.

        Asked again and again, because an error message that Neovim shows while it answers would be
        the answer.
        """
        limit = time.monotonic() + LIMIT_S
        while not self.lua(f"return {condition}", **values):
            assert time.monotonic() < limit, f"waited {LIMIT_S} s for {what or condition}"
            time.sleep(_LOOK_S)

    def open(self, name: str, text: str | None = None) -> None:
        """Edit a file of the project, written first if `text` is given; `┃` marks the selection."""
        path = self.folder / name
        start = end = 0
        if text is not None:
            if MARK in text:
                text, start, end = marked(text)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        self.lua("vim.cmd.edit(vim.fn.fnameescape(path))", path=str(path))
        self.wait("Client() and Client().initialized", "the server to attach")
        if text is not None:
            self.select(text, start, end)

    def select(self, text: str, start: int, end: int) -> None:
        """Put the cursor at an offset of `text`, or select from one to the other."""
        last = max(start, end - 1)
        mode = "v" if start != end else ""
        self.lua("Select(unpack(where))", where=[mode, *_place(text, start), *_place(text, last)])

    def menu(self) -> list[str]:
        """What `gra` lists for the selection."""
        return [str(title) for title in self.lua("return Gra()")]

    def choose(self, title: str) -> None:
        """Press `gra` and choose from its menu."""
        menu = self.lua("return Gra(title)", title=title)
        assert title in menu

    def command(self, name: str, *arguments: str) -> None:
        """Run a command of the server with plain strings, as a key binding does."""
        self.lua(
            "Client():exec_cmd({ title = name, command = name, arguments = arguments }, { bufnr = 0 })",
            name=name,
            arguments=list(arguments),
        )

    def ended(self, jobs: int = 1) -> str:
        """Wait until so many jobs have ended; returns how the last of them did."""
        self.wait(f"#Seen.of_kind('end') >= {jobs}", f"{jobs} jobs to end")
        return str(self.lua(f"return Seen.of_kind('end')[{jobs}].message"))

    def first_tokens(self, jobs: int = 1) -> None:
        """Wait until the progress display tells of the first tokens of so many jobs."""
        self.wait(f"Seen.answered() >= {jobs}", "the first tokens")

    def text(self, name: str | None = None) -> str:
        """The text of the current buffer, or of the one that holds a file of the project."""
        if name is None:
            return str(self.lua("return Text(0)"))
        path = str(self.folder / name)
        return str(self.lua("return Text(vim.fn.bufnr(path))", path=path))

    def write(self) -> bytes:
        """Save the current buffer and return what is on disk."""
        path = self.lua("vim.cmd('silent write'); return vim.api.nvim_buf_get_name(0)")
        return Path(path).read_bytes()

    @property
    def messages(self) -> str:
        """All that `:messages` shows."""
        return str(self.lua("return vim.fn.execute('messages')")).strip()

    def shown(self) -> dict[str, str]:
        """The text of each window's buffer, by the buffer's file name."""
        code = """
            local shown = {}
            for _, window in ipairs(vim.api.nvim_list_wins()) do
              local buffer = vim.api.nvim_win_get_buf(window)
              shown[vim.api.nvim_buf_get_name(buffer)] = Text(buffer)
            end
            return shown"""
        return dict(self.lua(code))

    def explanation(self) -> str:
        """The text of the newest window that shows an answer of ours."""
        path = Path(str(self.lua("return vim.uri_to_fname(Seen.shown[#Seen.shown])")))
        return self.shown()[str(path)]

    def keys(self, keys: str) -> None:
        """Press keys, in Neovim's notation, and let them finish."""
        self.lua("vim.api.nvim_feedkeys(vim.keycode(keys), 'x', false)", keys=keys)

    def wait_for_message(self, text: str) -> None:
        """Wait until `:messages` shows a text."""
        self.wait(
            "vim.fn.execute('messages'):find(text, 1, true)", f"the message {text!r}", text=text
        )


def _place(text: str, offset: int) -> tuple[int, int]:
    """The line and the byte in it, both from 1, of an offset; a line's end is its newline."""
    before = text[:offset]
    return before.count("\n") + 1, len(before.rpartition("\n")[2].encode()) + 1


def _long(text: str) -> str:
    """A Lua long string."""
    return f"[==[\n{text}]==]"


@contextlib.contextmanager
def neovim(
    folder: Path, environment: Mapping[str, str], extra: str = "", *, plugin: bool = False
) -> Iterator[Neovim]:
    """Start Neovim in a project with the README's Lua or the plugin, and `extra` after it.

    It is left at the end.
    """
    with running(folder, environment, extra, plugin=plugin) as socket:
        editor = Neovim(socket, folder)
        yield editor
        editor.quit()
