"""The playground in a real browser."""

from __future__ import annotations

import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, ConsoleMessage, Page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium; its event loop must not outlive the module, whose tests know no other."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail("There is no Chromium here: run .ci/install-chromium")
    with (
        sync_playwright() as playwright,
        closing(playwright.chromium.launch(executable_path=chromium)) as running,
    ):
        yield running


@pytest.fixture
def problems() -> list[str]:
    """What the browser complained of."""
    return []


@pytest.fixture
def page(browser: Browser, problems: list[str]) -> Iterator[Page]:
    """An empty tab of a profile of its own. No test may end with a script error in it."""

    def note(message: ConsoleMessage) -> None:
        # Chromium also logs each answer with a status of 400 and more, which some tests want.
        if message.type in {"error", "warning"} and "Failed to load" not in message.text:
            problems.append(message.text)

    with closing(browser.new_context()) as context:
        tab = context.new_page()
        tab.set_default_timeout(10_000)
        tab.on("console", note)
        tab.on("pageerror", lambda error: problems.append(str(error)))
        yield tab
    assert problems == []
