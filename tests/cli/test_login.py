"""`login` tries what it is given before it keeps it, and `logout` forgets it."""

from __future__ import annotations

import os
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.cli.command import ANSWER, work
from tests.cli.signing import (
    ACCOUNT,
    DEFAULT,
    NO_KEY,
    NOT_FOUND,
    PAGE,
    SAID,
    TOKEN,
    models,
    offered,
    sign,
    user_file,
    written,
)
from tests.scripted_endpoint import ScriptedEndpoint, error_answer, native_stream, raw_answer
from tests.settings.keyrings import SERVICE, Memory, held, reads, using
from workers_ai_ls.cli import keeping
from workers_ai_ls.cli.asking import Asking
from workers_ai_ls.cli.finding import Found
from workers_ai_ls.workers_ai import Endpoint

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the home is laid out as on POSIX")
AS_SCRIPT = ("--account", ACCOUNT, "--token-stdin")


async def test_the_token_is_tried_and_kept_in_the_keyring_and_the_rest_in_the_file(
    tmp_path: Path,
) -> None:
    async with ScriptedEndpoint(offered()) as endpoint:
        result = await sign(tmp_path, "login", endpoint.base_url, *AS_SCRIPT, stdin=f"{TOKEN}\n")
        host = f"127.0.0.1:{endpoint.port}"

    assert (result.code, result.out) == (0, "")
    assert result.err == (
        f"Signed in: {host} answers. The system keyring keeps the token, and "
        f"{user_file(tmp_path)} the address.\n"
    )
    (request,) = endpoint.requests
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert held(tmp_path) == {f"http://{host}": {"apiToken": TOKEN}}
    assert written(tmp_path) == {
        "endpoint": "rest", "baseUrl": f"http://{host}/client/v4", "accountId": ACCOUNT,
    }  # fmt: skip
    assert TOKEN not in user_file(tmp_path).read_text()


async def test_without_the_keyring_the_file_keeps_it_and_the_keyring_is_left_alone(
    tmp_path: Path,
) -> None:
    arguments = (*AS_SCRIPT, "--no-keyring")
    async with ScriptedEndpoint(offered()) as endpoint:
        result = await sign(tmp_path, "login", endpoint.base_url, *arguments, stdin=TOKEN)

    assert result.code == 0
    assert written(tmp_path)["apiToken"] == TOKEN
    assert (held(tmp_path), reads(tmp_path)) == ({}, [])
    assert TOKEN not in result.out + result.err


REFUSED = {
    "wrong token": (error_answer(401, 10000, "Authentication error", envelope="edge"), "token"),
    "wrong account": (error_answer(404, 7003, "Could not route", envelope="edge"), "account"),
    "a page": (PAGE, "web page"),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_what_the_endpoint_does_not_take_is_not_kept(tmp_path: Path, name: str) -> None:
    answer, part = REFUSED[name]
    async with ScriptedEndpoint(answer) as endpoint:
        result = await sign(tmp_path, "login", endpoint.base_url, *AS_SCRIPT, stdin=TOKEN)

    assert (result.code, result.err.count("\n")) == (1, 1)
    assert part in result.err
    assert TOKEN not in result.err
    assert held(tmp_path) == {}
    assert not user_file(tmp_path).exists()


async def test_without_a_keyring_a_script_must_ask_for_the_file(tmp_path: Path) -> None:
    none = {"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}
    async with ScriptedEndpoint(offered()) as endpoint:
        result = await sign(
            tmp_path, "login", endpoint.base_url, *AS_SCRIPT, stdin=TOKEN, environment=none
        )

    assert result.code == 1
    assert f"add --no-keyring to keep the token in {user_file(tmp_path)}" in result.err
    assert not user_file(tmp_path).exists()


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ((), "give --account"),
        (("--account", ACCOUNT), "with --token-stdin"),
        (("https://a.example", TOKEN), "unexpected extra argument"),
        (("--token", TOKEN), "No such option"),
    ],
)
async def test_a_script_is_told_what_to_give_and_a_token_is_no_argument(
    tmp_path: Path, arguments: tuple[str, ...], part: str
) -> None:
    result = await sign(tmp_path, "login", *arguments)
    assert result.code == 2
    assert part in result.err


@pytest.mark.parametrize("given", ["", "\n", "two words\n", "tökèn\n"])
async def test_what_can_be_no_token_is_not_sent(tmp_path: Path, given: str) -> None:
    async with ScriptedEndpoint(offered()) as endpoint:
        result = await sign(tmp_path, "login", endpoint.base_url, *AS_SCRIPT, stdin=given)
    assert result.code == 1
    assert "nothing was changed" in result.err
    assert not endpoint.requests
    assert given.strip() not in result.err or not given.strip()


async def test_a_broken_settings_file_is_told_before_anything_else(tmp_path: Path) -> None:
    file = user_file(tmp_path)
    file.parent.mkdir(parents=True)
    file.write_text('[workersAI]\napiToken = "s3cret')
    async with ScriptedEndpoint(offered()) as endpoint:
        result = await sign(tmp_path, "login", endpoint.base_url, *AS_SCRIPT, stdin=TOKEN)
    assert (result.code, endpoint.requests) == (1, [])
    assert "is not valid TOML in line 2" in result.err
    assert "s3cret" not in result.err


