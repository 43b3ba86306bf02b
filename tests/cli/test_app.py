"""The command as a whole: help, version, lists, and what each subcommand does not import."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.command import begun, command, work
from tests.lsp_editor import lsp_editor
from workers_ai_ls import __version__

if TYPE_CHECKING:
    from pathlib import Path

DEFAULT = "@cf/qwen/qwen2.5-coder-32b-instruct"
PAID = "@cf/deepseek-ai/deepseek-v4-flash-0731"
OLD = "@hf/thebloke/deepseek-coder-6.7b-instruct-awq"


async def test_help_is_worth_reading(tmp_path: Path) -> None:
    whole = await command(tmp_path, "--help")
    ran = await command(tmp_path, "run", "-h")

    for part in ("workers-ai-ls run explain src/app.py:42", "Exit codes: 0", "130 interrupted"):
        assert part in whole.out
        assert part in ran.out
    commands = whole.out.partition("Commands:\n")[2]
    assert [line.split()[0] for line in commands.splitlines()] == [
        *("serve", "run", "prompt", "setup", "demo", "login", "logout", "doctor", "models"),
        *("usage", "local", "history"),
    ]
    assert "..." not in commands  # cut off for lack of room
    assert (whole.code, whole.err) == (0, "")


@pytest.mark.parametrize(
    "line", ["nonsense", "--nonsense", "run", "run sing half.py", "run refactor"]
)
async def test_wrong_usage_is_exit_code_2(tmp_path: Path, line: str) -> None:
    result = await command(tmp_path, *line.split())

    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("Usage: ")


async def test_the_version_imports_nothing_that_is_slow(tmp_path: Path) -> None:
    result = await command(tmp_path, "--version", environment=_noting_imports(tmp_path))

    assert result.out == f"workers-ai-ls {__version__}\n"
    assert "typer" in _imported(tmp_path)
    assert not _imported(tmp_path) & {"pygls", "lsprotocol", "httpx", "rich", "asyncio"}


async def test_serving_imports_nothing_of_the_command_line(tmp_path: Path) -> None:
    async with lsp_editor(tmp_path, environment=_noting_imports(tmp_path)) as editor:
        editor.open("half.py", "def half(x):\n    ┃return x / 2\n")
        assert await editor.titles()

    assert "pygls" in _imported(tmp_path)
    assert not _imported(tmp_path) & {
        *("typer", "rich", "starlette", "uvicorn", "httpx", "keyring", "tomlkit"),
    }
    assert not _imported(tmp_path) & {"workers_ai_local", "workers_ai_ls.cli"}


def _noting_imports(folder: Path) -> dict[str, str]:
    """Variables by which Python leaves the names of all modules behind when it ends."""
    hook = folder / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(
        "import atexit, sys\n"
        f"note = {str(folder / 'imported')!r}\n"
        "atexit.register(lambda: open(note, 'w').write('\\n'.join(sys.modules)))\n"
    )
    return {"PYTHONPATH": str(hook), "PYTHONDEVMODE": ""}


def _imported(folder: Path) -> set[str]:
    return set((folder / "imported").read_text().splitlines())


async def test_models_lists_those_that_answer(tmp_path: Path) -> None:
    table = await command(tmp_path, "models")
    listed = json.loads((await command(tmp_path, "models", "--json")).out)
    every = await command(tmp_path, "models", "--withdrawn")

    (line,) = [line for line in table.out.splitlines() if line.startswith(f"{DEFAULT} ")]
    # At 60,000 and 90,909 neurons per million tokens, and 300 requests a minute.
    assert line.split()[-3:] == ["79", "300", "default"]
    (paid,) = [line for line in table.out.splitlines() if line.startswith(f"{PAID} ")]
    assert paid.split()[-4:] == ["20", "paid", "plan,", "reasons"]
    (default,) = [model for model in listed if model["default"]]
    assert default["id"] == DEFAULT
    assert default["context_window"] > 0
    assert default["free_actions_per_day"] == 79
    assert default["requests_per_minute"] == 300
    assert default["price"]["usd_per_m_output"] == 1.0
    assert OLD not in table.out
    assert OLD not in {model["id"] for model in listed}
    (old,) = [line for line in every.out.splitlines() if line.startswith(f"{OLD} ")]
    assert "withdrawn 2025-10-01; instead: @cf/" in old


async def test_local_without_the_model_or_a_network_names_the_other_ways(tmp_path: Path) -> None:
    result = await command(
        tmp_path, "local", environment={"WORKERS_AI_LOCAL_MODEL": str(tmp_path / "gone.gguf")}
    )

    assert (result.code, result.out) == (1, "")
    assert "WORKERS_AI_LOCAL_MODEL names" in result.err.splitlines()[-1]


async def test_a_local_model_that_does_not_exist_is_named_with_those_that_do(
    tmp_path: Path,
) -> None:
    result = await command(tmp_path, "local", "--model", "7b")

    assert result.code == 1
    assert result.err.startswith("workers-ai-ls: 7b is no local model; choose one of @local/")


async def test_the_log_is_shown_on_request_and_holds_up_nobody(tmp_path: Path) -> None:
    work(tmp_path)
    given = {"WORKERS_AI_LOG": "DEBUG"}
    async with begun(tmp_path, "run", "explain", "half.py:5", environment=given) as process:
        _, err = await process.communicate()

    assert process.returncode == 1
    assert b"DEBUG" in err
