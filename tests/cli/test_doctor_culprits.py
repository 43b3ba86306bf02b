"""`doctor` against what can be wrong with an endpoint: each time it names the culprit."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING, Any

import pytest

from tests.cli.command import command
from tests.cli.signing import (
    ACCOUNT,
    NO_KEY,
    PAGE,
    SAID,
    SIGN_IN,
    TOKEN,
    cloudflared,
    models,
    offered,
)
from tests.lsp_editor import server_environment
from tests.scripted_endpoint import ScriptedEndpoint, error_answer
from tests.settings.keyrings import Raising, Waiting, file_keyring, using
from workers_ai_ls.cli.checks import examine
from workers_ai_ls.cli.keyring_check import completed
from workers_ai_ls.settings import keyring_access, read_options, resolve

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.scripted_endpoint import Answer

ACCESS = "cf-access-token: cmd:cloudflared access token -app=https://ai.team.example"


async def findings(
    folder: Path, endpoint: ScriptedEndpoint, environment: Mapping[str, str]
) -> tuple[int, list[dict[str, str]]]:
    """The exit code and the checks, told twice: as JSON and for people; no token is in either."""
    given = {
        "WORKERS_AI_BASE_URL": endpoint.base_url,
        "CLOUDFLARE_ACCOUNT_ID": ACCOUNT,
        "CLOUDFLARE_API_TOKEN": TOKEN,
        **environment,
    }
    told = await command(folder, "doctor", environment=given)
    result = await command(folder, "doctor", "--json", environment=given)
    assert TOKEN not in told.out + told.err + result.out + result.err
    assert "Traceback" not in told.err + result.err
    data: Any = json.loads(result.out)
    for check in data["checks"]:
        assert f"{check['status']:<5}{check['name']}: {check['sentence']}" in told.out
    return result.code, data["checks"]


def fixes(checks: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(each["name"], each["sentence"]) for each in checks if each["status"] == "fix"]


WORKER = {"WORKERS_AI_ENDPOINT": "worker"}
CULPRITS: dict[str, tuple[Answer, dict[str, str], str, str]] = {
    "wrong account": (
        error_answer(404, 7003, "Could not route to /accounts", envelope="edge"),
        {}, "account", "knows no such account: check CLOUDFLARE_ACCOUNT_ID",
    ),
    "wrong token": (
        error_answer(401, 10000, "Authentication error", envelope="edge"),
        {}, "token", "does not accept the API token",
    ),
    "token without the permission": (
        error_answer(403, 10000, "Forbidden", envelope="edge"),
        {}, "token", "may not use Workers AI on this account",
    ),
    "withdrawn model, at a Worker": (
        error_answer(410, 5028, "This model has been deprecated"),
        WORKER, "model", "@cf/",
    ),
    "gateway misnamed": (
        error_answer(400, 2001, "Please configure AI Gateway", envelope="gateway"),
        {"WORKERS_AI_GATEWAY": "misnamed"}, "gateway", "AI Gateway",
    ),
    "a Worker URL that answers HTML": (PAGE, WORKER, "endpoint", "answered with a web page"),
    "wrong key for a Worker": (NO_KEY, WORKER, "token", "does not accept the credentials"),
    "never signed in": (SIGN_IN, WORKER, "sign-in", "run `workers-ai-ls login http://127.0.0.1:"),
}  # fmt: skip


@pytest.mark.parametrize("name", CULPRITS)
async def test_the_culprit_is_named(tmp_path: Path, name: str) -> None:
    answer, given, culprit, part = CULPRITS[name]
    async with ScriptedEndpoint(answer) as endpoint:
        code, checks = await findings(tmp_path, endpoint, given)
    ((found, sentence),) = fixes(checks)
    assert (code, found) == (1, culprit)
    assert part in sentence


async def test_an_expired_sign_in_is_named(tmp_path: Path) -> None:
    given = {**WORKER, "WORKERS_AI_HEADERS": ACCESS, **cloudflared(tmp_path, signed_in=True)}
    async with ScriptedEndpoint(SIGN_IN) as endpoint:
        code, checks = await findings(tmp_path, endpoint, given)
        sign_in = f"cloudflared access login http://127.0.0.1:{endpoint.port}"
    ((culprit, sentence),) = fixes(checks)
    assert (code, culprit) == (1, "sign-in")
    assert sentence == f"Sign in again: run `{sign_in}` in a terminal, then try again."


async def test_a_missing_command_is_named(tmp_path: Path) -> None:
    given = {**WORKER, "WORKERS_AI_HEADERS": ACCESS}
    async with ScriptedEndpoint(SAID) as endpoint:
        code, checks = await findings(tmp_path, endpoint, given)
    ((culprit, sentence),) = fixes(checks)
    assert (code, culprit) == (1, "credentials")
    assert sentence.startswith("cloudflared, which is to print a credential, cannot be run (")
    assert not endpoint.requests


async def test_no_network_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    given = {"CLOUDFLARE_ACCOUNT_ID": ACCOUNT, "CLOUDFLARE_API_TOKEN": TOKEN}
    options = read_options(environment=given, user_file=tmp_path / "config.toml")
    checks = await examine(resolve(options))
    (wrong,) = [check for check in checks if check.status == "fix"]
    assert wrong.name == "network"
    assert "api.cloudflare.com cannot be reached: its name is not found" in wrong.sentence


async def test_a_model_that_cloudflare_withdrew_is_named(tmp_path: Path) -> None:
    old = "@hf/thebloke/deepseek-coder-6.7b-instruct-awq"
    options = read_options(
        environment={"WORKERS_AI_MODEL": old}, user_file=tmp_path / "config.toml"
    )
    checks = await examine(resolve(options))
    (model,) = [check for check in checks if check.name == "model"]
    assert model.status == "fix"
    assert "2025-10-01" in model.sentence


KINDS: dict[str, tuple[Answer, dict[str, str], dict[str, str]]] = {
    "rest": (
        offered(), {},
        {"kind": "Workers AI's REST API at http://127.0.0.1:", "account": f"{ACCOUNT} is taken"},
    ),
    "rest through a gateway": (
        SAID, {"WORKERS_AI_GATEWAY": "team"},
        {"kind": "Workers AI's REST API", "gateway": "team lets requests through"},
    ),
    "gateway": (
        SAID, {"WORKERS_AI_ENDPOINT": "gateway", "WORKERS_AI_GATEWAY": "team"},
        {"kind": "AI Gateway at ", "gateway": "team lets requests through"},
    ),
    "worker": (
        SAID, {**WORKER, "CLOUDFLARE_API_TOKEN": ""},
        {"kind": "a team's Worker at ", "token": "none is set, and none is wanted"},
    ),
    "openai": (
        models("@cf/qwen/qwen2.5-coder-32b-instruct"),
        {"WORKERS_AI_ENDPOINT": "openai", "CLOUDFLARE_API_TOKEN": ""},
        {"kind": "an OpenAI-compatible server at ", "token": "none is set", "offer": "offers"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
async def test_kind_and_gateway_are_told(tmp_path: Path, name: str) -> None:
    answer, given, parts = KINDS[name]
    async with ScriptedEndpoint(answer) as endpoint:
        own = {"WORKERS_AI_BASE_URL": f"http://127.0.0.1:{endpoint.port}/v1"}
        more = own if name == "openai" else {}
        code, checks = await findings(tmp_path, endpoint, given | more)
    assert (code, fixes(checks)) == (0, [])
    sentences = {check["name"]: check["sentence"] for check in checks}
    for check, part in parts.items():
        assert part in sentences[check]
    assert ("account" in sentences) == (name not in ("worker", "openai"))
    assert ("gateway" in sentences) == ("gateway" in name)


async def test_a_token_that_does_not_go_to_an_own_server_is_worth_a_note(tmp_path: Path) -> None:
    async with ScriptedEndpoint(models("m")) as endpoint:
        own = f'[workersAI]\nendpoint = "openai"\nbaseUrl = "http://127.0.0.1:{endpoint.port}/v1"\n'
        given = server_environment(tmp_path) | {"CLOUDFLARE_API_TOKEN": TOKEN}
        (tmp_path / "config.toml").write_text(own)
        options = read_options(environment=given, user_file=tmp_path / "config.toml")
        checks = await examine(resolve(options))
    notes = [check for check in checks if check.name == "token"]
    assert [check.status for check in notes] == ["ok", "note"]
    assert "was not given for http://127.0.0.1" in notes[1].sentence
    assert "authorization" not in endpoint.requests[0].headers


async def test_what_the_keyring_holds_is_used_and_told(tmp_path: Path) -> None:
    async with ScriptedEndpoint(offered()) as endpoint:
        origin = f"http://127.0.0.1:{endpoint.port}"
        keyring = file_keyring(tmp_path, **{origin: {"apiToken": TOKEN}})
        code, checks = await findings(tmp_path, endpoint, {"CLOUDFLARE_API_TOKEN": "", **keyring})
        other = file_keyring(tmp_path, **{"https://other.example": {"apiToken": TOKEN}})
        _, lacking = await findings(tmp_path, endpoint, {"CLOUDFLARE_API_TOKEN": "", **other})
        _, unasked = await findings(tmp_path, endpoint, keyring)
    assert (code, checks[0]["name"], checks[0]["status"]) == (0, "keyring", "ok")
    assert checks[0]["sentence"] == f"holds the token for {origin}"
    assert endpoint.requests[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert lacking[0]["sentence"] == f"holds nothing for {origin}"
    assert [name for name, _ in fixes(lacking)] == ["credentials"]
    assert unasked[0]["sentence"] == (
        "is not asked, because the variable CLOUDFLARE_API_TOKEN gives a credential"
    )


def test_a_keyring_that_fails_is_the_culprit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring_access.stored, "__defaults__", (0.05,))
    lacking = resolve(read_options(environment={}, user_file=tmp_path / "config.toml"))
    waiting = Waiting()
    for backend, part in ((Raising(OSError("x")), "failed (OSError)"), (waiting, "not answer")):
        with using(backend):
            _, (check,) = completed(lacking)
        assert (check.name, check.status) == ("keyring", "fix")
        assert part in check.sentence
    waiting.answer.set()
