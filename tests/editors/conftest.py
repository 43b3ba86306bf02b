"""Real editors."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.editors.project import project as make_project

_HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of one editor together: what they start and pack, they share."""
    for item in items:
        if item.path.parent == _HERE:
            item.add_marker(pytest.mark.xdist_group(item.path.stem.split("_")[1]))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small Python project of the test's own."""
    return make_project(tmp_path)
