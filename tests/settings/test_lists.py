"""Settings that hold a list of texts."""

import json
from pathlib import Path

import pytest

from tests.settings.offering import resolved
from workers_ai_ls.settings import SETTINGS, commands_by_framework, overview
from workers_ai_ls.settings.reference import json_schema, markdown_table

USER = '[workersAI.context]\nexclude = ["secrets/**"]'


def test_a_list_comes_from_toml_and_from_json(tmp_path: Path) -> None:
    in_file = resolved(tmp_path, user='[workersAI.context]\nconventions = ["A.md", "docs/B.md"]')
    assert in_file.settings.context.conventions == ("A.md", "docs/B.md")
    in_editor = resolved(tmp_path, lsp={"workersAI": {"context": {"conventions": ["C.md"]}}})
    assert in_editor.settings.context.conventions == ("C.md",)
    assert (in_file.problems, in_editor.problems) == ((), ())


@pytest.mark.parametrize("empty", [[], {}, ""])
def test_an_empty_list_takes_the_default_away_however_an_editor_writes_it(
    tmp_path: Path, empty: object
) -> None:
    outcome = resolved(tmp_path, lsp={"context.conventions": empty})
    assert (outcome.settings.context.conventions, outcome.problems) == ((), ())


def test_a_text_alone_is_a_list_of_one(tmp_path: Path) -> None:
    outcome = resolved(tmp_path, user='[workersAI.context]\nexclude = "*.sql"')
    assert outcome.settings.context.exclude == ("*.sql",)


@pytest.mark.parametrize(
    ("name", "bad", "expected"),
    [
        ("context.conventions", 7, "names of files or paths inside the workspace"),
        ("context.conventions", {"a": 1}, "names of files or paths inside the workspace"),
        ("context.conventions", ["a", 1], "names of files or paths inside the workspace"),
        ("context.conventions", ["/etc/passwd"], "names of files or paths inside the workspace"),
        ("context.conventions", ["a/../../b"], "names of files or paths inside the workspace"),
        ("context.conventions", ["C:\\\\x"], "names of files or paths inside the workspace"),
        ("context.conventions", ["\\\\x"], "names of files or paths inside the workspace"),
        ("context.conventions", ["x" * 301], "names of files or paths inside the workspace"),
        ("context.exclude", ["!*.sql"], "patterns such as secrets/** or *.sql, without !"),
        ("context.exclude", ["a\nb"], "patterns such as secrets/** or *.sql, without !"),
        ("context.exclude", [None], "patterns such as secrets/** or *.sql, without !"),
    ],
)
def test_a_bad_list_is_told_and_not_used(
    tmp_path: Path, name: str, bad: object, expected: str
) -> None:
    outcome = resolved(tmp_path, lsp={"workersAI": {name: bad}})
    (problem,) = outcome.problems
    start = f"The setting workersAI.{name} in the editor's settings is not used"
    assert problem == f"{start}: it must be a list of {expected}."
    assert outcome.settings.context.conventions == ("AGENTS.md",)
    assert outcome.settings.context.exclude == ()


@pytest.mark.parametrize("taking_away", [[], ["!secrets/**"], None, 7])
def test_nothing_takes_away_what_the_user_keeps_out(tmp_path: Path, taking_away: object) -> None:
    outcome = resolved(
        tmp_path,
        user=USER,
        workspace=f"[workersAI.context]\nexclude = {json.dumps(taking_away or [])}",
        lsp={"workersAI": {"context": {"exclude": taking_away}}},
    )
    assert outcome.settings.context.exclude == ("secrets/**",)


def test_what_several_sources_keep_out_adds_up_and_each_is_named(tmp_path: Path) -> None:
    outcome = resolved(
        tmp_path,
        user=USER,
        workspace='[workersAI.context]\nexclude = ["*.sql", "!secrets/**"]',
        lsp=[{"context.exclude": ["a"]}, {"context.exclude": ["b", "*.sql"]}],
    )
    assert outcome.settings.context.exclude == ("secrets/**", "*.sql", "a", "b")
    assert str(outcome.origins["context.exclude"]) == (
        f"{tmp_path}/config.toml and {tmp_path}/work/.workers-ai.toml and the editor's settings"
    )
    (problem,) = outcome.problems
    assert "workersAI.context.exclude in" in problem


def test_a_bad_pattern_leaves_the_good_ones_beside_it(tmp_path: Path) -> None:
    outcome = resolved(tmp_path, user='[workersAI.context]\nexclude = ["a", 1, "!b", "c"]')
    assert outcome.settings.context.exclude == ("a", "c")
    assert len(outcome.problems) == 1


def test_only_the_user_has_tests_run(tmp_path: Path) -> None:
    hostile = {"command": "rm -r {folder}", "folders": ["/"], "seconds": 600}
    outcome = resolved(tmp_path, lsp={"workersAI": {"verification": hostile}})
    assert outcome.settings.verification.command == ""
    assert outcome.settings.verification.folders == ()
    assert len(outcome.problems) == 3
    own = resolved(
        tmp_path,
        user='[workersAI.verification]\ncommand = "pytest -q {file}"\nfolders = ["~/work"]',
    )
    assert own.settings.verification.command == "pytest -q {file}"
    assert own.settings.verification.folders == ("~/work",)
    assert own.problems == ()


@pytest.mark.parametrize("folders", ["work", "./work", "../work"])
def test_a_trusted_folder_is_absolute(tmp_path: Path, folders: str) -> None:
    outcome = resolved(tmp_path, user=f"[workersAI.verification]\nfolders = [{folders!r}]")
    assert outcome.settings.verification.folders == ()
    assert outcome.problems[0].endswith("it must be a list of absolute paths.")


def test_a_framework_has_one_command() -> None:
    assert commands_by_framework("pytest -q {file}\nGo: go test") == {
        "": "pytest -q {file}",
        "go": "go test",
    }
    for twice in ("go: a\ngo: b", "pytest a\npytest b", "go: a\x1b"):
        with pytest.raises(ValueError, match="two commands"):
            commands_by_framework(twice)


def test_a_list_is_shown_as_toml_writes_it(tmp_path: Path) -> None:
    rows = {row.name: row.value for row in overview(resolved(tmp_path, user=USER))}
    assert rows["context.exclude"] == '["secrets/**"]'
    assert rows["verification.folders"] == "[]"
    assert '| `context.conventions` | `["AGENTS.md"]` |' in markdown_table()


def test_the_schema_says_what_a_list_holds() -> None:
    section = json.loads(json.dumps(json_schema()))["properties"]["workersAI"]["properties"]
    assert section["context"]["properties"]["conventions"]["default"] == ["AGENTS.md"]
    folders = section["verification"]["properties"]["folders"]
    assert folders["type"] == "array"
    assert folders["items"]["pattern"].startswith("^(")
    assert "pattern" not in section["context"]["properties"]["exclude"]["items"]


def test_lists_add_up_only_where_they_say_so() -> None:
    assert [one.name for one in SETTINGS if one.adds_up] == ["context.exclude"]
