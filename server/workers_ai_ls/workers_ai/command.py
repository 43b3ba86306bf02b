"""Run the command that prints a credential: without a shell, and not for long."""

import asyncio
import contextlib
import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path

from workers_ai_ls.errors import Failure
from workers_ai_ls.processes import Watched, kill

_LIMIT_S = 10.0
_ENDING_S = 1.0
"""For a killed process to be gone."""
_LONGEST = 16 * 1024


class NoCredential(Failure):
    """The command that is to print a credential did not."""


async def printed(command: str, *, sign_in: str = "", limit_s: float = _LIMIT_S) -> str:
    """Run `command` and return the line that it prints. Raises `NoCredential`.

    `sign_in` is what to run where a person has to sign in first. The command has no terminal and
    runs in the home folder, so that nothing in a workspace has a say in it. It ends with the time
    limit and with the task that waits for it; what it has started in the background and leaves
    behind when it ends, such as an agent, is not waited for.
    """
    words = _words(command)
    name = program_of(command)
    advice = f"run `{sign_in or name}` in a terminal to sign in, then try again"
    try:
        transport, output = await _started(words)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a command"
        raise NoCredential(
            f"{name}, which is to print a credential, cannot be run ({reason}): install it or "
            "correct the command."
        ) from None
    try:
        async with asyncio.timeout(limit_s):
            await output.over.wait()
    except TimeoutError:
        raise NoCredential(
            f"{name} printed no credential within {limit_s:.0f} s: {advice}."
        ) from None
    finally:
        await _end(transport, output)
    line = output.data.decode("utf-8", "replace").strip()
    code = transport.get_returncode()
    if code != 0 or not line or not line.isascii() or not line.isprintable():
        said = f"exit code {code}" if code else "what it printed is no line of plain characters"
        raise NoCredential(f"{name} printed no credential ({said}): {advice}.")
    return line


def program_of(command: str) -> str:
    """Return what to call the command in a message: its first word alone, for others are secret.

    >>> program_of("/usr/bin/cloudflared access token"), program_of("KEY=s3cret print")
    ('cloudflared', 'the command')
    """
    with contextlib.suppress(NoCredential):
        name = Path(_words(command)[0]).name
        if "=" not in name:
            return name
    return "the command"


def found_program(name: str, folders: Sequence[str], endings: Sequence[str]) -> str:
    """Return the path of the program in the first folder that has it, else `name`.

    For Windows, which looks in the current folder before all others: that is a workspace.
    """
    if Path(name).name != name:
        return name
    for folder in filter(os.path.isabs, folders):
        for ending in ("", *endings):
            path = Path(folder, name + ending)
            if path.suffix and path.is_file():
                return str(path)
    return name


class _Output(Watched):
    """What a process prints. It is over, too, when it has told too much."""

    def __init__(self) -> None:
        super().__init__()
        self.data = bytearray()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        del fd  # Standard output is the only pipe.
        self.data += data
        if len(self.data) > _LONGEST:
            self.over.set()


async def _started(words: list[str]) -> tuple[asyncio.SubprocessTransport, _Output]:
    if os.name == "nt":
        endings = os.environ.get("PATHEXT", ".EXE").split(os.pathsep)
        words[0] = found_program(words[0], os.get_exec_path(), endings)
    return await asyncio.get_running_loop().subprocess_exec(
        _Output,
        *words,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=Path.home(),
        start_new_session=os.name == "posix",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


async def _end(transport: asyncio.SubprocessTransport, output: _Output) -> None:
    """End the process where it still runs, with all that it has started."""
    if transport.get_returncode() is None:
        await kill(transport, output, within_s=_ENDING_S)
    transport.close()


def _words(command: str) -> list[str]:
    lexer = shlex.shlex(command, posix=True, punctuation_chars=False)
    lexer.whitespace_split = True
    lexer.commenters = ""
    if os.name == "nt":
        lexer.escape = ""  # A backslash stands in paths.
    try:
        words = list(lexer)
    except ValueError:
        words = []
    if not words:
        raise NoCredential("The command after cmd: has no words or an open quote: correct it.")
    return words