async def test_a_team_worker_is_recognised_by_its_address_alone(tmp_path: Path) -> None:
    async with ScriptedEndpoint(NO_KEY, SAID) as endpoint:
        team = f"http://127.0.0.1:{endpoint.port}"
        result = await sign(tmp_path, "login", f"{team}/", "--token-stdin", stdin=TOKEN)

    assert result.code == 0, result.err
    assert [each.path for each in endpoint.requests] == ["/run", "/run"]
    assert "authorization" not in endpoint.requests[0].headers
    assert endpoint.requests[1].headers["authorization"] == f"Bearer {TOKEN}"
    assert written(tmp_path) == {"endpoint": "worker", "baseUrl": f"{team}/run"}
    assert held(tmp_path) == {team: {"apiToken": TOKEN}}


async def test_a_worker_that_does_not_serve_our_model_has_let_us_in(tmp_path: Path) -> None:
    refusal = error_answer(403, 5018, "This account is not allowed to access this model.")
    async with ScriptedEndpoint(NO_KEY, refusal) as endpoint:
        team = f"http://127.0.0.1:{endpoint.port}/run"
        result = await sign(tmp_path, "login", team, "--token-stdin", stdin=TOKEN)
    assert result.code == 0, result.err
    assert f" refuses the model {DEFAULT} (" in result.err
    assert written(tmp_path)["endpoint"] == "worker"


@pytest.mark.parametrize(("path", "asked"), [("", ["/run", "/v1/models"]), ("/v1", ["/v1/models"])])
async def test_an_openai_compatible_server_is_recognised_and_needs_no_key(
    tmp_path: Path, path: str, asked: list[str]
) -> None:
    answers = [NOT_FOUND, models("qwen2.5-coder:7b")][-len(asked) :]
    async with ScriptedEndpoint(*answers) as endpoint:
        server = f"http://127.0.0.1:{endpoint.port}"
        result = await sign(tmp_path, "login", f"{server}{path}")

    assert result.code == 0, result.err
    assert [each.path for each in endpoint.requests] == asked
    assert written(tmp_path) == {"endpoint": "openai", "baseUrl": f"{server}/v1"}
    assert held(tmp_path) == {}
    assert f"Its models (qwen2.5-coder:7b) do not include {DEFAULT}: choose one" in result.err


async def test_an_openai_compatible_server_with_a_key(tmp_path: Path) -> None:
    refusal = error_answer(401, "invalid_api_key", "No key.", envelope="openai")
    async with ScriptedEndpoint(refusal, models(DEFAULT)) as endpoint:
        server = f"http://127.0.0.1:{endpoint.port}/v1"
        result = await sign(tmp_path, "login", server, "--token-stdin", stdin=TOKEN)
    assert result.code == 0, result.err
    assert result.err.count("\n") == 1
    assert held(tmp_path) == {server.removesuffix("/v1"): {"apiToken": TOKEN}}


@pytest.mark.parametrize("answer", [PAGE, NOT_FOUND, raw_answer(b'{"hello": "world"}')])
async def test_an_address_where_nothing_of_the_kind_answers(tmp_path: Path, answer: object) -> None:
    async with ScriptedEndpoint(answer) as endpoint:  # type: ignore[arg-type] # an Answer
        server = f"http://127.0.0.1:{endpoint.port}"
        result = await sign(tmp_path, "login", server)
    assert result.code == 1
    assert result.err.startswith(f"workers-ai-ls: Nothing at {server} answers like Workers AI, ")
    assert not user_file(tmp_path).exists()


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("http://ai.team.example", "in clear text: use https"),
        ("ftp://ai.team.example", "not an http(s) address"),
        ("ai.team.example", "not an http(s) address"),
        ("https://[", "not an http(s) address"),
        ("https://ada:s3cret@ai.team.example", "take it out"),
    ],
)
async def test_an_address_that_cannot_be_asked(tmp_path: Path, url: str, part: str) -> None:
    result = await sign(tmp_path, "login", url)
    assert result.code == 1
    assert part in result.err
    assert "s3cret" not in result.err


async def test_an_endpoint_that_moved_is_no_sign_in_page(tmp_path: Path) -> None:
    moved = raw_answer(b"", status=301, headers=[("location", "https://elsewhere.example/run")])
    async with ScriptedEndpoint(moved) as endpoint:
        result = await sign(tmp_path, "login", f"http://127.0.0.1:{endpoint.port}")
    assert result.code == 1
    assert "redirects to elsewhere.example" in result.err


