"""Secrets that stand in code: not in what is sent or kept, and back in the edit."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.lsp_editor import lsp_editor
from tests.protocol.test_answers_kept import rows
from tests.redaction import made_up
from tests.scripted_endpoint import ScriptedEndpoint, native_stream

if TYPE_CHECKING:
    from pathlib import Path

    from tests.scripted_endpoint import Received

SECRETS = (made_up.AWS_ID, made_up.GITHUB, made_up.PASSWORD, *made_up.BODY)
FIRST = f'    y = "{made_up.AWS_ID}", "{made_up.GITHUB}"\n'
REST = f'    return y, "db://me:{made_up.PASSWORD}@db.example/x", """{made_up.KEY}"""\n'
CODE = f"import math\n\n\ndef load(x):\n┃{FIRST}{REST}"
PLAIN = CODE.replace("┃", "")
NAMES = (
    "REDACTED_AWS_KEY_1",
    "REDACTED_GITHUB_TOKEN_1",
    "REDACTED_PASSWORD_1",
    "REDACTED_PRIVATE_KEY_1",
)
REPLY = (
    "```python\ndef load(x):\n"
    f'    z = "{NAMES[0]}", "{NAMES[1]}"\n'
    f'    return z, "db://me:{NAMES[2]}@db.example/x", """{NAMES[3]}"""\n```'
)
EDITED = PLAIN.replace("    y = ", "    z = ").replace("return y", "return z")
ELIDED = f'```python\ndef load(x):\n    # ... existing code ...\n    return "{NAMES[1]}"\n```'


def body_of(request: Received) -> str:
    """The messages of a request."""
    return "\n".join(each["content"] for each in request.body["messages"])


def assert_clean(text: str) -> None:
    """No secret, and no part of one, stands there."""
    for secret in SECRETS:
        assert secret not in text
        assert secret[:12] not in text or len(secret) <= 12


def kept_prompts(folder: Path) -> None:
    """Have the server keep its prompts in the journal."""
    user = folder / "home" / ".config" / "workers-ai-language-server" / "config.toml"
    user.parent.mkdir(parents=True)
    user.write_text("[workersAI.journal]\nkeepPrompts = true\n")


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
async def test_they_are_not_sent_and_stand_in_the_edit_byte_for_byte(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], size: int
) -> None:
    kept_prompts(tmp_path)
    pieces = [REPLY[at : at + size] for at in range(0, len(REPLY), size)]
    async with (
        ScriptedEndpoint(native_stream(*pieces)) as endpoint,
        lsp_editor(tmp_path, endpoint, environment={"WORKERS_AI_LOG": "DEBUG"}) as editor,
    ):
        uri = editor.open("load.py", CODE)
        await editor.choose("AI: Refactor")
        await editor.ended()
        assert editor.text(uri) == EDITED
        (request,) = endpoint.requests
    assert_clean(request.raw_body.decode())
    assert all(name in body_of(request) for name in NAMES)
    (row,) = await asyncio.to_thread(rows, tmp_path)
    assert_clean(row["prompt"])
    assert made_up.GITHUB in row["answer"]
    logged = capfd.readouterr().err
    assert "DEBUG" in logged
    assert_clean(logged)


async def test_they_are_not_sent_with_an_answer_that_is_asked_for_once_more(
    tmp_path: Path,
) -> None:
    async with (
        ScriptedEndpoint(native_stream(ELIDED), native_stream(REPLY)) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        uri = editor.open("load.py", CODE)
        await editor.choose("AI: Refactor")
        await editor.ended()
        assert editor.text(uri) == EDITED
        first, second = endpoint.requests
        assert_clean(first.raw_body.decode())
        assert_clean(second.raw_body.decode())
        earlier = next(each for each in second.body["messages"] if each["role"] == "assistant")
        assert earlier["content"] == ELIDED
        assert second.body["messages"][:2] == first.body["messages"]


async def test_they_are_not_sent_when_it_is_tried_again(tmp_path: Path) -> None:
    async with (
        ScriptedEndpoint(native_stream(REPLY), native_stream(REPLY)) as endpoint,
        lsp_editor(tmp_path, endpoint) as editor,
    ):
        editor.open("load.py", CODE)
        await editor.choose("AI: Refactor")
        await editor.ended()
        await editor.choose("AI: Try again")
        await editor.ended(2)
        for request in endpoint.requests:
            assert_clean(request.raw_body.decode())
            assert NAMES[0] in body_of(request)
        assert len(endpoint.requests) == 2
