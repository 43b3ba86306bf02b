"""Settings in every channel of LSP reach the request; what is wrong with them is told once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from lsprotocol import types

from tests.lsp_course import Desk
from tests.lsp_editor import lsp_editor
from tests.raw_client import raw_client
from tests.scripted_endpoint import ScriptedEndpoint, native_stream
from tests.served_in_process import Wire
from workers_ai_ls.journal.runs import last_runs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.scripted_endpoint import Received

CODE = "def half(x):\n    ┃y = x / 2\n    return y\n"
PLAIN = CODE.replace("┃", "")
MODEL = "@cf/meta/llama-3.1-8b-instruct-fast"
SETTINGS = {
    "model": MODEL,
    "prompts": {"system": "Talk like a pirate.", "explain": "Be brief."},
    "temperature": 0.5,
    "maxTokens": 77,
    "answerLanguage": "Deutsch",
}
ANSWER = native_stream("Es halbiert.")


def follows(request: Received) -> bool:
    system, user = (turn["content"] for turn in request.body["messages"])
    return (
        request.path.endswith(MODEL)
        and "Talk like a pirate.\nBe brief." in system
        and "Answer in Deutsch." in user
        and request.body["temperature"] == 0.5
        and request.body["max_tokens"] == 77
    )


@pytest.mark.parametrize("options", [SETTINGS, {"workersAI": SETTINGS}])
async def test_initialization_options(tmp_path: Path, options: dict[str, Any]) -> None:
    async with (
        ScriptedEndpoint(ANSWER) as endpoint,
        lsp_editor(tmp_path, endpoint, options=options) as editor,
    ):
        course = await Desk(editor, endpoint).run("explain", CODE)
        assert follows(course.requests[0])
        assert not course.messages


@pytest.mark.parametrize(
    "settings", [{"workersAI": SETTINGS}, {"workersAI": SETTINGS, "pyright": {}}]
)
async def test_pushed(tmp_path: Path, settings: dict[str, Any]) -> None:
    async with (
        ScriptedEndpoint(ANSWER) as endpoint,
        lsp_editor(
            tmp_path,
            endpoint,
            "neovim",
            capabilities=types.ClientCapabilities(
                window=types.WindowClientCapabilities(work_done_progress=True)
            ),
        ) as editor,
    ):
        params = types.DidChangeConfigurationParams(settings)
        editor.client.workspace_did_change_configuration(params)
        course = await Desk(editor, endpoint).run("explain", CODE)
        assert follows(course.requests[0])


async def test_pulled_before_the_very_first_command(tmp_path: Path) -> None:
    async with ScriptedEndpoint(ANSWER) as endpoint, raw_client(tmp_path, endpoint) as client:
        client.answers["workspace/configuration"] = lambda params: [
            SETTINGS for _ in params["items"]
        ]
        await client.initialize(
            {"workspace": {"configuration": True}, "window": {"workDoneProgress": True}}
        )
        # An extension is started by its first command.
        client.open("half.py", PLAIN)
        await client.execute("workers-ai.explain", "half.py", 1, 1)
        await client.ended()
        asked = await client.called("workspace/configuration")
        assert [item["section"] for item in asked["items"]] == ["workersAI"]
        assert [item["scopeUri"] for item in asked["items"]] == [client.folder.as_uri()]
        assert follows(endpoint.requests[0])


async def test_a_null_push_is_news_to_pull_and_a_new_folder_is_asked_for(tmp_path: Path) -> None:
    async with ScriptedEndpoint(ANSWER) as endpoint, raw_client(tmp_path, endpoint) as client:
        settings: dict[str, Any] = {}
        client.answers["workspace/configuration"] = lambda params: [
            settings for _ in params["items"]
        ]
        await client.initialize(
            {"workspace": {"configuration": True}, "window": {"workDoneProgress": True}}
        )
        await client.called("workspace/configuration")
        settings.update(SETTINGS)
        seen = len(client.received)
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        await client.called("workspace/configuration", seen)
        client.open("half.py", PLAIN)
        await client.execute("workers-ai.explain", "half.py", 1, 1)
        await client.ended()
        assert follows(endpoint.requests[0])

        seen = len(client.received)
        added = [{"uri": (tmp_path / "more").as_uri(), "name": "more"}]
        event = {"event": {"added": added, "removed": []}}
        client.notify("workspace/didChangeWorkspaceFolders", event)
        asked = await client.called("workspace/configuration", seen)
        assert len(asked["items"]) == 2


async def test_an_editor_that_never_tells_its_settings_does_not_stop_a_job(tmp_path: Path) -> None:
    async with ScriptedEndpoint(ANSWER) as endpoint, raw_client(tmp_path, endpoint) as client:
        client.answers["workspace/configuration"] = {"error": {"code": -32601, "message": "no"}}
        await client.initialize(
            {"workspace": {"configuration": True}, "window": {"workDoneProgress": True}}
        )
        client.open("half.py", PLAIN)
        await client.execute("workers-ai.explain", "half.py", 1, 1)
        assert (await client.ended()).startswith("done")


async def test_problems_are_told_once_and_spare_the_good_settings(tmp_path: Path) -> None:
    options = {
        **SETTINGS,
        "modle": "x",
        "apply": "maybe",
        "baseUrl": "http://127.0.0.1:1/stolen",
        "apiToken": "of-the-repository",
    }
    async with (
        ScriptedEndpoint(ANSWER) as endpoint,
        lsp_editor(tmp_path, endpoint, options=options) as editor,
    ):
        desk = Desk(editor, endpoint)
        course = await desk.run("explain", CODE)
        told = list(editor.messages)
        assert len(told) == 4
        for name in ("modle", "apply", "baseUrl", "apiToken"):
            assert sum(f"workersAI.{name} " in message for message in told) == 1
        assert not any("of-the-repository" in message for message in told)
        assert follows(course.requests[0])
        assert course.requests[0].headers["authorization"] == "Bearer made-up-token"

        again = await desk.again("explain", course.uri)
        assert not again.messages
        editor.client.workspace_did_change_configuration(
            types.DidChangeConfigurationParams({"workersAI": {"apply": "maybe"}})
        )
        assert not (await desk.again("explain", course.uri)).messages


@pytest.mark.parametrize("options", [None, [], "text", 5, {"workersAI": 7}, {"streamAnswers": 1}])
def test_options_of_any_shape_do_no_harm(options: Any) -> None:
    wire = Wire()
    assert len(wire.titles(wire.begin(PLAIN, initializationOptions=options))) == 4


async def test_doctor_says_with_what_an_editors_last_server_started(tmp_path: Path) -> None:
    model = "@cf/meta/llama-3.1-8b-instruct-fp8"
    environment = {"HOME": str(tmp_path / "home"), "XDG_STATE_HOME": str(tmp_path / "state")}
    async with ScriptedEndpoint(native_stream("x")) as endpoint:
        async with lsp_editor(
            tmp_path, endpoint, "neovim", options={"model": model}, environment=environment
        ) as editor:
            editor.open("half.py", "def half(x):\n    return ┃x / 2\n")
            await editor.choose("AI: Explain")
            await editor.ended()
        (noted,) = last_runs(tmp_path / "state" / "workers-ai-language-server" / "runs")

    assert noted.editor == "Neovim"
    assert noted.settings["model"] == (model, "the editor's settings")
    assert noted.settings["apiToken"][0] == "set, not shown"
    assert "made-up-token" not in str(noted)