async def test_what_belonged_to_another_endpoint_goes(tmp_path: Path) -> None:
    file = user_file(tmp_path)
    file.parent.mkdir(parents=True)
    file.write_text(
        '# mine\n[workersAI]\nmodel = "m" # why\nbaseUrl = "https://old.example/run"\n'
        'apiToken = "old"\nheaders = "x-key: old"\n'
    )
    async with ScriptedEndpoint(offered()) as endpoint:
        result = await sign(tmp_path, "login", endpoint.base_url, *AS_SCRIPT, stdin=TOKEN)
    assert result.code == 0
    assert "old" not in file.read_text()
    assert file.read_text().startswith('# mine\n[workersAI]\nmodel = "m" # why\n')
    assert endpoint.requests[0].headers.get("x-key") is None


async def test_variables_that_overrule_it_are_named(tmp_path: Path) -> None:
    given = {"WORKERS_AI_BASE_URL": "https://other.example", "CLOUDFLARE_API_TOKEN": "other"}
    async with ScriptedEndpoint(offered()) as endpoint:
        result = await sign(
            tmp_path, "login", endpoint.base_url, *AS_SCRIPT, stdin=TOKEN, environment=given
        )
    assert result.code == 0
    assert result.err.endswith(
        "Note that CLOUDFLARE_API_TOKEN and WORKERS_AI_BASE_URL of this environment overrule what "
        "was kept.\n"
    )
    assert endpoint.requests[0].headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("way", ["gateway", "openai", "rest", "worker"])
def test_another_way_to_the_same_account_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'[workersAI]\nendpoint = "{way}"\ngateway.id = "team"\n')
    monkeypatch.setattr(keeping, "user_file_path", lambda: file)
    monkeypatch.setattr("workers_ai_ls.settings.options.user_file_path", lambda: file)
    found = Found(Endpoint(account_id=ACCOUNT, token=TOKEN))
    memory = Memory()
    with using(memory):
        place = keeping.keep(found, Asking(), use_keyring=True)
    assert place == f"The system keyring keeps the token, and {file} the address."
    settings = tomllib.loads(file.read_text())["workersAI"]
    assert settings == {
        "endpoint": "rest" if way == "worker" else way,
        "accountId": ACCOUNT,
        "gateway": {"id": "team"},
    }
    ((service, origin),) = memory.entries
    assert (service, origin) == (SERVICE, "https://api.cloudflare.com")


async def test_names_that_a_server_tells_cannot_move_the_cursor(tmp_path: Path) -> None:
    async with ScriptedEndpoint(models(r"evil\u001b[2J")) as endpoint:
        result = await sign(tmp_path, "login", f"http://127.0.0.1:{endpoint.port}/v1")
    assert result.code == 0
    assert "\x1b" not in result.err
    assert "evil␛[2J" in result.err


async def test_a_job_uses_what_login_kept_until_logout(tmp_path: Path) -> None:
    work(tmp_path)
    async with ScriptedEndpoint(offered()) as endpoint:
        assert (await sign(tmp_path, "login", endpoint.base_url, *AS_SCRIPT, stdin=TOKEN)).code == 0
        before = len(reads(tmp_path))
        endpoint.script(native_stream(*ANSWER))
        ran = await sign(tmp_path, "run", "explain", "half.py:5")
        assert ran.code == 0, ran.err
        assert endpoint.requests[-1].headers["authorization"] == f"Bearer {TOKEN}"
        assert endpoint.requests[-1].path.startswith(f"/client/v4/accounts/{ACCOUNT}/ai/run/")
        assert len(reads(tmp_path)) == before + 1

        left = await sign(tmp_path, "logout")
        assert (left.code, left.out) == (0, "")
        assert left.err == (
            f"Signed out: no credentials for http://127.0.0.1:{endpoint.port} are kept any more.\n"
        )
        assert held(tmp_path) == {}
        asked = len(endpoint.requests)
        ran = await sign(tmp_path, "run", "explain", "half.py:5")
        assert ran.code == 1
        assert "run `workers-ai-ls login`" in ran.err
        assert len(endpoint.requests) == asked
    assert written(tmp_path)["accountId"] == ACCOUNT


async def test_logout_takes_the_token_out_of_the_file_too_and_can_be_repeated(
    tmp_path: Path,
) -> None:
    file = user_file(tmp_path)
    file.parent.mkdir(parents=True)
    file.write_text(f'[workersAI]\napiToken = "{TOKEN}"\nheaders = "x-key: {TOKEN}"\n')
    still = {"CLOUDFLARE_API_TOKEN": TOKEN}
    elsewhere = await sign(tmp_path, "logout", "https://ai.team.example")
    assert "There was nothing to forget: no credentials for https://ai.team" in elsewhere.err
    assert TOKEN in file.read_text()
    first = await sign(tmp_path, "logout", environment=still)
    again = await sign(tmp_path, "logout")
    assert (elsewhere.code, first.code, again.code) == (0, 0, 0)
    assert TOKEN not in file.read_text()
    assert first.err.startswith("Signed out: no credentials for https://api.cloudflare.com are")
    assert first.err.endswith("CLOUDFLARE_API_TOKEN of this environment are still in force.\n")
    assert again.err.startswith("There was nothing to forget")
