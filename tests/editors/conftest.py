"""Real editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.editors.project import project as make_project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small Python project of the test's own."""
    return make_project(tmp_path)
