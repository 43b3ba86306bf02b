"""What each kind of endpoint needs before a request may be made."""

from pathlib import Path

import pytest

from tests.settings.offering import ACCOUNT, TOKEN, resolved
from workers_ai_ls.jobs import endpoint_of, is_embedded
from workers_ai_ls.settings import MissingAddress, MissingCredentials, credentials

OLLAMA = '[workersAI]\nendpoint = "openai"\nbaseUrl = "http://127.0.0.1:11434/v1"\n'
TEAM = '[workersAI]\nendpoint = "worker"\nbaseUrl = "https://ai.team.example/run"\n'


@pytest.mark.parametrize("user", [OLLAMA, TEAM])
def test_a_server_of_ones_own_needs_no_credentials(tmp_path: Path, user: str) -> None:
    endpoint = endpoint_of(resolved(tmp_path, user=user))
    assert (endpoint.token, endpoint.headers, endpoint.account_id) == ("", (), "")


@pytest.mark.parametrize("user", [OLLAMA, TEAM])
def test_cloudflares_token_for_other_tools_neither_goes_there_nor_is_in_the_way(
    tmp_path: Path, user: str
) -> None:
    outcome = resolved(
        tmp_path, user=user, CLOUDFLARE_API_TOKEN=TOKEN, CLOUDFLARE_ACCOUNT_ID=ACCOUNT
    )
    assert endpoint_of(outcome).token == ""
    assert outcome.problems == ()
    assert "was not given for" in outcome.token_refusal


@pytest.mark.parametrize("secret", ["", TOKEN])
@pytest.mark.parametrize("user", [OLLAMA, TEAM, ""])
def test_a_broken_address_lets_no_request_go_to_a_lower_one(
    tmp_path: Path, user: str, secret: str
) -> None:
    outcome = resolved(
        tmp_path, user=user, CLOUDFLARE_API_TOKEN=secret, WORKERS_AI_BASE_URL="ai.example"
    )
    with pytest.raises(MissingCredentials, match="No request is made, because the variable W"):
        credentials(outcome)


def test_a_worker_without_an_address_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingAddress, match="workers-ai-ls login"):
        credentials(resolved(tmp_path, WORKERS_AI_ENDPOINT="worker"))


@pytest.mark.parametrize("kind", ["rest", "openai", "gateway", "worker"])
@pytest.mark.parametrize(
    "address",
    ["https://api.cloudflare.com/client/v4", "https://proxy.example/client/v4/",
     "http://127.0.0.1:11434/v1", "https://ai.team.example/run"],
)  # fmt: skip
def test_settings_and_wire_agree_on_who_needs_an_account(
    tmp_path: Path, kind: str, address: str
) -> None:
    given = {"CLOUDFLARE_ACCOUNT_ID": ACCOUNT, "CLOUDFLARE_API_TOKEN": TOKEN}
    outcome = resolved(tmp_path, WORKERS_AI_ENDPOINT=kind, WORKERS_AI_BASE_URL=address, **given)
    assert outcome.settings.needs_account == endpoint_of(outcome).is_cloudflare


@pytest.mark.parametrize("kind", ["rest", "openai", "gateway"])
def test_cloudflare_needs_account_and_token_or_headers(tmp_path: Path, kind: str) -> None:
    account = {"CLOUDFLARE_ACCOUNT_ID": ACCOUNT, "WORKERS_AI_ENDPOINT": kind}
    for lacking in (account, {"CLOUDFLARE_API_TOKEN": TOKEN, "WORKERS_AI_ENDPOINT": kind}):
        with pytest.raises(MissingCredentials, match="workers-ai-ls login"):
            credentials(resolved(tmp_path, **lacking))
    assert credentials(resolved(tmp_path, **account, CLOUDFLARE_API_TOKEN=TOKEN)).token == TOKEN
    headers = {"WORKERS_AI_HEADERS": f"Authorization: Bearer {TOKEN}"}
    known = credentials(resolved(tmp_path, **account, **headers))
    assert known.headers == (("authorization", f"Bearer {TOKEN}"),)
    assert TOKEN not in repr(known)


def test_headers_are_bound_to_their_origin_like_a_token(tmp_path: Path) -> None:
    beside = f'{TEAM}headers = "x-key: {TOKEN}"\n'
    assert endpoint_of(resolved(tmp_path, user=beside)).headers == (("x-key", TOKEN),)
    moved = resolved(tmp_path, user=beside, WORKERS_AI_BASE_URL="https://evil.example/run")
    assert endpoint_of(moved).headers == ()
    (problem,) = moved.problems
    assert problem.startswith("The setting workersAI.headers from ")
    assert "was not given for https://evil.example" in problem
    assert TOKEN not in problem


def test_the_gateways_metadata_becomes_one_line_of_ascii(tmp_path: Path) -> None:
    user = """
    [workersAI]
    gateway.id = "team"
    gateway.metadata = '''{
      "büro": "köln"
    }'''
    """
    given = {"CLOUDFLARE_ACCOUNT_ID": ACCOUNT, "CLOUDFLARE_API_TOKEN": TOKEN}
    gateway = endpoint_of(resolved(tmp_path, user=user, **given)).gateway
    assert gateway is not None
    assert gateway.metadata == r'{"b\u00fcro": "k\u00f6ln"}'


@pytest.mark.parametrize(("user", "embedded"), [("", True), (OLLAMA, False), (TEAM, False)])
def test_only_the_default_endpoint_runs_local_models_by_itself(
    tmp_path: Path, user: str, *, embedded: bool
) -> None:
    outcome = resolved(tmp_path, user=user, WORKERS_AI_MODEL="@local/small")
    assert is_embedded(outcome.settings) is embedded
