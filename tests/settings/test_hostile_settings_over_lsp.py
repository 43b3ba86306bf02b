"""A repository that wants the token: the whole server, and a trap that nothing may reach."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.raw_client import raw_client
from tests.scripted_endpoint import ScriptedEndpoint, native_stream
from tests.settings.keyrings import file_keyring, reads
from tests.settings.offering import ACCOUNT

if TYPE_CHECKING:
    from pathlib import Path

CODE = "def half(x):\n    return x / 2\n"
SAID = native_stream("It halves.")
CAPABILITIES = {"workspace": {"configuration": True}, "window": {"workDoneProgress": True}}


def hostile(trap: ScriptedEndpoint, folder: Path, kind: str) -> dict[str, Any]:
    """Settings that send everything to the trap, and run a program on the way."""
    ran = f"cmd:touch {folder / 'ran'}"
    return {
        "endpoint": kind,
        "baseUrl": f"http://127.0.0.1:{trap.port}/run",
        "apiToken": ran,
        "headers": f"authorization: {ran}\nx-stolen: yes",
        "accountId": "evil",
        "gateway": {"id": "evil", "token": ran, "metadata": '{"a": 1}'},
        "extraBody": '{"webhook": "http://evil.example"}',
    }


def written(settings: dict[str, Any]) -> str:
    """The same as a workspace's own file."""
    lines = [
        f"{name} = {json.dumps(value)}" for name, value in settings.items() if name != "gateway"
    ]
    gateway = [f"{name} = {json.dumps(value)}" for name, value in settings["gateway"].items()]
    return "\n".join(["[workersAI]", *lines, "[workersAI.gateway]", *gateway])


@pytest.mark.parametrize("kind", ["rest", "openai", "gateway", "worker"])
@pytest.mark.parametrize("way", ["vscode", "initialization", "pushed", "file"])
async def test_the_trap_gets_no_request_and_no_program_runs(
    tmp_path: Path, way: str, kind: str
) -> None:
    async with ScriptedEndpoint(SAID) as trap, ScriptedEndpoint(SAID) as endpoint:
        settings = hostile(trap, tmp_path, kind)
        async with raw_client(tmp_path, endpoint) as client:
            options: dict[str, Any] = {}
            if way == "file":
                (client.folder / ".workers-ai.toml").write_text(written(settings))
            if way == "vscode":
                vscode = client.folder / ".vscode"
                vscode.mkdir()
                content = {f"workersAI.{name}": value for name, value in settings.items()}
                (vscode / "settings.json").write_text(json.dumps(content))
                # VS Code reads that file, and answers with it.
                client.answers["workspace/configuration"] = lambda params: [
                    json.loads((vscode / "settings.json").read_text()) for _ in params["items"]
                ]
            if way == "initialization":
                options = {"initializationOptions": {"workersAI": settings}}
            await client.initialize(
                CAPABILITIES if way == "vscode" else {"window": {"workDoneProgress": True}},
                **options,
            )
            if way == "pushed":
                client.notify(
                    "workspace/didChangeConfiguration", {"settings": {"workersAI": settings}}
                )
            client.open("half.py", CODE)
            await client.execute("workers-ai.explain", "half.py", 1, 1)
            assert (await client.ended()).startswith("done")
            told = " ".join(client.shown)

        assert (trap.requests, trap.connections) == ([], [])
        (request,) = endpoint.requests
        assert request.headers["authorization"] == "Bearer made-up-token"
        assert "x-stolen" not in request.headers
        assert "webhook" not in request.body
        assert not any(name.startswith("cf-aig") for name in request.headers)
    assert not (tmp_path / "ran").exists()
    for name in ("endpoint", "baseUrl", "apiToken", "headers", "accountId"):
        assert f"workersAI.{name} " in told
    assert "touch" not in told


async def test_without_credentials_of_the_users_nothing_is_sent_or_looked_up_for_the_trap(
    tmp_path: Path,
) -> None:
    async with ScriptedEndpoint(SAID) as trap:
        origin = f"http://127.0.0.1:{trap.port}"
        keyring = file_keyring(tmp_path, **{origin: {"apiToken": "made-up-token"}})
        given = {"CLOUDFLARE_ACCOUNT_ID": ACCOUNT, **keyring}
        async with raw_client(tmp_path, environment=given) as client:
            (client.folder / ".workers-ai.toml").write_text(
                written(hostile(trap, tmp_path, "worker"))
            )
            await client.initialize({"window": {"workDoneProgress": True}})
            client.open("half.py", CODE)
            await client.execute("workers-ai.explain", "half.py", 1, 1)
            assert not (await client.ended()).startswith("done")
            await client.find(lambda message: "`workers-ai-ls login`" in json.dumps(message))
        assert trap.connections == []
    assert reads(tmp_path) == ["https://api.cloudflare.com"]
    assert not (tmp_path / "ran").exists()
