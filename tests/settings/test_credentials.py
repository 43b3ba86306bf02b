from pathlib import Path

import pytest

from tests.settings.offering import ACCOUNT, TOKEN, resolved
from workers_ai_ls.errors import Failure
from workers_ai_ls.settings import (
    DEFAULT_BASE_URL,
    Credentials,
    MissingCredentials,
    credentials,
    web_origin,
)

CLOUD = "https://api.cloudflare.com"
TEAM = "https://ai.team.example/v4"
LOOPBACK = "http://127.0.0.1:8788/client/v4"


def own(address: str = "") -> str:
    """A user file with account and token, and perhaps an address beside them."""
    beside = f'baseUrl = "{address}"\n' if address else ""
    return f'[workersAI]\naccountId = "{ACCOUNT}"\napiToken = "file-token"\n{beside}'


@pytest.mark.parametrize(
    "missing", [{}, {"CLOUDFLARE_ACCOUNT_ID": ACCOUNT}, {"CLOUDFLARE_API_TOKEN": TOKEN}]
)
def test_one_message_says_every_way_to_get_going(tmp_path: Path, missing: dict[str, str]) -> None:
    with pytest.raises(MissingCredentials) as failure:
        credentials(resolved(tmp_path, **missing))
    assert isinstance(failure.value, Failure)
    message = str(failure.value)
    for part in (
        "CLOUDFLARE_ACCOUNT_ID",
        "CLOUDFLARE_API_TOKEN",
        str(tmp_path / "config.toml"),
        "`workers-ai-ls demo`",
        "`workers-ai-ls local`",
    ):
        assert part in message
    assert "\n" not in message
    assert TOKEN not in message


BOUND = {
    "environment, default address": ("", {"CLOUDFLARE_API_TOKEN": TOKEN}, TOKEN, CLOUD),
    "environment, its own address": (
        "",
        {"CLOUDFLARE_API_TOKEN": TOKEN, "WORKERS_AI_BASE_URL": TEAM},
        TOKEN,
        "https://ai.team.example",
    ),
    "file, default address": (own(), {}, "file-token", CLOUD),
    "file, its own address": (own(TEAM), {}, "file-token", "https://ai.team.example"),
    "file, and the variable names the same origin": (
        own(),
        {"WORKERS_AI_BASE_URL": "https://API.cloudflare.com:443/other/path"},
        "file-token",
        CLOUD,
    ),
    "both, the environment's wins": (own(), {"CLOUDFLARE_API_TOKEN": TOKEN}, TOKEN, CLOUD),
    "both, only the file's belongs to the file's address": (
        own(TEAM),
        {"CLOUDFLARE_API_TOKEN": TOKEN},
        "file-token",
        "https://ai.team.example",
    ),
}


@pytest.mark.parametrize(("user", "environment", "token", "origin"), BOUND.values(), ids=BOUND)
def test_a_token_goes_to_the_origin_that_it_was_given_for(
    tmp_path: Path, user: str, environment: dict[str, str], token: str, origin: str
) -> None:
    outcome = resolved(tmp_path, user=user, **{"CLOUDFLARE_ACCOUNT_ID": ACCOUNT, **environment})
    assert credentials(outcome) == Credentials(ACCOUNT, token, origin)
    assert outcome.problems == ()
    assert web_origin(outcome.settings.address) == origin


ELSEWHERE = {
    "the file's token, another address in the environment": (own(), {"WORKERS_AI_BASE_URL": TEAM}),
    "no exception for loopback": (own(), {"WORKERS_AI_BASE_URL": LOOPBACK}),
    "the same host, plain http": (own(), {"WORKERS_AI_BASE_URL": "http://api.cloudflare.com"}),
    "the same host, another port": (own(), {"WORKERS_AI_BASE_URL": f"{CLOUD}:8443"}),
    "the environment's token, the file's address": (
        f'[workersAI]\nbaseUrl = "{TEAM}"',
        {"CLOUDFLARE_API_TOKEN": TOKEN},
    ),
    "the file's team token, Cloudflare in the environment": (
        own(TEAM),
        {"WORKERS_AI_BASE_URL": DEFAULT_BASE_URL},
    ),
}


@pytest.mark.parametrize(("user", "environment"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_token_goes_nowhere_else(tmp_path: Path, user: str, environment: dict[str, str]) -> None:
    outcome = resolved(tmp_path, user=user, **{"CLOUDFLARE_ACCOUNT_ID": ACCOUNT, **environment})
    assert outcome.settings.api_token == ""
    assert outcome.origins["apiToken"].source == "default"
    (problem,) = outcome.problems
    assert f"was not given for {web_origin(outcome.settings.address)}" in problem
    with pytest.raises(MissingCredentials) as failure:
        credentials(outcome)
    assert str(failure.value) == problem
    assert 'token"' not in problem
    assert TOKEN not in problem


@pytest.mark.parametrize(
    "address",
    [
        "ftp://ai.example", "ai.example", "https://", "https://user:pass@ai.example",
        "https://ai.example?x=1", "https://ai.example#x", "https://ai.example:99999",
        "https://[::::]", "https://ai.example\\@evil.example", "https://münchen.example",
    ],
)  # fmt: skip
def test_a_broken_address_gets_no_token_and_neither_does_the_default(
    tmp_path: Path, address: str
) -> None:
    outcome = resolved(
        tmp_path,
        user=own(),
        CLOUDFLARE_ACCOUNT_ID=ACCOUNT,
        CLOUDFLARE_API_TOKEN=TOKEN,
        WORKERS_AI_BASE_URL=address,
    )
    told, refusal = outcome.problems
    assert told.startswith("The setting workersAI.baseUrl in the variable WORKERS_AI_BASE_URL is ")
    assert "pass" not in told.replace("password", "")
    with pytest.raises(MissingCredentials, match="does not hold a usable address"):
        credentials(outcome)
    assert refusal == outcome.address_refusal
    assert outcome.settings.api_token == ""


def test_a_token_beside_a_broken_address_is_not_sent_to_a_good_one(tmp_path: Path) -> None:
    outcome = resolved(tmp_path, user=own("https://"), WORKERS_AI_BASE_URL=DEFAULT_BASE_URL)
    assert outcome.settings.api_token == ""
    assert "was not given for https://api.cloudflare.com" in outcome.token_refusal


def test_a_token_is_not_shown() -> None:
    assert TOKEN not in repr(Credentials(ACCOUNT, TOKEN, CLOUD))


@pytest.mark.parametrize("bad", ["two words", "tökèn", "a\x00b"])
def test_a_malformed_token_is_told_without_being_shown(tmp_path: Path, bad: str) -> None:
    outcome = resolved(tmp_path, CLOUDFLARE_API_TOKEN=bad)
    (problem,) = outcome.problems
    assert problem == (
        "The setting workersAI.apiToken in the variable CLOUDFLARE_API_TOKEN is not used: "
        'it must be one word of plain ASCII characters, or "cmd:" and a command.'
    )
