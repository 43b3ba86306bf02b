"""What `textDocument/codeAction` offers, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import pytest_asyncio
from lsprotocol import types

from tests.lsp_course import Desk
from tests.lsp_editor import lsp_editor
from tests.raw_client import raw_client
from tests.scripted_endpoint import HANG, ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

pytestmark = pytest.mark.asyncio(loop_scope="module")

CODE = "def half(x):\n    ┃y = x / 2\n    return y\n"
SELECTED = "def half(x):\n    ┃y = x / 2┃\n    return y\n"
AT_REST = ["AI: Explain", "AI: Refactor", "AI: Write tests", "AI: Show prompt"]
EXPLAIN, REFACTOR, TESTS, PROMPT = AT_REST
AUTOMATIC = types.CodeActionTriggerKind.Automatic


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    folder = tmp_path_factory.mktemp("offering")
    async with ScriptedEndpoint(HANG) as endpoint, lsp_editor(folder, endpoint) as editor:
        yield Desk(editor, endpoint)


@pytest.mark.parametrize(
    ("text", "trigger", "titles"),
    [
        (CODE, AUTOMATIC, []),
        (SELECTED, AUTOMATIC, AT_REST),
        (CODE, types.CodeActionTriggerKind.Invoked, AT_REST),
        (CODE, None, AT_REST),
        (
            "def f(x):\n    # AI: return a ┃float\n    return x\n",
            None,
            [*AT_REST[:3], "AI: Edit", PROMPT],
        ),
        ("  \n┃\n", None, []),
    ],
)
async def test_automatic_requests_get_something_only_for_a_selection(
    desk: Desk, text: str, trigger: types.CodeActionTriggerKind | None, titles: list[str]
) -> None:
    desk.editor.open("offered.py", text)
    assert await desk.editor.titles(trigger=trigger) == titles
    assert len(titles) <= 5


@pytest.mark.parametrize(
    ("only", "titles"),
    [
        (["refactor"], AT_REST),
        (["refactor.rewrite"], [REFACTOR]),
        (["refactor.rewrite.workers-ai"], [REFACTOR]),
        (["refactor.workers-ai"], [EXPLAIN, TESTS, PROMPT]),
        (["refactor.workers-ai.prompt"], [PROMPT]),
        (["refactor.workers-ai.explain"], [EXPLAIN]),
        (["quickfix", "refactor.workers-ai.tests"], [TESTS]),
        (["refactor.work"], []),
        (["refactor.workers-ai.explain.more"], []),
        (["quickfix"], []),
        (["source"], []),
        (["source.organizeImports"], []),
        (["source.fixAll"], []),
        (["notebook.of.mine"], []),
        ([""], AT_REST),
        ([], AT_REST),
    ],
)
async def test_only_filters_by_whole_segments(
    desk: Desk, only: list[str], titles: list[str]
) -> None:
    desk.editor.open("only.py", CODE)
    assert await desk.editor.titles(only=only) == titles


async def test_an_action_is_a_command_and_nothing_more(desk: Desk) -> None:
    desk.editor.open("plain.py", CODE)
    for action in await desk.editor.actions():
        assert action.command is not None
        assert action.edit is None
        assert action.data is None
        assert action.is_preferred is None
        assert action.disabled is None
        assert action.kind
        assert not str(action.kind).startswith("source")


async def test_kinds_are_announced_and_none_is_under_source(tmp_path: Path) -> None:
    async with raw_client(tmp_path) as client:
        result = await client.initialize()
        offer = result["capabilities"]["codeActionProvider"]
        assert "refactor.workers-ai.explain" in offer["codeActionKinds"]
        assert not any(kind.startswith("source") for kind in offer["codeActionKinds"])
        assert offer["resolveProvider"] is True
        assert result["capabilities"].get("hoverProvider") in (None, False)
        assert result["capabilities"]["positionEncoding"] == "utf-16"
        commands = result["capabilities"]["executeCommandProvider"]["commands"]
        assert commands
        assert all(command.startswith("workers-ai.") for command in commands)


@pytest.mark.parametrize(
    "action",
    [
        {"title": "AI: Explain"},
        {"title": "of another server", "kind": "quickfix", "data": {"a": [1, None]}},
        {"title": "x", "command": {"title": "x", "command": "y"}, "isPreferred": True, "new": 1},
    ],
)
async def test_resolve_gives_back_what_it_got(tmp_path: Path, action: dict[str, Any]) -> None:
    async with raw_client(tmp_path) as client:
        await client.initialize()
        resolved = await client.request("codeAction/resolve", action)
        known = {key: value for key, value in action.items() if key != "new"}
        assert resolved == known


async def test_while_a_job_runs_there_only_cancel_is_offered_and_elsewhere_the_rest(
    desk: Desk,
) -> None:
    desk.endpoint.script(HANG)
    text = CODE + "\n\ndef other():\n    return 1\n"
    uri = desk.editor.open("running.py", text)
    ends = len(desk.editor.ends)
    await desk.editor.choose(REFACTOR)
    assert await desk.editor.titles() == ["AI: Cancel"]
    assert await desk.editor.titles(only=["refactor.rewrite"]) == []
    desk.editor.select(uri, len(text) - 10, len(text) - 10)
    assert await desk.editor.titles() == AT_REST
    await desk.editor.execute("workers-ai.cancel")
    assert await desk.editor.ended(ends + 1) == "cancelled"


async def test_on_a_blank_line_where_it_was_not_asked_for_a_job_stops_nobody(desk: Desk) -> None:
    desk.endpoint.script(HANG)
    plain = CODE.replace("┃", "")
    text = f"{plain}\n{plain.replace('half', 'third')}"
    uri = desk.editor.open("between.py", text)
    desk.editor.select(uri, 2, 2)
    ends = len(desk.editor.ends)
    await desk.editor.choose(REFACTOR)
    desk.editor.select(uri, len(plain), len(plain))
    assert await desk.editor.titles() == AT_REST
    await desk.editor.execute("workers-ai.cancel")
    assert await desk.editor.ended(ends + 1) == "cancelled"


@pytest.mark.parametrize("beside", [-1, 1], ids=["above", "below"])
async def test_where_it_was_asked_for_beside_its_code_a_job_is_followed_up_too(
    desk: Desk, beside: int
) -> None:
    desk.endpoint.script(HANG)
    plain = CODE.replace("┃", "")
    text = f"import os\n\n\n{plain}\n\nLAST = 1\n"
    uri = desk.editor.open(f"beside{beside}.py", text)
    at = text.index("def") - 1 if beside < 0 else text.index("LAST") - 2
    desk.editor.select(uri, at, at)
    ends = len(desk.editor.ends)
    await desk.editor.choose(REFACTOR)
    assert await desk.editor.titles() == ["AI: Cancel"]
    desk.editor.select(uri, at + beside, at + beside)
    assert "AI: Cancel" not in await desk.editor.titles()
    await desk.editor.execute("workers-ai.cancel")
    assert await desk.editor.ended(ends + 1) == "cancelled"


async def test_tried_again_beside_its_code_a_job_is_followed_up_there(desk: Desk) -> None:
    desk.endpoint.script(native_stream("```python\ndef half(x):\n    return x / 2\n```"))
    uri = desk.editor.open("again.py", f"import os\n\n\n{CODE.replace('┃', '')}")
    desk.editor.select(uri, 11, 11)
    ends = len(desk.editor.ends)
    await desk.editor.choose(REFACTOR)
    assert (await desk.editor.ended(ends + 1)).startswith("done")
    desk.endpoint.script(HANG)
    await desk.editor.choose("AI: Try again")
    assert await desk.editor.titles() == ["AI: Cancel"]
    await desk.editor.execute("workers-ai.cancel")
    assert await desk.editor.ended(ends + 2) == "cancelled"


async def test_after_an_edit_its_follow_ups_stand_first_until_its_code_is_edited(
    desk: Desk,
) -> None:
    good = native_stream("```python\ndef half(x):\n    return x / 2\n```")
    course = await desk.run("refactor", CODE, good)
    after = ["AI: Show difference", "AI: Revert", "AI: Try again"]
    assert course.titles == [*after, *AT_REST]
    for action in await desk.editor.actions(only=["refactor.workers-ai"]):
        assert str(action.kind).startswith("refactor.workers-ai")
    desk.editor.type(course.uri, "x / 2", "x / 3")
    assert await desk.editor.titles() == AT_REST


async def test_a_document_that_is_not_open_gets_nothing(desk: Desk) -> None:
    uri = desk.editor.open("closed.py", CODE)
    params = types.CodeActionParams(
        types.TextDocumentIdentifier(uri),
        desk.editor.selections[uri],
        types.CodeActionContext(diagnostics=[]),
    )
    desk.editor.close(uri)
    assert not await desk.editor.client.text_document_code_action_async(params)


async def test_a_selection_beyond_the_text_is_clamped(desk: Desk) -> None:
    uri = desk.editor.open("beyond.py", CODE)
    far = types.Position(2**31 - 1, 2**31 - 1)
    desk.editor.selections[uri] = types.Range(far, types.Position(0, 0))
    assert await desk.editor.titles(trigger=AUTOMATIC) == AT_REST


@pytest.mark.parametrize(
    ("options", "at_rest", "after"),
    [
        ({"actions": {"explain": False, "tests": False}}, [REFACTOR, PROMPT], 3),
        ({"actions": {"explain": False, "refactor": False, "tests": False}}, [], 3),
        ({"followUps": False}, AT_REST, 0),
        ({"workersAI.actions.refactor": False}, [EXPLAIN, TESTS, PROMPT], 3),
        ({"actions": {"prompt": False}}, AT_REST[:3], 3),
    ],
)
async def test_a_setting_hides_each(
    tmp_path: Path, options: dict[str, Any], at_rest: list[str], after: int
) -> None:
    good = native_stream("```python\ndef half(x):\n    return x / 2\n```")
    async with (
        ScriptedEndpoint(good) as endpoint,
        lsp_editor(tmp_path, endpoint, options=options) as editor,
    ):
        editor.open("half.py", CODE)
        assert await editor.titles() == at_rest
        # A hidden action is still a command.
        await editor.execute("workers-ai.refactor", "half.py", 2, 2)
        await editor.ended()
        assert len(await editor.titles()) == len(at_rest) + after
