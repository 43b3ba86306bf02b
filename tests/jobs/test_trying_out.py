"""The words of the command that runs new tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import workers_ai_ls
from workers_ai_ls.jobs.trying_out import CommandUnclear, Plan, _environment, words_of

ROOT = Path("/work/shop")
TRIAL = Path("/trial/shop")


def words(template: str, file: str, folder: str = "") -> list[str]:
    return words_of(template, Plan(template, ROOT, ROOT, ROOT / folder, ROOT / file), TRIAL)


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("pytest -q {file}", ["pytest", "-q", "tests/test_a.py"]),
        ("{root}/.venv/bin/pytest {file}", ["/trial/shop/.venv/bin/pytest", "tests/test_a.py"]),
        ("go test ./{folder}", ["go", "test", "./tests"]),
        ("mvn -Dtest={name} test", ["mvn", "-Dtest=test_a", "test"]),
        ("run 'a b' \"{file}\" {other}", ["run", "a b", "tests/test_a.py", "{other}"]),
    ],
)
def test_the_parts_of_the_path_take_their_places(template: str, expected: list[str]) -> None:
    assert words(template, "tests/test_a.py") == expected


def test_paths_begin_at_the_projects_folder() -> None:
    assert words("run {file} {folder}", "api/tests/test_a.py", "api") == [
        *("run", "tests/test_a.py", "tests")
    ]
    assert words("run {folder}", "test_a.py") == ["run", "."]


@pytest.mark.parametrize("name", ["-x.py", "--rootdir=.py", "@file.py", "+x.py", "#a.py"])
def test_no_name_becomes_an_option(name: str) -> None:
    assert words("run {file} -o={file}", name) == ["run", f"./{name}", f"-o={name}"]


@pytest.mark.parametrize("name", ["a b.py", "a'b.py", 'a"b.py', "$(x).py", "a;b.py", "{root}.py"])
def test_no_name_becomes_more_than_one_word(name: str) -> None:
    (_, word) = words("run {file}", f"tests/{name}")
    assert word == f"tests/{name}"


def test_an_open_quote_is_told() -> None:
    with pytest.raises(CommandUnclear, match="open quote"):
        words("run 'a", "a.py")


def test_the_bundles_own_modules_do_not_reach_the_users_tests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = str(Path(workers_ai_ls.__file__).parents[1])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([own, "/srv/theirs"]))
    assert _environment(tmp_path)["PYTHONPATH"] == "/srv/theirs"
    monkeypatch.setenv("PYTHONPATH", own)
    assert "PYTHONPATH" not in _environment(tmp_path)
