"""One VS Code in a browser, driven by real keys and clicks."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import attrs
from playwright.sync_api import Error, expect, sync_playwright

from tests.editors.tmux import installed
from tests.editors.vscode_server import EXTENSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

    from tests.editors.vscode_server import CodeServer

_LIMIT_S = 30.0
_LOOK_S = 0.1
_MENU_MS = 5000
_ACTION = ".action-widget .monaco-list-row.action"
_LEAST_BYTES = 10_000
_WINDOW = {"width": 1280, "height": 800}


@attrs.frozen
class Workbench:
    """One VS Code that shows a project."""

    page: Page
    project: Path
    home: Path
    """The home of the editor and of the language server."""

    def press(self, *keys: str) -> None:
        """Press keys by the browser's names, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Type text as it stands."""
        self.page.keyboard.type(text)

    def focus(self, name: str) -> None:
        """Put the focus into the editor of a file."""
        self.page.locator(".tab", has_text=name).first.click()

    def command(self, title: str) -> None:
        """Run a command from the palette."""
        self.press("F1")
        box = self.page.locator(".quick-input-widget input[type=text]")
        expect(box).to_be_visible()
        box.fill(f">{title}")
        self.page.locator(".quick-input-list .monaco-list-row", has_text=title).first.click()

    def chord(self, key: str) -> None:
        """Press Ctrl+K, and Alt with a key, as people do: one after the other."""
        self.press("Control+k")
        expect(self.status_text("was pressed")).to_be_visible()
        self.press(f"Alt+{key}")

    def pick(self, text: str) -> None:
        """Choose from a list, which is filtered first: it draws only what fits."""
        self.page.locator(".quick-input-widget input:visible").last.fill(text)
        row = self.page.locator(".quick-input-list .monaco-list-row", has_text=text)
        expect(row.first).to_be_visible()
        row.first.click()

    def answer(self, text: str) -> None:
        """Answer an input box."""
        box = self.page.locator(".quick-input-widget input:visible").last
        box.fill(text)
        self.press("Enter")

    def go(self, line: int, column: int = 1) -> None:
        """Put the cursor somewhere."""
        self.press("Control+g")
        box = self.page.locator(".quick-input-widget input[type=text]")
        expect(box).to_have_value(":")
        self.type(f"{line}:{column}")
        # Enter goes to what is listed by then.
        listed = self.page.locator(".quick-input-list .monaco-list-row")
        expect(listed.filter(has_text=f"line {line} at column {column}")).to_be_visible()
        self.press("Enter")
        expect(box).to_be_hidden()
        expect(
            self.page.locator(".statusbar-item", has_text=f"Ln {line}, Col {column}")
        ).to_be_visible()

    def select(self, first: int, lines: int) -> None:
        """Select whole lines."""
        self.go(first)
        self.press(*["Shift+ArrowDown"] * lines)
        expect(self.page.locator(".statusbar-item", has_text="selected")).to_be_visible()

    def menu(self, among: str = "AI: ") -> list[str]:
        """Open the list of code actions, and wait until `among` is among them; returns its titles.

        VS Code forgets that it was asked when a server's actions are registered meanwhile, and lists
        only those of servers that are ready: then, as people do, the key is pressed again.
        """
        rows = self.page.locator(_ACTION)
        limit = time.monotonic() + _LIMIT_S
        while True:
            self.press("Control+.")
            with contextlib.suppress(AssertionError):
                expect(rows.first).to_be_visible(timeout=_MENU_MS)
                titles = [title.strip() for title in rows.all_inner_texts()]
                if any(among in title for title in titles):
                    return titles
                # Only an open list: without one, the key would take the selection away.
                self.press("Escape")
                expect(rows).to_have_count(0)
            assert time.monotonic() < limit, f"no {among} in {rows.all_inner_texts()}"

    def choose(self, title: str) -> None:
        """Choose a code action."""
        self.menu(among=title)
        self.page.locator(_ACTION, has_text=title).first.click()

    def notification(self, text: str) -> Locator:
        """A notification that shows `text`."""
        return self.page.locator(".notification-list-item", has_text=text)

    def status_text(self, text: str) -> Locator:
        """An entry of the status bar that shows `text`."""
        return self.page.locator(".statusbar-item", has_text=text)

    def named(self, words: str) -> Locator:
        """Our entry in the status bar, whose accessible name has `words`."""
        entries = self.page.get_by_role("button", name="Workers AI: ")
        return entries.and_(self.page.get_by_role("button", name=words))

    @contextlib.contextmanager
    def starting_again(self) -> Iterator[None]:
        """What is done here makes the editor start the server anew, and that is waited for."""
        before = _servers(self.home)
        yield
        limit = time.monotonic() + _LIMIT_S
        while not (_servers(self.home) - before):
            assert time.monotonic() < limit, "the editor has not started the server again"
            self.page.wait_for_timeout(_LOOK_S * 1000)
        expect(self.named("the server runs")).to_be_visible()

    def open(self, name: str) -> None:
        """Open a file of the project, or go to it."""
        self.press("Control+p")
        box = self.page.locator(".quick-input-widget input[type=text]")
        expect(box).to_be_visible()
        box.fill(name)
        row = self.page.locator(".quick-input-list .monaco-list-row", has_text=name)
        row.first.click()
        expect(self.page.locator(".tab.active", has_text=name).first).to_be_visible()

    def kill_server(self) -> None:
        """Kill the language server."""
        running = _servers(self.home)
        assert running, "no language server runs"
        for pid in running:
            os.kill(pid, signal.SIGKILL)

    def preview(self) -> str:
        """What the Markdown preview shows."""
        for frame in self.page.frames:
            with contextlib.suppress(Error):  # A frame may go while it is read.
                # Until it has been drawn, a frame stands hidden beside the one before it.
                if frame.evaluate("window.frameElement?.id") == "active-frame":
                    return frame.locator("body").inner_text()
        return ""

    def wait_for_preview(self, text: str) -> str:
        """Wait until the Markdown preview shows `text`."""
        limit = time.monotonic() + _LIMIT_S
        while text not in (shown := self.preview()):
            assert time.monotonic() < limit, f"waited {_LIMIT_S} s for {text!r}, and got {shown!r}"
            self.page.wait_for_timeout(_LOOK_S * 1000)
        return shown

    def close_preview(self) -> None:
        """Close the Markdown preview."""
        self.page.locator(".tab", has_text=".md").get_by_role("button", name="Close").click()
        expect(self.page.locator(".tab", has_text=".md")).to_have_count(0)
        self.page.locator(".view-lines").first.click()

    def picture(self, name: str, *, save: bool) -> None:
        """Save what is shown as a picture of the README; else only look that there is one."""
        path = EXTENSION / f"{name}.png"
        if save:
            self.page.screenshot(path=path)
        assert f"]({path.name})" in (EXTENSION / "README.md").read_text()
        assert path.stat().st_size > _LEAST_BYTES

    def text(self) -> str:
        """What the active editor shows."""
        lines = self.page.locator(".editor-group-container.active .view-lines").first
        return lines.inner_text().replace("\N{NO-BREAK SPACE}", " ")

    def saves(self, name: str, text: str) -> None:
        """Save all files, and check what is on disk then."""
        path = self.project / name
        limit = time.monotonic() + _LIMIT_S
        while (found := path.read_bytes() if path.exists() else b"") != text.encode():
            assert time.monotonic() < limit, f"{found.decode()}\n---\n{text}"
            self.command("File: Save All")
            self.page.wait_for_timeout(_LOOK_S * 1000)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, headless."""
    program = installed("chromium")
    with (
        sync_playwright() as playwright,
        contextlib.closing(playwright.chromium.launch(executable_path=program)) as running,
    ):
        yield running


@contextlib.contextmanager
def vscode(
    server: CodeServer, browser: Browser, project: Path, name: str, state: str = "runs"
) -> Iterator[Workbench]:
    """Open a project and a file of it; waits until the status bar tells of the server's state."""
    context = browser.new_context(viewport=_WINDOW)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.set_default_timeout(_LIMIT_S * 1000)
        expect.set_options(timeout=_LIMIT_S * 1000)
        file = f"vscode-remote://127.0.0.1:{server.port}{quote(str(project / name))}"
        query = {"folder": str(project), "payload": json.dumps([["openFile", file]])}
        page.goto(f"http://127.0.0.1:{server.port}/?{urlencode(query)}")
        workbench = Workbench(page, project, server.home)
        try:
            expect(page.locator(".editor-instance .view-line").first).to_be_visible()
            expect(workbench.named(f"the server {state}")).to_be_visible()
            yield workbench
        except BaseException:
            page.screenshot(path=project.parent / "in-vain.png")
            raise
    finally:
        context.close()


def _servers(home: Path) -> set[int]:
    """The language servers that run in this home."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # A process may end while it is looked at.
            words = (folder / "cmdline").read_bytes().split(b"\0")
            at_home = f"HOME={home}".encode() in (folder / "environ").read_bytes().split(b"\0")
            if at_home and b"workers_ai_ls" in words:
                found.add(int(folder.name))
    return found
