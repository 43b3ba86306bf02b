"""Where the keyring stands among the sources, and which endpoint gets what it holds."""

from pathlib import Path

import pytest

from tests.settings.offering import ACCOUNT, TOKEN, resolved
from workers_ai_ls.settings import (
    Origin,
    Stored,
    credentials,
    keyring_origin,
    overview,
    wanted_from_keyring,
    with_stored,
)

CLOUD = "https://api.cloudflare.com"
TEAM = "https://ai.team.example"
WORKER = f'[workersAI]\nendpoint = "worker"\nbaseUrl = "{TEAM}/run"\n'
KEPT = {origin: Stored(origin, {"apiToken": "kept"}) for origin in (CLOUD, TEAM)}


def test_it_is_asked_when_nothing_else_gives_a_credential(tmp_path: Path) -> None:
    outcome = resolved(tmp_path, CLOUDFLARE_ACCOUNT_ID=ACCOUNT)
    assert wanted_from_keyring(outcome) == CLOUD
    completed = with_stored(outcome, KEPT[CLOUD])
    assert credentials(completed).token == "kept"
    assert completed.origins["apiToken"] == Origin("keyring", CLOUD)
    assert ("apiToken", "set, not shown", "the system keyring") in overview(completed)
    assert "kept" not in repr(completed)
    assert wanted_from_keyring(completed) == ""


@pytest.mark.parametrize(
    "sources",
    [
        {"user": '[workersAI]\napiToken = "file-token"'},
        {"user": '[workersAI]\nheaders = "authorization: Bearer file-token"'},
        {"CLOUDFLARE_API_TOKEN": TOKEN},
        {"WORKERS_AI_HEADERS": f"authorization: Bearer {TOKEN}"},
    ],
)
def test_every_other_source_stands_above_it(tmp_path: Path, sources: dict[str, str]) -> None:
    outcome = resolved(tmp_path, **sources)
    assert wanted_from_keyring(outcome) == ""
    assert with_stored(outcome, KEPT[CLOUD]) is outcome


def test_no_entry_changes_nothing(tmp_path: Path) -> None:
    outcome = resolved(tmp_path)
    assert with_stored(outcome, None) is outcome


@pytest.mark.parametrize(
    ("user", "entry"),
    [(WORKER, CLOUD), ("", TEAM), (WORKER.replace("https", "http"), TEAM),
     (WORKER.replace("/run", ":8443/run"), TEAM)],
)  # fmt: skip
def test_an_entry_for_another_origin_is_not_used(tmp_path: Path, user: str, entry: str) -> None:
    outcome = resolved(tmp_path, user=user)
    assert with_stored(outcome, KEPT[entry]) is outcome


def test_a_broken_address_gets_nothing_of_the_keyring(tmp_path: Path) -> None:
    outcome = resolved(tmp_path, user=WORKER, WORKERS_AI_BASE_URL="ftp://evil.example")
    assert wanted_from_keyring(outcome) == ""
    assert with_stored(outcome, KEPT[TEAM]) is outcome


def test_a_hostile_workspace_cannot_choose_the_origin(tmp_path: Path) -> None:
    hostile = WORKER.replace(TEAM, "https://evil.example")
    payload = {"workersAI": {"endpoint": "worker", "baseUrl": "https://evil.example/run"}}
    outcome = resolved(tmp_path, user=WORKER, workspace=hostile, lsp=payload)
    assert wanted_from_keyring(outcome) == TEAM


def test_cloudflares_token_in_the_environment_does_not_hide_the_teams(tmp_path: Path) -> None:
    outcome = resolved(tmp_path, user=WORKER, CLOUDFLARE_API_TOKEN=TOKEN)
    assert wanted_from_keyring(outcome) == TEAM
    completed = with_stored(outcome, KEPT[TEAM])
    assert credentials(completed).token == "kept"
    assert (completed.token_refusal, completed.problems) == ("", ())


def test_a_refusal_that_the_keyring_makes_good_is_no_problem_any_more(tmp_path: Path) -> None:
    user = f'[workersAI]\nbaseUrl = "{TEAM}/v4"\naccountId = "{ACCOUNT}"\nmodle = 1\n'
    outcome = resolved(tmp_path, user=user, CLOUDFLARE_API_TOKEN=TOKEN)
    assert outcome.token_refusal in outcome.problems
    completed = with_stored(outcome, KEPT[TEAM])
    assert credentials(completed).token == "kept"
    (left,) = completed.problems
    assert "modle" in left


def test_headers_and_the_gateways_token_can_be_kept_too(tmp_path: Path) -> None:
    secrets = {"headers": "x-key: kept", "gateway.token": "gate", "apiToken": ""}
    completed = with_stored(resolved(tmp_path, user=WORKER), Stored(TEAM, secrets))
    known = credentials(completed)
    assert (known.token, known.headers, known.gateway_token) == ("", (("x-key", "kept"),), "gate")
    assert completed.origins["apiToken"].source == "default"


def test_all_of_cloudflares_addresses_share_an_entry(tmp_path: Path) -> None:
    outcome = resolved(tmp_path, WORKERS_AI_ENDPOINT="gateway", CLOUDFLARE_ACCOUNT_ID=ACCOUNT)
    assert wanted_from_keyring(outcome) == CLOUD == keyring_origin(f"{CLOUD}/client/v4")
    known = credentials(with_stored(outcome, KEPT[CLOUD]))
    assert (known.token, known.bound_to) == ("kept", "https://gateway.ai.cloudflare.com")


def test_only_secrets_are_kept() -> None:
    for name in ("model", "baseUrl", "nonsense"):
        with pytest.raises(ValueError, match="not a secret"):
            Stored(CLOUD, {name: "x"})
