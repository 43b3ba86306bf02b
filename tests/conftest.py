"""What all tests share: the options for those that need more than Python."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# A busy machine is slow, not wrong.
settings.register_profile("steady", deadline=None)
settings.load_profile("steady")

_NEEDS = {
    "editors": "real editors, as .ci/install-editors and .ci/install-vscode fetch them",
    "playground": "Chromium",
    "runners": "test runners of several languages, as .ci/install-runners installs them",
    "worker": "Node.js and the Worker's packages",
}
"""Marker and option, and what the tests with it need. With the option a missing tool fails them."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add an option for each kind of need."""
    for name, need in _NEEDS.items():
        parser.addoption(f"--{name}", action="store_true", help=f"run the tests that need {need}")
    parser.addoption("--pictures", action="store_true", help="draw the pictures of the docs anew")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers."""
    for name, need in _NEEDS.items():
        config.addinivalue_line("markers", f"{name}: needs {need}; runs with --{name}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what was not asked for."""
    missing = [name for name in _NEEDS if not config.getoption(f"--{name}")]
    left_out = [item for item in items if any(map(item.get_closest_marker, missing))]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def _nothing_is_lost(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test that lost a task or an exception: asyncio only logs of it, when it is collected."""
    yield
    records = [
        each for phase in ("setup", "call", "teardown") for each in caplog.get_records(phase)
    ]
    lost = [each for each in records if each.name == "asyncio" and each.levelno >= logging.ERROR]
    assert [each.getMessage() for each in lost] == []
