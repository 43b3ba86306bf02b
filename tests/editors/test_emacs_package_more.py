"""What the package does besides the main job: previews, trouble, models, the way it is started."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.editors.emacs_package import (
    EGLOT,
    LSP_MODE,
    SETUPS,
    PackagedEmacs,
    Setup,
    emacs_with_package,
)
from tests.editors.project import GREETING
from tests.editors.replay import answer, editor_environment, scripted
from tests.editors.test_emacs_package import EXPECTED, FIRST, LINES, OPEN, SHORTER, both

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.editors

CLIENTS = pytest.mark.parametrize("setup", SETUPS, ids=str)
PREVIEW = '(setq workers-ai-settings \'(:apply "preview"))\n'


def _preview(editor: PackagedEmacs) -> None:
    editor.select(FIRST, LINES)
    editor.ai("r")
    editor.terminal.wait_for("proposed by the model")
    editor.terminal.wait_for("Type ? for help")


@CLIENTS
def test_a_preview_is_an_ediff_of_which_all_can_be_taken(setup: Setup, project: Path) -> None:
    with (
        scripted(project.parent, answer(OPEN, SHORTER, "```")) as endpoint,
        emacs_with_package(
            setup, project, endpoint.environment(), "greeting.py", PREVIEW
        ) as editor,
    ):
        _preview(editor)
        editor.press("C-c", "C-c")
        editor.terminal.wait_gone("proposed by the model")
        editor.terminal.wait_for('if name else "Grüße')
        assert editor.value("(length (window-list))") == "1"
        editor.saves(project / "greeting.py", EXPECTED)
        editor.undo()
        editor.saves(project / "greeting.py", GREETING)


@CLIENTS
def test_a_preview_can_be_taken_change_by_change_or_kept_or_dropped(
    setup: Setup, project: Path
) -> None:
    with (
        scripted(project.parent, answer(OPEN, SHORTER, "```")) as endpoint,
        emacs_with_package(
            setup, project, endpoint.environment(), "greeting.py", PREVIEW
        ) as editor,
    ):
        _preview(editor)
        editor.press("q")
        editor.terminal.wait_for("(a)pply all, (k)eep for later, (d)iscard?")
        editor.press("k")
        editor.terminal.wait_gone("proposed by the model")
        editor.select(FIRST, LINES)
        assert {"AI: Apply anyway", "AI: Discard"} <= editor.menu()

        _preview(editor)
        editor.press("C-c", "C-k")
        editor.terminal.wait_gone("proposed by the model")
        assert (project / "greeting.py").read_text() == GREETING

        _preview(editor)
        editor.press("n", "b")
        editor.press("q")  # All of it is taken, so nothing is asked.
        editor.terminal.wait_gone("proposed by the model")
        editor.saves(project / "greeting.py", EXPECTED)


@CLIENTS
def test_trouble_is_told_in_one_readable_message(setup: Setup, project: Path) -> None:
    down = editor_environment(project.parent / "home") | {
        "WORKERS_AI_BASE_URL": "http://127.0.0.1:9/client/v4",
        "CLOUDFLARE_ACCOUNT_ID": "0" * 32,
        "CLOUDFLARE_API_TOKEN": "made-up-token",
    }
    with emacs_with_package(setup, project, down, "greeting.py") as editor:
        editor.go(4)
        editor.ai("r")
        told = editor.terminal.wait_for("127.0.0.1:9 cannot be reached")
        # A long line of the echo area is broken at the window's edge.
        assert "or correct WORKERS_AI_BASE_URL." in told.replace("\\\n", "").replace("\n", "")
        editor.press("M-g", "M-g")
        editor.terminal.wait_for("Goto line")
        editor.terminal.type("1")
        editor.press("Enter", "Enter")
        editor.saves(project / "greeting.py", f"\n{GREETING}")


@CLIENTS
def test_a_refusal_and_a_withdrawn_model_are_told_and_leave_the_text(
    setup: Setup, project: Path
) -> None:
    replies = [
        # It is asked for once more, and so is a withdrawn model's successor.
        answer("I'm sorry, but I can't help with that.", times=2),
        {"error": {"status": 410, "code": 5028, "message": "Deprecated"}, "times": 2},
    ]
    with both(setup, project, *replies) as (editor, _):
        for told in ("The model declined", "model"):
            editor.select(FIRST, LINES)
            editor.ai("r")
            editor.terminal.wait_for("AI: Refactor: ")
            editor.terminal.wait_for(told)
            assert editor.value("(buffer-modified-p)") == "nil"


@CLIENTS
def test_a_server_that_was_killed_is_started_again(setup: Setup, project: Path) -> None:
    # Otherwise Eglot does not reconnect to what died within three seconds.
    at_once = "(setq eglot-autoreconnect t)\n"
    with (
        scripted(project.parent, answer("It says hello.")) as endpoint,
        emacs_with_package(
            setup, project, endpoint.environment(), "greeting.py", at_once
        ) as editor,
    ):
        _kill_server(endpoint.environment())
        if setup.client == "lsp-mode":
            editor.terminal.wait_for("restart it?")
            editor.press("y")
            editor.terminal.wait_gone("restart it?")
        else:
            editor.terminal.wait_for("Reconnected!")
        editor.go(4)
        editor.ai("e")
        editor.terminal.wait_for("It says hello.")


def _kill_server(environment: Mapping[str, str]) -> None:
    """Kill the language server whose home is that of `environment`."""
    home = f"HOME={environment['HOME']}".encode()
    ours: list[int] = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
            if home in (process / "environ").read_bytes().split(b"\0") and any(
                word.endswith(b"/workers-ai-ls") for word in words[:2]
            ):
                ours.append(int(process.name))
        except OSError:  # It has ended meanwhile.
            continue
    assert len(ours) == 1, ours
    os.kill(ours[0], signal.SIGKILL)


@CLIENTS
def test_a_model_can_be_chosen_and_an_answer_shown_again(setup: Setup, project: Path) -> None:
    with scripted(project.parent, answer("It greets.")) as endpoint:
        environment = endpoint.environment()
        del environment["WORKERS_AI_MODEL"]
        with emacs_with_package(setup, project, environment, "greeting.py") as editor:
            model = "@cf/qwen/qwen2.5-coder-32b-instruct"
            editor.ai("m")
            editor.terminal.wait_for("Model:")
            editor.terminal.type(model)
            editor.press("Tab", "Enter")
            editor.terminal.wait_for("answers from now on")
            editor.go(4)
            editor.ai("e")
            editor.terminal.wait_for("It greets.")
            assert model in str(endpoint.wait_for("request"))

            editor.press("C-x", "1")
            editor.terminal.wait_gone("It greets.")
            editor.ai("h")
            editor.terminal.wait_for("Answer:")
            editor.terminal.type("1")
            editor.press("Tab", "Enter")
            editor.terminal.wait_for("It greets.")


def test_without_another_server_the_first_command_starts_ours_alone(project: Path) -> None:
    alone = Setup("emacs-trixie", "eglot", "")
    (project / "greet.rb").write_text("def greet\n  1\nend\n")
    with (
        scripted(project.parent, answer("It is one.")) as endpoint,
        emacs_with_package(
            alone, project, endpoint.environment(), "greet.rb", ready=False
        ) as editor,
    ):
        editor.terminal.wait_for("greet.rb")
        editor.ai("e")
        editor.terminal.wait_for("It is one.")
        assert "workers-ai-ls" in editor.value(
            "(plist-get (eglot--server-info (eglot-current-server)) :name)"
        )


def test_without_rass_the_other_server_runs_alone_and_the_user_is_told_once(project: Path) -> None:
    missing = '(setq workers-ai-rass-program "no-such-program")\n'
    with (
        scripted(project.parent, answer("x")) as endpoint,
        emacs_with_package(
            EGLOT, project, endpoint.environment(), "greeting.py", missing
        ) as editor,
    ):
        editor.terminal.wait_for('rassumfrassum"')
        assert (
            editor.value("(plist-get (eglot--server-info (eglot-current-server)) :name)") == "pylsp"
        )
        editor.press("C-c", "w")
        editor.terminal.wait_for("Write tests")
        editor.press("e")
        editor.terminal.wait_for("run without workers-ai-ls")


def test_lsp_mode_warns_of_nothing(project: Path) -> None:
    with both(LSP_MODE, project, answer("It says hello.")) as (editor, _):
        editor.go(4)
        editor.ai("e")
        editor.terminal.wait_for("It says hello.")
        assert editor.value('(get-buffer "*Warnings*")') == "nil"
        assert "nknown" not in editor.value(
            "(with-current-buffer (messages-buffer) (buffer-string))"
        )
