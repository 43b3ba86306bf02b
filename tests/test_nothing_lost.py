"""Lost tasks, unclosed transports and the like fail a test, in its own process and in a server's."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server_stderr import complaints, heard

LOSES_A_TASK = "import asyncio\n\n\nasync def fails():\n    raise ValueError\n\n\n"


async def _say(code: str) -> None:
    """Let a process run the code, as the server's editors of the tests do."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-X", "dev", "-c", code), stderr=asyncio.subprocess.PIPE
    )
    async with heard(process.stderr):
        await process.wait()


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import os; open(os.devnull)", id="an unclosed file"),
        pytest.param("async def f(): ...\nf()", id="never awaited"),
        pytest.param(
            f"import logging; logging.basicConfig()\n{LOSES_A_TASK}"
            "async def main():\n"
            "    asyncio.create_task(fails())\n"
            "    await asyncio.sleep(0)\n"
            "asyncio.run(main())",
            id="an exception that was never retrieved",
        ),
    ],
)
async def test_a_complaint_of_a_server_fails_the_test(code: str) -> None:
    with pytest.raises(AssertionError, match=r"Warning: |ERROR:asyncio:"):
        await _say(code)


async def test_what_the_server_itself_logs_is_no_complaint(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = "WARNING:workers_ai_ls.lsp.editor: no answer"
    await _say(f"import sys; sys.stderr.write({said!r})")
    assert capsys.readouterr().err == said
    assert complaints("WARNING:asyncio:Executing <Task> took 0.2 seconds") == []


def test_a_task_that_is_lost_in_this_process_fails_the_test(tmp_path: Path) -> None:
    test = tmp_path / "test_lost.py"
    test.write_text(
        f"{LOSES_A_TASK}async def test_it():\n"
        "    asyncio.create_task(fails())\n"
        "    await asyncio.sleep(0)\n"
    )
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider"),
            *("-o", "asyncio_mode=auto", str(test)),
        ],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Task exception was never retrieved" in done.stdout
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
