import asyncio
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.workers_ai.printing import command_of, until_gone, until_written
from workers_ai_ls.workers_ai import NoCredential
from workers_ai_ls.workers_ai.command import found_program, printed

POSIX = pytest.mark.skipif(os.name != "posix", reason="groups of processes are POSIX's")
SECRET = "hunter2"


async def refusal_of(command: str, *, limit_s: float = 10.0) -> str:
    with pytest.raises(NoCredential) as caught:
        await printed(command, limit_s=limit_s)
    assert SECRET not in f"{caught.value!r}{caught.value.__cause__!r}"
    return str(caught.value)


async def test_the_line_is_the_credential(tmp_path: Path) -> None:
    assert await printed(command_of("print('t0ken')", tmp_path)) == "t0ken"


async def test_no_shell_has_a_say(tmp_path: Path) -> None:
    file = tmp_path / "made"
    code = "import sys; print('|'.join(sys.argv[1:]))"
    command = command_of(code, tmp_path)

    line = await printed(f"{command} $HOME '*' `id` \"a b\" ; touch {file} > x #y z")

    assert line == f"$HOME|*|`id`|a b|;|touch|{file}|>|x|#y|z"
    assert not file.exists()


async def test_it_runs_in_the_home_folder_without_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, workspace = tmp_path / "home", tmp_path / "workspace"
    home.mkdir()
    workspace.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.chdir(workspace)
    code = "import os, sys; print(os.getcwd(), sys.stdin.read() == '')"

    assert await printed(command_of(code, tmp_path)) == f"{home} True"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (f"print('{SECRET}'); raise SystemExit(3)", "exit code 3"),
        ("print()", "what it printed is no line of plain characters"),
        (f"print('{SECRET}\\nanother')", "what it printed is no line of plain characters"),
        (f"print('{SECRET}\\x1b[0m')", "what it printed is no line of plain characters"),
        (
            f"import sys; sys.stdout.buffer.write('{SECRET}ä'.encode())",
            "what it printed is no line of",
        ),
        (f"raise SystemExit('{SECRET} on standard error')", "exit code 1"),
    ],
)
async def test_what_is_no_credential_is_not_shown(code: str, said: str, tmp_path: Path) -> None:
    sentence = await refusal_of(command_of(code, tmp_path))

    name = Path(sys.executable).name
    assert sentence.startswith(f"{name} printed no credential ({said}")
    assert sentence.endswith(f"): run `{name}` in a terminal to sign in, then try again.")


async def test_what_prints_without_end_is_ended(tmp_path: Path) -> None:
    begun = time.monotonic()

    sentence = await refusal_of(command_of("while True: print('y' * 1000)", tmp_path))

    assert "printed no credential" in sentence
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("command", ["", " ", "'open", '"'])
async def test_no_words_are_no_command(command: str) -> None:
    assert await refusal_of(command) == (
        "The command after cmd: has no words or an open quote: correct it."
    )


@pytest.mark.parametrize(
    ("command", "name"),
    [("no-such-program --key hunter2", "no-such-program"), ("KEY=hunter2 print", "the command")],
)
async def test_a_program_that_is_not_there_is_named_without_its_arguments(
    command: str, name: str
) -> None:
    assert await refusal_of(command) == (
        f"{name}, which is to print a credential, cannot be run (No such file or directory): "
        "install it or correct the command."
    )


async def test_a_null_byte_is_a_sentence_too() -> None:
    assert "cannot be run" in await refusal_of("print a\0b")


@POSIX
async def test_what_ignores_the_polite_signal_ends_with_the_limit(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    code = (
        "import os, pathlib, signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"pathlib.Path({str(file)!r}).write_text(f'{{os.getpid()}}\\n')\n"
        "time.sleep(60)\n"
    )
    begun = time.monotonic()

    sentence = await refusal_of(command_of(code, tmp_path), limit_s=1)

    assert "printed no credential within 1 s: run" in sentence
    assert time.monotonic() - begun < 3
    await until_gone(await until_written(file))


@POSIX
async def test_what_it_has_started_ends_with_the_limit_too(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    child = command_of("import time; time.sleep(60)", tmp_path, "child")
    code = (
        "import pathlib, shlex, subprocess, time\n"
        f"child = subprocess.Popen(shlex.split({child!r}))\n"
        f"pathlib.Path({str(file)!r}).write_text(f'{{child.pid}}\\n')\n"
        "child.wait()\n"
    )

    await refusal_of(command_of(code, tmp_path), limit_s=1)

    await until_gone(await until_written(file))


@POSIX
async def test_an_agent_that_it_leaves_behind_is_not_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    child = command_of("import time; time.sleep(60)", tmp_path, "child")
    code = (
        "import pathlib, shlex, subprocess\n"
        f"child = subprocess.Popen(shlex.split({child!r}), start_new_session=True)\n"
        f"pathlib.Path({str(file)!r}).write_text(f'{{child.pid}}\\n')\n"
        "print('t0ken')\n"
    )
    begun = time.monotonic()

    assert await printed(command_of(code, tmp_path)) == "t0ken"

    assert time.monotonic() - begun < 5
    os.kill(await until_written(file), signal.SIGKILL)


@POSIX
async def test_it_ends_with_the_task_that_waits_for_it(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    code = (
        "import os, pathlib, time\n"
        f"pathlib.Path({str(file)!r}).write_text(f'{{os.getpid()}}\\n')\n"
        "time.sleep(60)\n"
    )
    waiting = asyncio.create_task(printed(command_of(code, tmp_path)))
    process = await until_written(file)

    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    await until_gone(process)


def test_a_program_is_looked_for_on_the_path_alone(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
        (folder / "tool.EXE").touch()
    folders, endings = ("", ".", "relative", str(there)), (".COM", ".EXE")

    assert found_program("tool", folders, endings) == str(there / "tool.EXE")
    assert found_program("tool.EXE", folders, endings) == str(there / "tool.EXE")
    assert found_program("other", folders, endings) == "other"
    assert found_program(str(here / "tool.EXE"), folders, endings) == str(here / "tool.EXE")
