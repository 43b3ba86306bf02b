import os
import subprocess
from pathlib import Path

import pytest

from tests.settings.offering import ACCOUNT, TOKEN, resolved
from workers_ai_ls.settings import MissingCredentials, credentials, read_options, user_file_path

posix = pytest.mark.skipif(os.name == "nt", reason="Windows guards the profile folder instead")
OWN = f"""
[workersAI]
accountId = "{ACCOUNT}"
apiToken = "{TOKEN}"
model = "mine"
[workersAI.timeouts]
firstToken = 9
[workersAI.journal]
keepPrompts = true
"""


def test_a_private_file_sets_everything(tmp_path: Path) -> None:
    outcome = resolved(tmp_path, user=OWN)
    assert outcome.problems == ()
    assert credentials(outcome).token == TOKEN
    assert outcome.settings.timeouts.first_token == 9.0
    assert outcome.settings.journal.keep_prompts


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620])
def test_a_token_that_others_can_read_is_refused_and_the_rest_is_not(
    tmp_path: Path, mode: int
) -> None:
    outcome = resolved(tmp_path, user=OWN, mode=mode)
    file = tmp_path / "config.toml"
    refusal = (
        f"The token in {file} is not used, because others can read that file: "
        f"run `chmod 600 {file}`."
    )
    assert outcome.problems == (refusal,)
    assert outcome.settings.api_token == ""
    assert (outcome.settings.account_id, outcome.settings.model) == (ACCOUNT, "mine")
    with pytest.raises(MissingCredentials) as failure:
        credentials(outcome)
    assert str(failure.value) == refusal
    # The sentence's own command is the remedy.
    subprocess.run(["chmod", "600", file], check=True)  # noqa: S607 - POSIX has it on the path
    assert credentials(resolved(tmp_path)).token == TOKEN


@posix
def test_an_exposed_token_is_told_even_where_another_is_used(tmp_path: Path) -> None:
    outcome = resolved(tmp_path, user=OWN, mode=0o644, CLOUDFLARE_API_TOKEN="other")
    assert credentials(outcome).token == "other"
    assert len(outcome.problems) == 1


@posix
def test_a_file_without_a_token_may_be_public(tmp_path: Path) -> None:
    assert resolved(tmp_path, user='[workersAI]\nmodel = "m"', mode=0o644).problems == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[workersAI]\nmodel = \napply = 1", "is not valid TOML in line 2"),
        (b'[workersAI]\n\napiToken = "t0ken-of-nobody', "is not valid TOML in line 3"),
        (b'[workersAI]\nmodel = "\xff"', "is not UTF-8 in line 2"),
    ],
)
def test_a_broken_file_is_told_with_the_line_and_the_rest_goes_on(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / "config.toml").write_bytes(content)
    outcome = resolved(tmp_path, lsp={"model": "m"}, CLOUDFLARE_API_TOKEN="t")
    file = tmp_path / "config.toml"
    assert outcome.problems == (f"{file} {reason}, so nothing in it is used: correct it.",)
    assert (outcome.settings.model, outcome.settings.api_token) == ("m", "t")


def test_windows_notepads_mark_at_the_start_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_bytes(b'\xef\xbb\xbf[workersAI]\r\nmodel = "m"\r\n')
    assert resolved(tmp_path).settings.model == "m"


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "config.toml").mkdir()
    assert "is not a plain file" in resolved(tmp_path).problems[0]


def test_an_unreadable_file_is_told(tmp_path: Path) -> None:
    loop = tmp_path / "config.toml"
    loop.symlink_to(loop)
    (problem,) = resolved(tmp_path).problems
    assert problem.startswith(f"{loop} cannot be read (")


def test_a_section_and_bare_keys_both_count(tmp_path: Path) -> None:
    outcome = resolved(tmp_path, user='model = "m"\nmodle = 1\n[workersAI]\nstream = false')
    assert (outcome.settings.model, outcome.settings.stream) == ("m", False)
    assert outcome.problems == (
        f"The setting workersAI.modle in {tmp_path}/config.toml is unknown: write workersAI.model.",
    )


def test_it_stands_where_the_platform_keeps_settings() -> None:
    assert user_file_path().parts[-2:] == ("workers-ai-language-server", "config.toml")


def test_only_our_variables_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNRELATED_SECRET", "x")
    monkeypatch.setenv("WORKERS_AI_MODEL", "m")
    environment = read_options().environment
    assert environment["WORKERS_AI_MODEL"] == "m"
    assert "UNRELATED_SECRET" not in environment
