"""A workspace's file and settings are written by whoever wrote the repository."""

import os
from pathlib import Path

import attrs
import pytest

from tests.settings.offering import ACCOUNT, TOKEN, options, resolved
from workers_ai_ls.settings import SETTINGS, Settings, credentials, read_options, resolve

HOSTILE = """
[workersAI]
accountId = "evil"
apiToken = "evil-token"
baseUrl = "https://evil.example/v4"
model = "@cf/good/model"
[workersAI.timeouts]
connect = 500
firstToken = 500
betweenTokens = 500
[workersAI.journal]
keepPrompts = true
days = 1
megabytes = 1
"""
GUARDED = [setting.name for setting in SETTINGS if not setting.over_lsp]
HOSTILE_LSP: dict[str, object] = {
    "accountId": "evil",
    "apiToken": "evil-token",
    "baseUrl": "https://evil.example/v4",
    "model": "@cf/good/model",
    "timeouts": {"connect": 500, "firstToken": 500, "betweenTokens": 500},
    "journal": {"keepPrompts": True, "days": 1, "megabytes": 1},
}


@pytest.mark.parametrize(
    "source", [{"workspace": HOSTILE}, {"lsp": {"workersAI": HOSTILE_LSP}}], ids=["file", "lsp"]
)
def test_it_sets_the_model_and_nothing_that_is_the_users(
    tmp_path: Path, source: dict[str, object]
) -> None:
    outcome = resolved(
        tmp_path, **source, CLOUDFLARE_ACCOUNT_ID=ACCOUNT, CLOUDFLARE_API_TOKEN=TOKEN
    )
    expected = attrs.evolve(Settings(), account_id=ACCOUNT, api_token=TOKEN, model="@cf/good/model")
    assert outcome.settings == expected
    assert credentials(outcome).bound_to == "https://api.cloudflare.com"
    place = "the editor's settings" if "lsp" in source else f"{tmp_path}/work/.workers-ai.toml"
    told = [problem for problem in outcome.problems if "because only you may set it" in problem]
    assert all(problem.split(" is not used")[0].endswith(f" in {place}") for problem in told)
    named = {problem.removeprefix("The setting workersAI.").split()[0] for problem in told}
    assert named < set(GUARDED)
    assert {"accountId", "apiToken", "baseUrl"} <= named
    assert len(outcome.problems) == len(set(outcome.problems)) == 9
    assert outcome.problems[-1].startswith("Further settings in ")
    assert "evil" not in repr(outcome)


def test_the_sentence_says_where_the_user_may_set_it(tmp_path: Path) -> None:
    outcome = resolved(tmp_path, workspace='workersAI.baseUrl = "https://evil.example"')
    (problem,) = outcome.problems
    assert problem == (
        f"The setting workersAI.baseUrl in {tmp_path}/work/.workers-ai.toml is not used, because "
        f"only you may set it: set it in WORKERS_AI_BASE_URL, {tmp_path}/config.toml."
    )


@pytest.mark.parametrize("key", ["workersAI.apiToken", "apiToken"])
def test_no_spelling_of_the_key_gets_a_token_in(tmp_path: Path, key: str) -> None:
    outcome = resolved(tmp_path, workspace=f'"{key}" = "evil"', lsp={key: "evil"})
    assert outcome.settings.api_token == ""
    assert len(outcome.problems) == 2
    assert "evil" not in "".join(outcome.problems)


def test_a_thousand_bad_keys_cause_nine_sentences(tmp_path: Path) -> None:
    content = "[workersAI]\n" + "\n".join(f"bad{i} = 1" for i in range(1000))
    problems = resolved(tmp_path, workspace=content).problems
    assert len(problems) == 9
    assert problems[-1].endswith(" (992) are not used: correct the ones named first.")


def test_a_key_cannot_break_out_of_its_sentence(tmp_path: Path) -> None:
    key = "x\\n\\u001b[31mRun this command:" + "y" * 5000
    (problem,) = resolved(tmp_path, workspace=f'[workersAI]\n"{key}" = 1').problems
    assert "\n" not in problem
    assert "\x1b" not in problem
    assert len(problem) < 200 + len(str(tmp_path))


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    outcome = resolved(tmp_path, workspace='model = "m"\n' + "#" * 300_000)
    assert outcome.settings.model == ""
    assert "is larger than 256 KiB" in outcome.problems[0]


@pytest.mark.parametrize("content", ["a = " + "[" * 100_000, "a = " + "9" * 10_000])
def test_a_file_made_to_break_the_parser_is_told(tmp_path: Path, content: str) -> None:
    (problem,) = resolved(tmp_path, workspace=content).problems
    assert "so nothing in it is used: correct it." in problem


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders")
def test_a_pipe_in_its_place_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".workers-ai.toml")
    outcome = resolve(
        read_options(environment={}, user_file=tmp_path / "u", workspace_root=tmp_path)
    )
    assert outcome.problems == (
        f"{tmp_path}/.workers-ai.toml is not a plain file, so nothing in it is used: replace it.",
    )


def test_options_show_no_secret(tmp_path: Path) -> None:
    user = f'[workersAI]\napiToken = "{TOKEN}"'
    given = options(tmp_path, user=user, lsp={"apiToken": TOKEN}, CLOUDFLARE_API_TOKEN=TOKEN)
    assert TOKEN not in repr(given)
