"""What the extension adds in VS Code: commands, keys, signing in, settings, the status bar."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.editors.project import GREETING
from tests.editors.replay import answer, gate, scripted
from tests.editors.vscode import chromium, vscode
from tests.editors.vscode_server import CodeServer, code_server
from workers_ai_ls.workers_ai import DEFAULT_MODEL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.editors

HALF = "def half(x):\n    return math.floor(x) / 2\n"
SHORTER = "def half(x):\n    return x // 2\n"
EXPECTED = GREETING.replace(HALF, SHORTER)
LINE = GREETING[: GREETING.index(HALF)].count("\n") + 1
REPLY = answer(f"```python\n{SHORTER}```")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium; its event loop must not outlive the module, whose tests know no other."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CodeServer]:
    """One code-server for all tests."""
    with code_server(tmp_path_factory.mktemp("vscode")) as running:
        yield running


def test_keys_commands_and_the_context_menu_ask_for_the_place_of_the_cursor(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    with scripted(project.parent, REPLY) as endpoint:
        server.settings()
        server.answered_by(endpoint)
        with vscode(server, browser, project, "greeting.py") as bench:
            bench.go(LINE)
            bench.chord("r")
            bench.saves("greeting.py", EXPECTED)
            bench.press("Control+z")
            bench.saves("greeting.py", GREETING)

            bench.chord("i")
            bench.answer("use floor division")
            bench.saves("greeting.py", EXPECTED)
            sent = endpoint.wait_for("request", 2)
            assert "use floor division" in json.dumps(sent)
            bench.command("AI: Revert")
            bench.saves("greeting.py", GREETING)

            bench.page.locator(".view-line", has_text="def half").click(button="right")
            bench.page.get_by_role("menuitem", name="AI", exact=True).hover()
            entries = bench.page.get_by_role("menuitem")
            expect(entries.filter(has_text="Edit with instruction…")).to_be_visible()
            # VS Code's menus take no click so soon after the one that opened them.
            entries.filter(has_text="Show prompt").hover()
            bench.press("Enter")
            bench.wait_for_preview("math.floor(x)")
            assert endpoint.requests == 2


def test_signing_in_keeps_the_token_and_hands_it_to_the_server(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    with scripted(project.parent, REPLY) as endpoint:
        server.settings(workersAI__accountId=endpoint.replay.account_id)
        server.answered_by(None)
        with vscode(server, browser, project, "greeting.py") as bench:
            bench.command("AI: Sign in")
            bench.pick("OpenAI-compatible server")
            expect(
                bench.page.get_by_role("textbox", name="Sign in to Workers AI: Address")
            ).to_be_visible()
            bench.answer(endpoint.replay.base_url + f"/accounts/{endpoint.replay.account_id}/ai/v1")
            expect(bench.page.locator(".quick-input-widget input[type=password]")).to_be_visible()
            with bench.starting_again():
                bench.answer(endpoint.replay.token)
            bench.go(LINE)
            bench.choose("AI: Refactor")
            bench.saves("greeting.py", EXPECTED)
    for path in server.folder.rglob("*"):
        if path.is_file() and path.stat().st_size < 10_000_000:
            assert endpoint.replay.token.encode() not in path.read_bytes(), path


def test_the_model_is_chosen_from_the_servers_list(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    model = "@cf/qwen/qwen3-30b-a3b-fp8"
    with scripted(project.parent, REPLY, models=[model]) as endpoint:
        server.settings()
        server.answered_by(endpoint, model="")
        with vscode(server, browser, project, "greeting.py") as bench:
            bench.command("AI: Choose model")
            bench.pick(model)
            expect(bench.named(f"{model}, no jobs running")).to_be_visible()
            bench.go(LINE)
            bench.choose("AI: Refactor")
            assert endpoint.wait_for("request")["model"] == model
            bench.saves("greeting.py", EXPECTED)


def test_preview_shows_the_edit_before_it_is_made(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    with scripted(project.parent, REPLY) as endpoint:
        server.settings(workersAI__apply="preview")
        server.answered_by(endpoint)
        with vscode(server, browser, project, "greeting.py") as bench:
            bench.go(LINE)
            bench.choose("AI: Refactor")
            box = bench.page.get_by_role("checkbox", name="line 13, replacing")
            expect(box).to_be_visible()
            assert (project / "greeting.py").read_text() == GREETING
            box.get_by_role("checkbox").click()
            bench.page.get_by_role("button", name="Apply").click()
            bench.saves("greeting.py", EXPECTED)


def test_the_status_bar_says_how_many_jobs_run(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    with scripted(project.parent, answer("Hello", gate("seen"), ".")) as endpoint:
        server.settings(workersAI__model=endpoint.replay.model)
        server.answered_by(endpoint)
        with vscode(server, browser, project, "greeting.py") as bench:
            bench.go(LINE)
            bench.choose("AI: Explain")
            expect(bench.named("1 job running")).to_be_visible()
            endpoint.open_gate("seen")
            expect(bench.named("no jobs running")).to_be_visible()
            bench.named("no jobs running").click()
            expect(bench.page.get_by_role("option", name="AI: Choose model")).to_be_visible()


def test_a_missing_python_is_told_of_with_what_to_do(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    server.settings(workersAI__server__interpreter="/missing/python")
    with vscode(server, browser, project, "greeting.py", state="does not run") as bench:
        told = bench.notification("/missing/python is no Python that starts")
        for button in ("Get Python", "Open settings"):
            expect(told.get_by_role("button", name=button)).to_be_visible()
        # Correcting the setting starts the server.
        server.settings(workersAI__server__interpreter=sys.executable)
        expect(bench.named("the server runs")).to_be_visible()


def test_every_control_of_ours_has_a_name(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    with scripted(project.parent, answer("Hello", gate("seen"))) as endpoint:
        server.settings()
        server.answered_by(endpoint)
        with vscode(server, browser, project, "greeting.py") as bench:
            bench.go(LINE)
            bench.choose("AI: Explain")
            running = bench.notification("AI: Explain: 1 token")
            expect(running).to_be_visible()
            expect(running.get_by_role("button", name="Cancel")).to_be_visible()
            expect(bench.page.get_by_role("tab", name="Explain greeting.py")).to_be_visible()
            unnamed = bench.page.evaluate(UNNAMED)
            assert unnamed == []
            bench.command("AI: Edit with instruction")
            expect(
                bench.page.get_by_role("textbox", name="What should be changed?")
            ).to_be_visible()


UNNAMED = """() => [...document.querySelectorAll(
  '.notifications-toasts [role=button], .statusbar-item a[role=button], .notifications-toasts a')]
  .filter(each => each.offsetParent && !(each.getAttribute('aria-label') || each.innerText.trim()))
  .map(each => each.outerHTML)"""


def test_a_workspace_that_is_not_trusted_chooses_no_model_and_none_chooses_the_address(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    (project / ".vscode").mkdir()
    theirs = {"workersAI.model": "@cf/their/model", "workersAI.baseUrl": "http://127.0.0.1:9"}
    (project / ".vscode" / "settings.json").write_text(json.dumps(theirs))
    with scripted(project.parent, REPLY, models=["@cf/their/model"]) as endpoint:
        server.answered_by(endpoint, model="")
        server.settings(security__workspace__trust__enabled=True)
        with vscode(server, browser, project, "greeting.py") as bench:
            expect(bench.status_text("Restricted Mode")).to_be_visible()
            expect(bench.named(f"{DEFAULT_MODEL}, no jobs running")).to_be_visible()
        server.settings()
        with vscode(server, browser, project, "greeting.py") as bench:
            expect(bench.named("@cf/their/model")).to_be_visible()
            bench.go(LINE)
            bench.choose("AI: Refactor")
            bench.saves("greeting.py", EXPECTED)


def test_the_workspaces_own_file_counts_once_the_workspace_is_trusted(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    (project / ".workers-ai.toml").write_text('model = "@cf/their/model"\n')
    with scripted(project.parent, REPLY, models=["@cf/their/model"]) as endpoint:
        server.answered_by(endpoint, model="")
        server.settings(security__workspace__trust__enabled=True)
        with vscode(server, browser, project, "greeting.py") as bench:
            expect(bench.named(f"{DEFAULT_MODEL}, no jobs running")).to_be_visible()
            bench.status_text("Restricted Mode").click()
            with bench.starting_again():
                bench.page.get_by_role("button", name="Trust", exact=True).click()
            expect(bench.named("@cf/their/model, no jobs running")).to_be_visible()


EXPLANATION = """\
**`greet`** returns a greeting for one person.

