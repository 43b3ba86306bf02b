"""`$/workers-ai/answer`: the answer as it grows, for a client that has opted in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.raw_client import EDITS, PROGRESS, raw_client
from tests.scripted_endpoint import ScriptedEndpoint, native_stream, openai_stream
from workers_ai_ls.workers_ai import DEFAULT_MODEL

if TYPE_CHECKING:
    from pathlib import Path

    from tests.raw_client import RawClient
    from tests.scripted_endpoint import Answer

PLAIN = "def half(x):\n    y = x / 2\n    return y\n"
SHOWS = {
    **PROGRESS,
    **EDITS,
    "window": {"workDoneProgress": True, "showDocument": {"support": True}},
}
PIECES = ("# Half\n\nIt ", "halves", " `x`:\n```py", "thon\nhalf(4) == 2\n``", "`\nThat 😋 is all.")


def told(client: RawClient) -> list[dict[str, Any]]:
    return [
        each["params"] for each in client.received if each.get("method") == "$/workers-ai/answer"
    ]


@pytest.mark.parametrize(
    "answer",
    [
        native_stream(*PIECES),
        openai_stream(*PIECES, reasoning=["Hm. ", "Well."]),
        native_stream("<think>\nHm.\n", "</think>\n\n", *PIECES),
    ],
    ids=["plain", "reasoning apart", "reasoning within"],
)
async def test_the_deltas_make_up_the_answer(tmp_path: Path, answer: Answer) -> None:
    async with ScriptedEndpoint(answer) as endpoint, raw_client(tmp_path, endpoint) as client:
        await client.initialize(SHOWS, initializationOptions={"streamAnswers": True})
        client.open("half.py", PLAIN)
        await client.execute("workers-ai.explain", "half.py", 1, 1)
        await client.ended()

        *growing, last = told(client)
        assert len(growing) > 1
        assert all(each.keys() == {"token", "action", "uri", "delta"} for each in growing)
        assert last.keys() == {"token", "action", "uri", "text"}
        assert "".join(each["delta"] for each in growing).strip() == "".join(PIECES)
        assert last["text"].strip() == "".join(PIECES)
        tokens = {each["token"] for each in told(client)}
        begun = await client.called("window/workDoneProgress/create")
        assert tokens == {begun["token"]}
        # It shows the answer itself.
        assert not any(each.get("method") == "window/showDocument" for each in client.received)


async def test_without_the_option_nothing_of_ours_is_sent(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream(*PIECES)) as endpoint,
        raw_client(tmp_path, endpoint) as client,
    ):
        client.answers["window/showDocument"] = {"success": True}
        await client.initialize(SHOWS)
        client.open("half.py", PLAIN)
        await client.execute("workers-ai.explain", "half.py", 1, 1)
        await client.ended()
        assert not told(client)
        methods = {each["method"] for each in client.received if "method" in each}
        assert not any(method.startswith("workers") for method in methods)


async def test_a_refactoring_is_streamed_as_well_and_then_edited(tmp_path: Path) -> None:
    answer = native_stream("```python\ndef half(x):\n", "    return x / 2\n", "```")
    async with ScriptedEndpoint(answer) as endpoint, raw_client(tmp_path, endpoint) as client:
        await client.initialize(SHOWS, initializationOptions={"streamAnswers": True})
        uri = client.open("half.py", PLAIN)

        def apply(_: object) -> dict[str, bool]:
            client.change(uri, 2, {"text": "def half(x):\n    return x / 2\n"})
            return {"applied": True}

        client.answers["workspace/applyEdit"] = apply
        await client.execute("workers-ai.refactor", "half.py", 1, 1)
        assert (await client.ended()).startswith("done")
        streamed = "".join(each.get("delta", "") for each in told(client))
        assert streamed.startswith("```python\ndef half(x):\n    return x / 2")


async def test_an_edit_to_be_looked_at_first_is_shown_by_the_client_and_then_made(
    tmp_path: Path,
) -> None:
    answer = native_stream("```python\ndef half(x):\n    return x / 2\n```")
    options = {"showEdits": True, "workersAI": {"apply": "preview"}}
    async with ScriptedEndpoint(answer) as endpoint, raw_client(tmp_path, endpoint) as client:
        await client.initialize(SHOWS, initializationOptions=options)
        uri = client.open("half.py", f"import os\n\n\n{PLAIN}")
        await client.execute("workers-ai.refactor", "half.py", 4, 4)
        assert (await client.ended()).startswith("ready")
        (shown,) = [
            each["params"] for each in client.received if each.get("method") == "$/workers-ai/edit"
        ]

        assert shown["uri"] == uri
        assert shown["text"] == "import os\n\n\ndef half(x):\n    return x / 2\n"
        assert not any(each.get("method") == "workspace/applyEdit" for each in client.received)
        await client.execute("workers-ai.applyAnyway", {"job": shown["job"]})
        assert (await client.called("workspace/applyEdit"))["label"] == "AI: Refactor"


async def test_the_model_is_shown_wherever_it_is_set(tmp_path: Path) -> None:
    options = {"showModel": True}
    async with ScriptedEndpoint() as endpoint, raw_client(tmp_path, endpoint) as client:
        await client.initialize(SHOWS, initializationOptions=options)
        assert await client.called("$/workers-ai/model") == {"model": DEFAULT_MODEL}
        (client.folder / ".workers-ai.toml").write_text('model = "@cf/here/two"\n')
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        await client.find(lambda _: models(client) == [DEFAULT_MODEL, "@cf/here/two"])
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        await client.titles(client.open("half.py", PLAIN))
        assert len(models(client)) == 2


async def test_a_workspace_that_is_not_trusted_has_no_settings(tmp_path: Path) -> None:
    options = {"showModel": True, "untrusted": True}
    async with ScriptedEndpoint() as endpoint, raw_client(tmp_path, endpoint) as client:
        (client.folder / ".workers-ai.toml").write_text('model = "@cf/here/two"\n')
        await client.initialize(SHOWS, initializationOptions=options)
        assert await client.called("$/workers-ai/model") == {"model": DEFAULT_MODEL}
        client.answers["window/showDocument"] = {"success": True}
        client.open("half.py", PLAIN)
        endpoint.script(native_stream(*PIECES))
        await client.execute("workers-ai.explain", "half.py", 1, 1)
        await client.ended()
        assert DEFAULT_MODEL in endpoint.requests[0].path
        assert models(client) == [DEFAULT_MODEL]


def models(client: RawClient) -> list[str]:
    return [
        each["params"]["model"]
        for each in client.received
        if each.get("method") == "$/workers-ai/model"
    ]
