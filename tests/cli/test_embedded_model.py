"""The embedded model end to end: a real model, real code, the real command."""

from __future__ import annotations

import ast
import asyncio
import json
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from tests.cli.command import LIMIT_S, Result, begun, command, work
from tests.workers_ai_local.real_model import real_model

if TYPE_CHECKING:
    from collections.abc import Mapping

URLS = Path(httpx.__file__).with_name("_urls.py")
"""A module that people really use."""

BRIEF = "[workersAI]\nmaxTokens = 120\ncontext.maxTokens = 900\n"
"""A processor reads some hundred tokens of a prompt in a second, and writes some twenty."""


@pytest.fixture(scope="module")
def local() -> Mapping[str, str]:
    """The variables by which a command finds the model; its download is kept between runs."""
    return {"WORKERS_AI_LOCAL_MODEL": str(real_model().path), "OMP_WAIT_POLICY": "passive"}


async def test_explain_and_refactor_a_method_of_httpx(
    tmp_path: Path, local: Mapping[str, str]
) -> None:
    source = URLS.read_bytes()
    path = work(tmp_path, source, "_urls.py")
    (path.parent / ".workers-ai.toml").write_text(BRIEF)
    line = source[: source.index(b"def is_absolute_url")].count(b"\n") + 1
    where = f"_urls.py:{line}"

    explained = await _run(tmp_path, "explain", where, local=local)
    assert explained.code == 0
    assert "url" in explained.out.casefold()
    assert explained.out.count(" ") > 10

    # A small model may also find the code fine (0), or answer with what can't be used (3).
    refactored = await _run(tmp_path, "refactor", where, "--json", local=local)
    outcome = json.loads(refactored.out)
    assert refactored.code == outcome["exitCode"]
    assert refactored.code in (0, 3)
    assert outcome["answer"].strip()
    for file in outcome["files"]:
        assert Path(file["path"]) == path
        before, after = file["before"].splitlines(), file["after"].splitlines()
        assert before[: line - 4] == after[: line - 4]
        assert before[line + 12 :] == after[len(after) - len(before) + line + 12 :]
        ast.parse(file["after"])
    assert path.read_bytes() == source


@pytest.mark.skipif(sys.platform == "win32", reason="sends a POSIX signal")
async def test_local_serves_any_client_until_ctrl_c(
    tmp_path: Path, local: Mapping[str, str]
) -> None:
    async with (
        begun(tmp_path, "local", "--json", environment=dict(local)) as process,
        asyncio.timeout(LIMIT_S),
    ):
        assert process.stdout
        given = json.loads(await process.stdout.readline())
        healthy = await command(tmp_path, "doctor", environment=given)
        process.send_signal(signal.SIGINT)
        _, err = await process.communicate()

    assert set(given) == {
        *("WORKERS_AI_BASE_URL", "CLOUDFLARE_ACCOUNT_ID"),
        *("CLOUDFLARE_API_TOKEN", "WORKERS_AI_MODEL"),
    }
    assert healthy.code == 0
    assert f"offers {given['WORKERS_AI_MODEL']}\n" in healthy.out
    assert process.returncode == 130
    assert b"answers at http://127.0.0.1:" in err
    assert b"Traceback" not in err


async def test_the_demo_shows_three_actions_and_what_comes_next(
    tmp_path: Path, local: Mapping[str, str]
) -> None:
    result = await command(tmp_path, "demo", environment=dict(local))

    assert result.code == 0
    for part in (
        "def even_numbers(numbers):",
        "a real model, but a\nsmall one",
        "http://127.0.0.1:",
        "── AI: Explain ──",
        "── AI: Refactor ──",
        "── AI: Edit ──",
        "CLOUDFLARE_ACCOUNT_ID",
        "WORKERS_AI_MODEL=@local/qwen2.5-coder-0.5b-instruct\n",
    ):
        assert part in result.out
    assert "Traceback" not in result.err


async def _run(folder: Path, *arguments: str, local: Mapping[str, str]) -> Result:
    return await command(folder, "run", *arguments, "--local", environment=dict(local))
