"""`doctor`: every setting with its origin, the culprit by name, and never a token."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.command import command
from tests.lsp_editor import server_environment
from tests.scripted_endpoint import ScriptedEndpoint, error_answer, raw_answer
from workers_ai_ls.cli.checks import examine
from workers_ai_ls.settings import read_options, resolve

if TYPE_CHECKING:
    from pathlib import Path

    from tests.scripted_endpoint import Answer

DEFAULT = "@cf/qwen/qwen2.5-coder-32b-instruct"
TOKEN = "made-up-token"


def _models(*names: str) -> Answer:
    listed = {"success": True, "result": [{"name": name} for name in names], "errors": []}
    return raw_answer(json.dumps(listed).encode())


async def _findings(
    folder: Path, answer: Answer, environment: dict[str, str] | None = None
) -> tuple[int, dict[str, dict[str, str]], dict[str, Any]]:
    """The exit code, the checks by name, and all of it."""
    async with ScriptedEndpoint(answer) as endpoint:
        given = environment or {}
        result = await command(folder, "doctor", "--json", endpoint=endpoint, environment=given)
    assert TOKEN not in result.out + result.err
    data = json.loads(result.out)
    return result.code, {check["name"]: check for check in data["checks"]}, data


async def test_a_sound_set_up_is_told_for_people(tmp_path: Path) -> None:
    async with ScriptedEndpoint(_models(DEFAULT)) as endpoint:
        result = await command(tmp_path, "doctor", endpoint=endpoint)
        host = f"127.0.0.1:{endpoint.port}"

    assert (result.code, result.err) == (0, "")
    assert TOKEN not in result.out
    (token,) = [line for line in result.out.splitlines() if line.startswith("apiToken")]
    assert token.split("  ")[-1].strip() == "the variable CLOUDFLARE_API_TOKEN"
    assert "set, not shown" in token
    assert f"ok   offer: {host} offers {DEFAULT}\n" in result.out
    assert "ok   token: " in result.out
    assert "fix" not in result.out
    for told in ("journal.sqlite3", "config.toml", "WORKERS_AI_LOG"):
        assert told in result.out
    assert endpoint.requests[0].path.endswith("/ai/models/search?search=qwen2.5-coder-32b-instruct")


CULPRITS = {
    "wrong token": (error_answer(401, 10000, "Authentication error", envelope="edge"), "token"),
    "token for another account": (error_answer(403, 10000, "Forbidden", envelope="edge"), "token"),
    "wrong account": (error_answer(404, 7003, "Could not route", envelope="edge"), "account"),
    "a sign-in page": (raw_answer(b"<html>Sign in</html>", content_type="text/html"), "endpoint"),
    "a redirect": (
        raw_answer(b"", status=302, headers=[("location", "https://login.example/")]),
        "endpoint",
    ),
}


@pytest.mark.parametrize("name", CULPRITS)
async def test_the_culprit_is_named(tmp_path: Path, name: str) -> None:
    answer, culprit = CULPRITS[name]
    async with ScriptedEndpoint(answer) as endpoint:
        given = server_environment(tmp_path, endpoint)
        options = read_options(environment=given, user_file=tmp_path / "config.toml")
        checks = await examine(resolve(options))

    assert [check.name for check in checks if check.status == "fix"] == [culprit]
    assert TOKEN not in str(checks)


async def test_a_withdrawn_model_must_be_replaced_at_cloudflare_alone(tmp_path: Path) -> None:
    old = {"WORKERS_AI_MODEL": "@hf/thebloke/deepseek-coder-6.7b-instruct-awq"}
    own, checks, _ = await _findings(tmp_path, _models(old["WORKERS_AI_MODEL"]), old)
    result = await command(tmp_path, "doctor", "--json", environment=old)
    theirs = {check["name"]: check for check in json.loads(result.out)["checks"]}

    assert (own, checks["model"]["status"]) == (0, "note")
    assert (result.code, theirs["model"]["status"]) == (1, "fix")
    assert "2025-10-01" in theirs["model"]["sentence"]
    assert "set WORKERS_AI_MODEL or workersAI.model to @cf/" in theirs["model"]["sentence"]


async def test_a_model_that_the_endpoint_does_not_list_is_worth_a_note(tmp_path: Path) -> None:
    code, checks, _ = await _findings(
        tmp_path, _models(DEFAULT), {"WORKERS_AI_MODEL": "@cf/somebody/new"}
    )

    assert code == 0
    assert checks["offer"]["status"] == checks["model"]["status"] == "note"
    assert "does not list @cf/somebody/new" in checks["offer"]["sentence"]


UNREACHABLE = {
    "no credentials": ({}, "credentials", "CLOUDFLARE_ACCOUNT_ID"),
    "clear text to another machine": (
        {"WORKERS_AI_BASE_URL": "http://ai.example/v4"},
        "endpoint",
        "clear text",
    ),
    "nobody there": ({"WORKERS_AI_BASE_URL": "http://127.0.0.1:{port}"}, "endpoint", "reached"),
}


@pytest.mark.parametrize("name", UNREACHABLE)
async def test_what_cannot_be_asked_is_named(tmp_path: Path, name: str) -> None:
    given, culprit, part = UNREACHABLE[name]
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        port = unheard.getsockname()[1]
        environment = {name: value.format(port=port) for name, value in given.items()}
        if given:
            environment |= {"CLOUDFLARE_ACCOUNT_ID": "0" * 32, "CLOUDFLARE_API_TOKEN": TOKEN}
        result = await command(tmp_path, "doctor", environment=environment)

    assert result.code == 1
    assert TOKEN not in result.out + result.err
    (line,) = [line for line in result.out.splitlines() if line.startswith("fix")]
    assert line.startswith(f"fix  {culprit}: ")
    assert part in line


async def test_a_setting_that_is_not_used_must_be_fixed(tmp_path: Path) -> None:
    (tmp_path / ".workers-ai.toml").write_text("[workersAI]\ntemperature = 99\n")
    code, checks, data = await _findings(tmp_path, _models(DEFAULT))

    assert (code, data["ok"], checks["settings"]["status"]) == (1, False, "fix")
    assert "workersAI.temperature" in checks["settings"]["sentence"]
    (row,) = [row for row in data["settings"] if row["name"] == "temperature"]
    assert row == {"name": "temperature", "value": "unset", "origin": "the default"}


async def test_the_embedded_model_needs_its_file_and_no_account(tmp_path: Path) -> None:
    chosen = {"WORKERS_AI_MODEL": "@local/qwen2.5-coder-0.5b-instruct"}
    lacking = await command(tmp_path, "doctor", environment=chosen)
    file = tmp_path / "model.gguf"
    file.write_bytes(b"GGUF")
    there = {**chosen, "WORKERS_AI_LOCAL_MODEL": str(file)}
    sound = await command(tmp_path, "doctor", environment=there)

    assert (lacking.code, sound.code) == (1, 0)
    (line,) = [line for line in lacking.out.splitlines() if line.startswith("fix")]
    assert line == "fix  local: `workers-ai-ls demo` fetches the embedded model (491 MB)"
    assert f"ok   local: the embedded model is {file}, and needs no account\n" in sound.out
