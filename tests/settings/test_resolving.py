from pathlib import Path

import pytest

from tests.settings.offering import resolved
from workers_ai_ls.settings import SETTINGS, Origin, Settings, overview


def test_nothing_given_is_all_defaults(tmp_path: Path) -> None:
    outcome = resolved(tmp_path)
    assert outcome.settings == Settings()
    assert outcome.problems == ()
    assert {str(origin) for origin in outcome.origins.values()} == {"the default"}


def test_sources_rise_from_user_file_to_environment(tmp_path: Path) -> None:
    sources: dict[str, object] = {}
    rising = [
        ("user", '[workersAI]\nmodel = "u"', "u", "user file"),
        ("workspace", '[workersAI]\nmodel = "w"', "w", "workspace file"),
        ("lsp", {"workersAI": {"model": "l"}}, "l", "editor"),
        ("WORKERS_AI_MODEL", "e", "e", "environment"),
    ]
    for source, content, value, name in rising:
        sources[source] = content
        outcome = resolved(tmp_path, **sources)
        assert outcome.settings.model == value
        assert outcome.origins["model"].source == name
    assert outcome.problems == ()


def test_every_origin_names_its_place(tmp_path: Path) -> None:
    outcome = resolved(
        tmp_path,
        user="[workersAI.journal]\ndays = 3",
        workspace='[workersAI.prompts]\nedit = "Be brief."',
        lsp={"followUps": False},
        CLOUDFLARE_ACCOUNT_ID="abc",
    )
    origins = outcome.origins
    assert set(origins) == {setting.name for setting in SETTINGS}
    assert str(origins["journal.days"]) == str(tmp_path / "config.toml")
    assert str(origins["prompts.edit"]) == str(tmp_path / "work" / ".workers-ai.toml")
    assert str(origins["followUps"]) == "the editor's settings"
    assert origins["accountId"] == Origin("environment", "CLOUDFLARE_ACCOUNT_ID")


def test_the_first_variable_that_is_set_wins(tmp_path: Path) -> None:
    both = resolved(tmp_path, CLOUDFLARE_API_TOKEN="new", CLOUDFLARE_AUTH_TOKEN="old")
    assert both.settings.api_token == "new"
    older = resolved(tmp_path, CLOUDFLARE_API_TOKEN="  ", CLOUDFLARE_AUTH_TOKEN="old\n")
    assert older.settings.api_token == "old"
    assert str(older.origins["apiToken"]) == "the variable CLOUDFLARE_AUTH_TOKEN"


@pytest.mark.parametrize(
    ("name", "bad", "expected"),
    [
        ("temperature", 6, "a number from 0 to 5"),
        ("temperature", "0.5", "a number from 0 to 5"),
        ("temperature", float("nan"), "a number from 0 to 5"),
        ("temperature", 10**400, "a number from 0 to 5"),
        ("maxTokens", 0, "a whole number from 1 to 10000000"),
        ("maxTokens", 1.5, "a whole number from 1 to 10000000"),
        ("maxTokens", True, "a whole number from 1 to 10000000"),
        ("stream", 1, "true or false"),
        ("stream", "false", "true or false"),
        ("apply", "later", '"direct" or "preview"'),
        ("apply", ["direct"], '"direct" or "preview"'),
        ("model", {"id": "x"}, "a model's id, such as @cf/qwen/qwen2.5-coder-32b-instruct"),
        ("prompts.system", "x" * 8001, "text of at most 8000 characters"),
        ("prompts.system", "\ud800", "text of at most 8000 characters"),
        ("answerLanguage", "a\nb", "the name of a language"),
        ("actions", False, "a group of settings"),
    ],
)
def test_a_bad_value_is_told_and_harms_no_other(
    tmp_path: Path, name: str, bad: object, expected: str
) -> None:
    outcome = resolved(
        tmp_path,
        user='[workersAI]\ntemperature = 0.5\nmodel = "mine"',
        lsp={"workersAI": {name: bad, "followUps": False}},
    )
    assert outcome.problems == (
        f"The setting workersAI.{name} in the editor's settings is not used: it must be {expected}.",
    )
    assert outcome.settings.temperature == 0.5
    assert outcome.settings.model == "mine"
    assert outcome.settings.follow_ups is False


def test_whole_numbers_are_taken_however_json_writes_them(tmp_path: Path) -> None:
    outcome = resolved(tmp_path, lsp={"maxTokens": 512.0, "temperature": 1})
    assert (outcome.settings.max_tokens, outcome.settings.temperature) == (512, 1.0)
    assert isinstance(outcome.settings.max_tokens, int)
    assert outcome.problems == ()


@pytest.mark.parametrize(
    ("key", "remedy"),
    [
        ("modle", "write workersAI.model"),
        ("Model", "write workersAI.model"),
        ("prompts.sytem", "write workersAI.prompts.system"),
        ("first_token", "remove it"),
        ("action", "write workersAI.actions"),
        ("zzz", "remove it"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest_name(
    tmp_path: Path, key: str, remedy: str
) -> None:
    outcome = resolved(tmp_path, lsp={"workersAI": {key: "x"}})
    assert outcome.problems == (
        f"The setting workersAI.{key} in the editor's settings is unknown: {remedy}.",
    )
    assert outcome.settings == Settings()


def test_the_overview_shows_each_setting_but_no_secret(tmp_path: Path) -> None:
    outcome = resolved(
        tmp_path, CLOUDFLARE_API_TOKEN="s3cret", WORKERS_AI_MODEL="m", lsp={"stream": False}
    )
    rows = overview(outcome)
    assert [row.name for row in rows] == [setting.name for setting in SETTINGS]
    assert ("model", "m", "the variable WORKERS_AI_MODEL") in rows
    assert ("apiToken", "set, not shown", "the variable CLOUDFLARE_API_TOKEN") in rows
    assert ("stream", "false", "the editor's settings") in rows
    assert ("timeouts.firstToken", "120", "the default") in rows
    assert ("temperature", "unset", "the default") in rows
    assert "s3cret" not in repr((rows, outcome))
