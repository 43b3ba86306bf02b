"""What the documents say is true: tables, commands and settings are those of the code."""

import re
from pathlib import Path

import pytest

from tests.generating import GENERATED
from workers_ai_ls import __version__
from workers_ai_ls.actions import ACTIONS, FOLLOW_UPS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ARCHITECTURE = (ROOT / "server" / "ARCHITECTURE.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GENERATED)
def test_what_is_generated_is_current(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert GENERATED[name](text) == text, "run `poe docs`"


def test_every_command_of_the_readme_exists_and_every_command_is_in_it() -> None:
    named = set(re.findall(r"`(workers-ai\.\w+)`", README))
    real = {each.command for each in ACTIONS} | {each.command for each in FOLLOW_UPS}
    more = ("showLastAnswer", "applyLastAnswer", "tryAgainWith")
    assert named == real | {f"workers-ai.{name}" for name in more}


def test_every_entry_of_the_menu_is_in_the_readme() -> None:
    for title in [each.title for each in ACTIONS] + [each.title for each in FOLLOW_UPS]:
        assert title in README


def test_links_lead_to_files() -> None:
    for document in [ROOT / "README.md", *ROOT.glob("editors/*/README.md")]:
        text = document.read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_the_architecture_names_every_room_and_only_rooms() -> None:
    rooms = {path.name for path in (ROOT / "server" / "workers_ai_ls").iterdir() if path.is_dir()}
    rooms.discard("__pycache__")
    table = set(re.findall(r"^\| `(\w+)/` \|", ARCHITECTURE, re.MULTILINE))
    assert table - {"workers_ai_local"} == rooms


def test_every_dependency_has_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = re.findall(r'^  "([a-z0-9-]+)[>=]', project, re.MULTILINE)
    reasons = ARCHITECTURE.partition("## Dependencies")[2]
    for name in names:
        assert name.removeprefix("tree-sitter-") in reasons or name.startswith("tree-sitter-"), name


def test_the_changelog_has_the_version() -> None:
    changelog = (ROOT / "server" / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {__version__}" in changelog
