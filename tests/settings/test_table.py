import re

import attrs
import pytest

from workers_ai_ls.settings import SETTINGS, Setting, Settings
from workers_ai_ls.settings.checking import checked, expectation
from workers_ai_ls.settings.declaring import filled, held, kinds

NAMES = [setting.name for setting in SETTINGS]
every_setting = pytest.mark.parametrize("setting", SETTINGS, ids=NAMES)


def test_the_names_that_other_rooms_rely_on() -> None:
    assert set(NAMES) == {
        "accountId", "apiToken", "baseUrl", "model", "apply", "followUps", "temperature",
        "maxTokens", "promptStyle", "stream", "answerLanguage", "context.maxTokens",
        "actions.explain", "actions.refactor", "actions.tests", "actions.edit",
        "prompts.system", "prompts.explain", "prompts.refactor", "prompts.tests", "prompts.edit",
        "timeouts.connect", "timeouts.firstToken", "timeouts.betweenTokens",
        "endpoint", "headers", "repair", "topP", "topK", "seed", "repetitionPenalty", "frequencyPenalty",
        "presencePenalty", "lora", "reasoningEffort", "extraBody", "gateway.id", "gateway.token",
        "gateway.cacheTtl", "gateway.skipCache", "gateway.metadata", "gateway.requestTimeout",
        "actions.prompt", "context.conventions", "context.exclude", "verification.command",
        "verification.folders", "verification.seconds",
        "journal.keepPrompts", "journal.days", "journal.megabytes",
    }  # fmt: skip
    assert len(NAMES) == len(set(NAMES))


@every_setting
def test_a_default_fits_its_own_declaration(setting: Setting) -> None:
    assert checked(setting, setting.default) == setting.default


@every_setting
def test_a_description_is_one_or_two_sentences(setting: Setting) -> None:
    assert setting.description.endswith((".", ".*"))
    assert setting.description[0].isupper()
    assert "\n" not in setting.description


@every_setting
def test_only_text_comes_from_the_environment(setting: Setting) -> None:
    assert not setting.environment or kinds(setting) == (str,)


@every_setting
def test_numbers_have_bounds_so_that_nan_and_infinity_are_refused(setting: Setting) -> None:
    if {int, float} & set(kinds(setting)):
        assert setting.minimum is not None
        assert setting.maximum is not None


@every_setting
def test_what_an_editor_may_not_set_has_machine_scope(setting: Setting) -> None:
    assert setting.over_lsp == (setting.scope != "machine")


@every_setting
def test_what_is_expected_is_said_in_words(setting: Setting) -> None:
    assert len(expectation(setting)) > 3
    assert bool(setting.pattern or setting.verify) == bool(setting.expects)


def test_credentials_are_the_only_secret_and_never_shown() -> None:
    assert [one.name for one in SETTINGS if one.secret] == ["apiToken", "headers", "gateway.token"]
    assert "s3cret" not in repr(Settings(api_token="s3cret"))


def test_values_by_name_and_the_typed_settings_are_inverse() -> None:
    values = dict(held(Settings())) | {"timeouts.firstToken": 7.0, "model": "x"}
    settings = filled(Settings, values)
    assert settings == attrs.evolve(
        Settings(), model="x", timeouts=attrs.evolve(Settings().timeouts, first_token=7.0)
    )
    assert dict(held(settings)) == values


@pytest.mark.parametrize(
    "hostile", ["..", "../..", "a/../b", "a//b", "a?b", "a#b", "a%2fb", "/a", "a/", "a b", "a\n"]
)
def test_a_models_id_cannot_lead_the_request_elsewhere(hostile: str) -> None:
    (model,) = (one for one in SETTINGS if one.name == "model")
    with pytest.raises(ValueError, match="malformed"):
        checked(model, hostile)


@pytest.mark.parametrize(
    "good",
    [
        "@cf/qwen/qwen2.5-coder-32b-instruct",
        "@hf/thebloke/x-awq",
        "qwen2.5-coder:0.5b",
        "org/@cf/a_b",
    ],
)
def test_a_models_id_of_any_endpoint_is_taken(good: str) -> None:
    (model,) = (one for one in SETTINGS if one.name == "model")
    assert checked(model, good) == good


def test_patterns_mean_the_same_in_json_schema() -> None:
    for setting in SETTINGS:
        assert not re.search(r"\(\?[P<!=#]|\\[AZ]", setting.pattern), setting.name
