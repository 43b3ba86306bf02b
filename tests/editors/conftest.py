"""Real editors. Those that need system packages are marked `editors` and run with `--editors`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.editors.project import project as make_project

if TYPE_CHECKING:
    from pathlib import Path


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option; pytest sees it when `tests/editors` is on its command line."""
    parser.addoption(
        "--editors", action="store_true", help="run the tests that need tmux and real editors"
    )
    parser.addoption(
        "--pictures", action="store_true", help="draw the pictures of the READMEs anew"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker."""
    config.addinivalue_line("markers", "editors: needs system packages; runs with --editors")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the marked tests out without `--editors`; with it, a missing tool fails them."""
    if config.getoption("--editors", default=False):
        return
    left_out = [item for item in items if item.get_closest_marker("editors")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small Python project of the test's own."""
    return make_project(tmp_path)
