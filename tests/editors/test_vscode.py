"""The main job in a real VS Code, with the packed extension, beside another language server."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.editors.project import GREETING, HALVES, TEST_HALVES
from tests.editors.replay import ScriptedEndpoint, answer, gate, scripted
from tests.editors.vscode import Workbench, chromium, vscode
from tests.editors.vscode_server import CodeServer, code_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.editors

BODY = GREETING[GREETING.index("    if name") : GREETING.index("\n\n\ndef half") + 1]
"""The selected lines; they hold ü and 🦄, which UTF-8, UTF-16 and UTF-32 count differently."""
FIRST = GREETING[: GREETING.index(BODY)].count("\n") + 1
LINES = BODY.count("\n")
SHORTER = '    return f"Grüße, {name} 🦄" if name else "Grüße 🦄"\n'
EXPECTED = GREETING.replace(BODY, SHORTER)
OPEN = "```python\n"
LISTED = ["AI: Refactor", "AI: Explain", "AI: Write tests"]


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


@contextlib.contextmanager
def both(
    server: CodeServer,
    browser: Browser,
    project: Path,
    *replies: dict[str, object],
    name: str = "greeting.py",
    **settings: object,
) -> Iterator[tuple[Workbench, ScriptedEndpoint]]:
    """A VS Code that shows a file of the project, and an endpoint that gives these answers."""
    with scripted(project.parent, *replies) as endpoint:
        server.settings(**settings)
        server.answered_by(endpoint)
        with vscode(server, browser, project, name) as workbench:
            yield workbench, endpoint


def test_it_lists_the_actions_on_a_selection(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    with both(server, browser, project, answer("x")) as (bench, endpoint):
        bench.select(FIRST, LINES)
        assert [title for title in bench.menu() if title in LISTED] == LISTED
        assert endpoint.requests == 0


def test_refactor_lands_exactly_and_one_undo_restores_every_byte(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    reply = answer(OPEN, gate("seen"), SHORTER, "```")
    with both(server, browser, project, reply) as (bench, endpoint):
        bench.select(FIRST, LINES)
        bench.choose("AI: Refactor")
        expect(bench.notification("AI: Refactor: 1 token")).to_be_visible()
        endpoint.open_gate("seen")
        expect(bench.notification("AI: Refactor")).to_have_count(0)
        expect(bench.status_text("AI: Refactor: done in")).to_be_visible()
        bench.saves("greeting.py", EXPECTED)
        bench.press("Control+z")
        bench.saves("greeting.py", GREETING)


def test_windows_line_ends_stay(server: CodeServer, browser: Browser, project: Path) -> None:
    (project / "greeting.py").write_bytes(GREETING.replace("\n", "\r\n").encode())
    with both(server, browser, project, answer(OPEN, SHORTER, "```")) as (bench, _):
        bench.select(FIRST, LINES)
        bench.choose("AI: Refactor")
        bench.saves("greeting.py", EXPECTED.replace("\n", "\r\n"))


def test_an_explanation_streams_beside_the_code_and_the_place_stays(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    reply = answer("`greet` says ", gate("read"), "**hello**. 🦄")
    with both(server, browser, project, reply) as (bench, endpoint):
        bench.go(FIRST)
        bench.choose("AI: Explain")
        assert "hello" not in bench.wait_for_preview("greet says")
        expect(bench.page.locator(".tab", has_text="Explain greeting.py")).to_be_visible()
        # What is typed meanwhile still goes to the code, at the same place.
        bench.type("# 🦄 typed ")
        endpoint.open_gate("read")
        bench.wait_for_preview("greet says hello. 🦄")
        bench.saves("greeting.py", GREETING.replace("    if name", "# 🦄 typed     if name"))


def test_tests_go_to_a_new_file(server: CodeServer, browser: Browser, project: Path) -> None:
    tests = (
        "from greeting import greet\n\n\ndef test_greet():\n    assert greet('') == 'Grüße 🦄'\n"
    )
    with both(server, browser, project, answer(f"{OPEN}{tests}```")) as (bench, _):
        bench.go(4)
        bench.choose("AI: Write tests")
        expect(bench.page.locator(".tab", has_text="test_greeting.py")).to_be_visible()
        bench.saves("tests/test_greeting.py", tests)
        assert (project / "greeting.py").read_text() == GREETING


def test_tests_are_added_to_the_file_that_is_there(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    new = "def test_quarter_of_eight():\n    assert quarter(8) == 2\n"
    reply = answer(f"{OPEN}{new}```")
    with both(server, browser, project, reply, name="halves.py") as (bench, _):
        bench.go(1)
        bench.choose("AI: Write tests")
        bench.saves("tests/test_halves.py", f"{TEST_HALVES}\n\n{new}")
        assert (project / "halves.py").read_text() == HALVES


def test_typing_above_shifts_the_edit(server: CodeServer, browser: Browser, project: Path) -> None:
    reply = answer(OPEN, gate("typed"), SHORTER, "```")
    with both(server, browser, project, reply) as (bench, endpoint):
        bench.select(FIRST, LINES)
        bench.choose("AI: Refactor")
        endpoint.wait_for("request")
        bench.go(1)
        bench.type("import sys  # 🦄\n")
        endpoint.open_gate("typed")
        bench.saves("greeting.py", f"import sys  # 🦄\n{EXPECTED}")


def test_typing_inside_holds_the_answer_until_it_is_applied_anyway(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    reply = answer(OPEN, gate("typed"), SHORTER, "```")
    with both(server, browser, project, reply) as (bench, endpoint):
        bench.select(FIRST, LINES)
        bench.choose("AI: Refactor")
        endpoint.wait_for("request")
        bench.go(FIRST + 1, 9)
        bench.type("return None  # ")
        endpoint.open_gate("typed")
        expect(bench.notification("you edited the code meanwhile")).to_be_visible()
        edited = GREETING.replace("return", "return None  # return", 1)
        bench.saves("greeting.py", edited)
        bench.choose("AI: Apply anyway")
        bench.saves("greeting.py", EXPECTED)


def test_cancel_in_the_notification_closes_the_connection_and_leaves_the_text(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    with both(server, browser, project, answer(OPEN, end="hang")) as (bench, endpoint):
        for number, cancel in enumerate((cancel_button, cancel_key, cancel_action), 1):
            bench.select(FIRST, LINES)
            bench.choose("AI: Refactor")
            expect(bench.notification("AI: Refactor: 1 token")).to_be_visible()
            cancel(bench)
            assert endpoint.wait_for("end", number)["outcome"] == "closed by client"
            expect(bench.notification("AI: Refactor")).to_have_count(0)
        bench.go(1)
        bench.type("\n")
        bench.saves("greeting.py", f"\n{GREETING}")


def cancel_button(bench: Workbench) -> None:
    bench.notification("AI: Refactor").get_by_role("button", name="Cancel").click()


def cancel_key(bench: Workbench) -> None:
    bench.chord("c")


def cancel_action(bench: Workbench) -> None:
    bench.choose("AI: Cancel")


def test_an_answer_that_is_not_used_is_told_once_and_changes_nothing(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    withdrawn = {"status": 410, "code": 5028, "message": "Deprecated"}
    replies: list[dict[str, object]] = [
        # It is asked for once more, and so is a withdrawn model's successor.
        answer("I'm sorry, but I can't assist with that.", times=2),
        {"error": withdrawn, "times": 2},
    ]
    with both(server, browser, project, *replies) as (bench, _):
        for word in ("declined", "model"):
            bench.select(FIRST, LINES)
            bench.choose("AI: Refactor")
            told = bench.notification("AI: Refactor: ").filter(has_text=word)
            expect(told).to_be_visible()
            expect(bench.notification("AI: Refactor: ")).to_have_count(1)
            bench.command("Notifications: Clear All Notifications")
        bench.go(1)
        bench.type("\n")
        bench.saves("greeting.py", f"\n{GREETING}")


def test_an_endpoint_that_is_down_is_told_of_once(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    with scripted(project.parent, answer("x")) as endpoint:
        server.settings()
        server.answered_by(endpoint)
    with vscode(server, browser, project, "greeting.py") as bench:
        bench.go(FIRST)
        bench.choose("AI: Refactor")
        expect(bench.notification("127.0.0.1")).to_be_visible()
        expect(bench.notification("AI: Refactor: ")).to_have_count(1)


def test_two_jobs_in_two_files_and_a_server_that_is_killed(
    server: CodeServer, browser: Browser, project: Path
) -> None:
    replies = [
        answer(OPEN, gate("both"), SHORTER, "```", times=1),
        answer(f"{OPEN}def quarter(x):\n    return x / 4\n```", times=1),
        answer(OPEN, SHORTER, "```"),
    ]
    with both(server, browser, project, *replies) as (bench, endpoint):
        bench.select(FIRST, LINES)
        bench.choose("AI: Refactor")
        endpoint.wait_for("request")
        bench.open("halves.py")
        bench.go(2, 5)
        bench.choose("AI: Refactor")
        bench.saves("halves.py", "def quarter(x):\n    return x / 4\n")
        endpoint.open_gate("both")
        bench.saves("greeting.py", EXPECTED)

        with bench.starting_again():
            bench.kill_server()
        bench.open("greeting.py")
        bench.press("Control+z")
        bench.saves("greeting.py", GREETING)
        bench.select(FIRST, LINES)
        bench.choose("AI: Refactor")
        bench.saves("greeting.py", EXPECTED)
