from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.workers_ai.printing import until_gone, until_written
from workers_ai_ls.workspace.trials import CannotRun, Ran, run_command

if TYPE_CHECKING:
    from pathlib import Path

FOREVER = "import time\nwhile True:\n    time.sleep(1)\n"


async def ran(folder: Path, code: str, *arguments: str, limit_s: float = 20.0) -> Ran:
    words = [sys.executable, "-I", "-c", code, *arguments]
    return await run_command(words, folder, environment={"A": "1"}, limit_s=limit_s)


async def test_it_tells_exit_code_and_both_outputs(tmp_path: Path) -> None:
    code = "import sys; print('out', flush=True); print('err', file=sys.stderr); sys.exit(3)"
    result = await ran(tmp_path, code)
    assert (result.code, result.output) == (3, "out\nerr\n")
    assert 0 < result.seconds < 10


async def test_folder_environment_and_input_are_the_given_ones(tmp_path: Path) -> None:
    code = "import os, sys; print('here' if os.path.samefile('.', sys.argv[1]) else os.getcwd(), os.environ.get('A'), 'HOME' in os.environ, sys.stdin.read() == '')"
    assert (await ran(tmp_path, code, str(tmp_path))).output == "here 1 False True\n"


async def test_arguments_are_not_read_by_a_shell(tmp_path: Path) -> None:
    code = "import sys; print(sys.argv[1:])"
    hostile = ("$(touch x)", "; touch x", "a b", "*", "'")
    assert (await ran(tmp_path, code, *hostile)).output == f"{list(hostile)}\n"
    assert not os.listdir(tmp_path)  # noqa: PTH208 - a plain look at the disk


async def test_a_long_output_keeps_head_and_tail(tmp_path: Path) -> None:
    code = "print('begin'); print('x' * 10_000_000); print('end')"
    output = (await ran(tmp_path, code)).output
    assert output.startswith("begin\n")
    assert output.endswith("x\nend\n")
    assert re.search(r"x\n\[99600\d\d bytes left out\]\nx", output)
    assert len(output) < 50_000


async def test_colours_and_broken_bytes_are_no_harm(tmp_path: Path) -> None:
    code = r"import sys; sys.stdout.buffer.write(b'\x1b[31mred\x1b[0m \xff\r\nnext\x1b]0;t\x07')"
    assert (await ran(tmp_path, code)).output == "red �\nnext"


async def test_the_time_limit_ends_it(tmp_path: Path) -> None:
    begun = time.monotonic()
    code = f"import os; open('pid', 'w').write(f'{{os.getpid()}}\\n')\n{FOREVER}"
    result = await ran(tmp_path, code, limit_s=1)
    assert result.code is None
    assert time.monotonic() - begun < 5
    await until_gone(await until_written(tmp_path / "pid"))


CHILD = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-I", "-c", {FOREVER!r}], STREAMS)
open("pid", "w").write(f"{{child.pid}}\\n")
"""
QUIET = "stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL"


@pytest.mark.parametrize("streams", ["", QUIET], ids=["holds the pipe", "quiet"])
@pytest.mark.parametrize("waits", [True, False], ids=["at the limit", "at its end"])
async def test_nothing_that_it_has_started_goes_on(
    tmp_path: Path, streams: str, *, waits: bool
) -> None:
    code = CHILD.replace("STREAMS", f"stdin=None, {streams}") + ("child.wait()\n" if waits else "")
    begun = time.monotonic()
    result = await ran(tmp_path, code, limit_s=2)
    assert result.code == (None if waits else 0)
    assert time.monotonic() - begun < 5
    await until_gone(await until_written(tmp_path / "pid"))


async def test_it_ends_with_the_task_that_waits(tmp_path: Path) -> None:
    code = f"import os; open('pid', 'w').write(f'{{os.getpid()}}\\n')\n{FOREVER}"
    task = asyncio.create_task(ran(tmp_path, code))
    process = await until_written(tmp_path / "pid")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await until_gone(process)


async def test_a_signal_that_ends_it_is_a_negative_code(tmp_path: Path) -> None:
    assert (await ran(tmp_path, "import os; os.kill(os.getpid(), 11)")).code == -11


@pytest.mark.parametrize("program", ["no-such-program", "./here.txt", "a\0b"])
async def test_what_cannot_be_run_is_a_sentence(tmp_path: Path, program: str) -> None:
    (tmp_path / "here.txt").touch()
    with pytest.raises(CannotRun, match=r"cannot be run \(.*\); install it or correct the command"):
        await run_command([program], tmp_path, environment=dict(os.environ), limit_s=5)
