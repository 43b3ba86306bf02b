"""What goes wrong between the server and the model: one message, the document untouched."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import attrs
import pytest
import pytest_asyncio

from tests.lsp_course import Desk
from tests.lsp_editor import lsp_editor
from tests.scripted_endpoint import (
    HANG,
    ScriptedEndpoint,
    error_answer,
    frame,
    native_stream,
    openai_stream,
    raw_answer,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.scripted_endpoint import Answer

pytestmark = pytest.mark.asyncio(loop_scope="module")

HALF = "import math\n\n\ndef half(x):\n    ┃y = x / 2\n    return y\n\n\nprint(half(4))\n"
PLAIN = HALF.replace("┃", "")
BEGIN, END = "```python\ndef half(x):\n", "    return x / 2\n```"
GOOD = native_stream(BEGIN, END)
AT_REST = ["AI: Explain", "AI: Refactor", "AI: Write tests", "AI: Show prompt"]
HELD = ["AI: Apply anyway", "AI: Show difference", "AI: Discard"]
PAGE = b"<!doctype html><html><title>Sign in</title></html>"
TOO_LARGE = error_answer(413, 5021, "AiError: The estimated number of tokens exceeded the window")


def busy(status: int, code: int | None, wait: str | None = None) -> Answer:
    return error_answer(status, code, "too much", retry_after=wait)


@attrs.frozen
class Case:
    answers: tuple[Answer, ...]
    said: tuple[str, ...]
    requests: int = 1
    offered: tuple[str, ...] = ()


CASES = {
    "bad token": Case(
        (error_answer(401, 10000, "Nope", envelope="edge"),), ("CLOUDFLARE_API_TOKEN",)
    ),
    "no permission": Case((error_answer(403, 10000, "Nope", envelope="edge"),), ("permission",)),
    # Its successor is asked too, and is as withdrawn here.
    "withdrawn": Case(
        (error_answer(410, 5028, "Gone"),),
        ("withdrawn the model @cf/qwen/qwen2.5-coder-32b", "workersAI.model to @cf/"),
        requests=2,
    ),
    "withdrawn without a code": Case(
        (raw_answer(b"", status=410),), ("withdrawn", "to @cf/"), requests=2
    ),
    "no such model": Case((error_answer(400, 5007, "No such model"),), ("@cf/",)),
    "a page": Case((raw_answer(PAGE, content_type="text/html"),), ("web page", "proxy")),
    "a page of a proxy": Case((raw_answer(PAGE, status=403),), ("web page",)),
    "redirected": Case(
        (raw_answer(b"", status=302, headers=[("location", "http://sign.in/?t=1")]),), ("sign.in",)
    ),
    "rate limit, a minute": Case((busy(429, 3021, "60"),), ("60 s",)),
    "rate limit, at once": Case((busy(429, 3021, "0"),), ("try again",), requests=3),
    "no capacity": Case((busy(429, 3040, "0"),), ("busy", "@cf/"), requests=3),
    "no neurons": Case((busy(429, 3036),), ("00:00 UTC",)),
    "server error": Case((busy(500, None, "0"),), ("failed",), requests=3),
    "broken off": Case(
        (attrs.evolve(native_stream(BEGIN, done=False), ending="drop"),), ("broken", "try again")
    ),
    "no end": Case((native_stream(BEGIN, END, done=False, usage=None),), ("broken", "try again")),
    "no JSON": Case(
        (raw_answer(b"data: {oops\n\n", content_type="text/event-stream"),), ("broken",)
    ),
    "error within": Case(
        (raw_answer(frame({"error": {"message": "boom"}}), content_type="text/event-stream"),),
        ("boom",),
    ),
    # An answer that cannot be used is asked for once more, and the second one is no better here.
    "empty": Case((native_stream("", "  \n"),), ("empty",), requests=2),
    "only reasoning": Case((openai_stream(reasoning=["Hm. "]),), ("empty",), requests=2),
    "only reasoning, cut off": Case(
        (openai_stream(reasoning=["Hm. "] * 3, finish="length"),),
        ("spent its whole answer on thinking", "workersAI.reasoningEffort"),
    ),
    "refused": Case(
        (native_stream("I'm sorry, but I can't help with that."),), ("declined",), requests=2
    ),
    "prose only": Case(
        (native_stream("The function could well be shorter."),), ("words",), requests=2
    ),
    "cut off": Case(
        (openai_stream(BEGIN, "    return x", finish="length"),),
        ("cut off",),
        requests=2,
        offered=tuple(HELD),
    ),
    "elided": Case(
        (native_stream(BEGIN, "    # ... rest of the code unchanged\n```"),),
        ("left parts",),
        requests=2,
        offered=tuple(HELD),
    ),
    "too large": Case((TOO_LARGE,), ("context window",), requests=2),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    folder = tmp_path_factory.mktemp("failures")
    async with ScriptedEndpoint(HANG) as endpoint, lsp_editor(folder, endpoint) as editor:
        yield Desk(editor, endpoint)


@pytest.mark.parametrize("name", CASES)
async def test_one_message_and_the_document_untouched(desk: Desk, name: str) -> None:
    case = CASES[name]
    course = await desk.run("refactor", HALF, *case.answers)

    (message,) = course.messages
    for words in case.said:
        assert words in message
    assert "\n" not in message
    assert "made-up-token" not in message
    assert course.end.startswith(("failed", "not used", "held"))
    assert desk.editor.text(course.uri) == PLAIN
    assert course.edits == 0
    assert len(course.requests) == case.requests
    assert course.titles == [*case.offered, *AT_REST]

    after = await desk.again("refactor", course.uri, GOOD)
    assert after.end.startswith("done")
    assert not after.messages
    assert "return x / 2" in desk.editor.text(course.uri)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case.offered][:18])
async def test_a_failure_of_the_wire_is_one_sentence(desk: Desk, name: str) -> None:
    course = await desk.run("explain", HALF, *CASES[name].answers)
    (message,) = course.messages
    assert message.startswith("AI: Explain: ")
    # A full stop inside a name (qwen2.5) is followed by no blank.
    assert len(re.findall(r"[.!?](?:\s|$)", message)) == 1
    assert message.endswith(".")


@pytest.mark.parametrize("name", ["rate limit, at once", "no capacity", "server error"])
async def test_what_passes_is_tried_again_without_a_message(desk: Desk, name: str) -> None:
    (answer,) = CASES[name].answers
    course = await desk.run("refactor", HALF, answer, answer, GOOD)
    assert course.end.startswith("done")
    assert not course.messages
    assert len(course.requests) == 3


@pytest.mark.parametrize(
    "text",
    [
        HALF,
        "def f(x):\n    ┃return (x)\n",
        "".join(f"import module_{n}\n" for n in range(60)) + "\n" + HALF + "z = 1  # more\n" * 80,
    ],
    ids=["small", "bare", "long"],
)
async def test_a_prompt_that_is_too_large_is_made_smaller_once(desk: Desk, text: str) -> None:
    good = native_stream("```python\ndef f(x):\n    return x\n```") if "def f" in text else GOOD
    course = await desk.run("refactor", text, TOO_LARGE, good)
    first, second = (_size(request.body) for request in course.requests)

    assert course.end.startswith("done")
    assert not course.messages
    assert second < first
    selected = text.partition("def ")[2].partition("\n\n\n")[0].replace("┃", "").rstrip()
    assert selected in course.requests[1].body["messages"][-1]["content"]


async def test_a_selection_beyond_the_models_window_is_not_sent(desk: Desk) -> None:
    body = "".join(f"    total += {n} * x ** {n}  # term\n" for n in range(3000))
    course = await desk.run(
        "refactor", f"def f(x):\n    ┃total = 0\n{body}    return total\n", GOOD
    )
    (message,) = course.messages
    assert "select less" in message
    assert not course.requests


def _size(body: dict[str, object]) -> int:
    limit = body["max_tokens"]
    assert isinstance(limit, int)
    return len(json.dumps(body["messages"])) + limit


# Each of these needs a server of its own: what is wrong is in the environment.


@pytest.mark.parametrize("action", ["refactor", "explain", "tests"])
async def test_without_credentials_the_message_names_every_way(tmp_path: Path, action: str) -> None:
    async with ScriptedEndpoint(GOOD) as endpoint, lsp_editor(tmp_path) as editor:
        course = await Desk(editor, endpoint).run(action, HALF)
        (message,) = course.messages
        for words in (
            "CLOUDFLARE_ACCOUNT_ID",
            "CLOUDFLARE_API_TOKEN",
            str(tmp_path / "home"),
            ".toml",
            "workers-ai-ls local",
        ):
            assert words in message
        assert course.end == "failed"
        assert editor.text(course.uri) == PLAIN
        assert course.titles == AT_REST


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://192.0.2.1/client/v4", "https"),
        ("http://127.0.0.1.evil.example/v4", "https"),
        ("http://127.0.0.1:1/client/v4", "127.0.0.1:1 cannot be reached"),
        ("https://no-such-host.invalid/v4", "no-such-host.invalid cannot be reached"),
    ],
)
async def test_an_address_that_cannot_serve(tmp_path: Path, address: str, said: str) -> None:
    environment = {"WORKERS_AI_BASE_URL": address}
    async with (
        ScriptedEndpoint(GOOD) as endpoint,
        lsp_editor(tmp_path, endpoint, environment=environment) as editor,
    ):
        course = await Desk(editor, endpoint).run("refactor", HALF)
        assert any(said in message for message in course.messages)
        assert len(course.messages) == 1
        assert course.end == "failed"
        assert editor.text(course.uri) == PLAIN
        assert course.titles == AT_REST
        assert not endpoint.connections