- For an empty name it returns a greeting without one.
- Otherwise it puts the name after the greeting.

The name is used as it is: a name of spaces counts as one.
"""
CODE = '''\
def greet(name: str) -> str:
    """Greet a person."""
    if name == "":
        return "Hello!"
    else:
        return f"Hello, {name}!"
'''
CLEARER = 'def greet(name: str) -> str:\n    """Greet a person."""\n    return f"Hello, {name}!"\n'
CLEAN: dict[str, object] = {
    "workbench__activityBar__location": "hidden",
    "workbench__layoutControl__enabled": False,
    "workbench__reduceMotion": "on",
    "breadcrumbs__enabled": False,
    "window__commandCenter": False,
}


def test_the_pictures_in_the_readme_are_what_vscode_shows(
    server: CodeServer, browser: Browser, project: Path, pytestconfig: pytest.Config
) -> None:
    """Run with `--editors --pictures` to draw them anew."""
    (project / "greeting.py").write_text(CODE)
    first, rest = EXPLANATION.split("- Otherwise")
    replies = [
        answer(first, gate("shown"), f"- Otherwise{rest}", times=1),
        answer("```python\n", gate("done"), f"{CLEARER}```"),
    ]
    with scripted(project.parent, *replies) as endpoint:
        server.settings(**CLEAN, workersAI__model=endpoint.replay.model)
        server.answered_by(endpoint)
        with vscode(server, browser, project, "greeting.py") as bench:
            bench.page.set_viewport_size({"width": 1000, "height": 420})
            bench.press("Control+b")
            bench.go(3)
            bench.choose("AI: Explain")
            bench.wait_for_preview("without one.")
            expect(bench.notification("AI: Explain: ")).to_be_visible()
            bench.picture("explain", save=pytestconfig.getoption("--pictures"))
            endpoint.open_gate("shown")
            bench.wait_for_preview("counts as one.")
            bench.close_preview()
            bench.go(3)
            bench.choose("AI: Refactor")
            expect(bench.notification("AI: Refactor: 1 token")).to_be_visible()
            bench.picture("refactor", save=pytestconfig.getoption("--pictures"))
            endpoint.open_gate("done")
            bench.saves("greeting.py", CLEARER)
