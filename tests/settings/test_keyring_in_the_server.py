"""The real server and the keyring: asked late, once per origin, and never in the way."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from tests.lsp_course import Desk
from tests.lsp_editor import lsp_editor
from tests.scripted_endpoint import ScriptedEndpoint, native_stream
from tests.settings.keyrings import Raising, Waiting, file_keyring, reads, using
from tests.settings.offering import ACCOUNT, TOKEN, resolved
from workers_ai_ls.lsp.endpoints import FromKeyring
from workers_ai_ls.settings import KeyringFailure, keyring_access

if TYPE_CHECKING:
    from pathlib import Path

CODE = "def half(x):\n    ┃return x / 2\n"
SAID = native_stream("It halves.")
posix = pytest.mark.skipif(sys.platform == "win32", reason="the home is laid out as on POSIX")


@posix
async def test_it_is_asked_once_per_origin_and_only_by_a_job(tmp_path: Path) -> None:
    async with ScriptedEndpoint(SAID) as endpoint:
        origin = f"http://127.0.0.1:{endpoint.port}"
        given = {"WORKERS_AI_BASE_URL": endpoint.base_url, "CLOUDFLARE_ACCOUNT_ID": ACCOUNT}
        keyring = file_keyring(tmp_path, **{origin: {"apiToken": TOKEN}})
        async with lsp_editor(tmp_path, environment=given | keyring) as editor:
            desk = Desk(editor, endpoint)
            uri = editor.open("a.py", CODE)
            assert await editor.titles()
            assert reads(tmp_path) == []
            for _ in range(2):
                assert (await desk.again("explain", uri)).end.startswith("done")
            assert reads(tmp_path) == [origin]
            assert {each.headers["authorization"] for each in endpoint.requests} == {
                f"Bearer {TOKEN}"
            }
            assert not any(TOKEN in message for message in editor.messages)


async def test_it_is_not_asked_when_the_environment_gives_a_token(tmp_path: Path) -> None:
    async with ScriptedEndpoint(SAID) as endpoint:
        async with lsp_editor(tmp_path, endpoint, environment=file_keyring(tmp_path)) as editor:
            course = await Desk(editor, endpoint).run("explain", CODE)
        assert course.end.startswith("done")
    assert reads(tmp_path) == []


@posix
async def test_a_login_in_a_terminal_is_noticed_without_a_restart(tmp_path: Path) -> None:
    async with ScriptedEndpoint(SAID) as endpoint:
        origin = f"http://127.0.0.1:{endpoint.port}"
        given = {"WORKERS_AI_BASE_URL": endpoint.base_url, "CLOUDFLARE_ACCOUNT_ID": ACCOUNT}
        async with lsp_editor(tmp_path, environment=given | file_keyring(tmp_path)) as editor:
            desk = Desk(editor, endpoint)
            uri = editor.open("a.py", CODE)
            for _ in range(2):
                refused = await desk.again("explain", uri)
                assert any("workers-ai-ls login" in message for message in refused.messages)
            assert reads(tmp_path) == [origin]
            assert not endpoint.requests

            file_keyring(tmp_path, **{origin: {"apiToken": TOKEN}})
            base = "Library/Application Support" if sys.platform == "darwin" else ".config"
            file = tmp_path / "home" / base / "workers-ai-language-server" / "config.toml"
            file.parent.mkdir(parents=True)
            file.write_text(f"[workersAI]\naccountId = {json.dumps(ACCOUNT)}\n")
            assert (await desk.again("explain", uri)).end.startswith("done")
        assert endpoint.requests[0].headers["authorization"] == f"Bearer {TOKEN}"


async def test_without_an_account_the_embedded_model_needs_no_keyring(tmp_path: Path) -> None:
    given = {"WORKERS_AI_MODEL": "@local/nonsense", **file_keyring(tmp_path)}
    async with (
        ScriptedEndpoint(SAID) as endpoint,
        lsp_editor(tmp_path, environment=given) as editor,
    ):
        course = await Desk(editor, endpoint).run("explain", CODE)
    assert "@local/nonsense is no local model" in course.messages[0]
    assert reads(tmp_path) == []


async def test_a_failing_keyring_fails_the_job_in_one_sentence_and_is_asked_again(
    tmp_path: Path,
) -> None:
    given = resolved(tmp_path, CLOUDFLARE_ACCOUNT_ID=ACCOUNT)
    keyring = FromKeyring()
    with using(Raising(OSError("s3cret"))):
        for _ in range(2):
            with pytest.raises(KeyringFailure, match=r"failed \(OSError\)"):
                await keyring.completed(given)


async def test_a_server_on_this_machine_works_without_a_keyring_that_works(tmp_path: Path) -> None:
    given = resolved(
        tmp_path, WORKERS_AI_ENDPOINT="openai", WORKERS_AI_BASE_URL="http://localhost:11434/v1"
    )
    failing = Raising(OSError("s3cret"))
    keyring = FromKeyring()
    with using(failing):
        assert await keyring.completed(given) is given
    # And it is not asked again for each job.
    waiting = Waiting()
    with using(waiting):
        assert await keyring.completed(given) is given
    waiting.answer.set()


async def test_a_keyring_that_never_answers_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring_access.stored_soon, "__defaults__", (0.05,))
    waiting = Waiting()
    with using(waiting), pytest.raises(KeyringFailure, match="did not answer within"):
        await FromKeyring().completed(resolved(tmp_path, CLOUDFLARE_ACCOUNT_ID=ACCOUNT))
    waiting.answer.set()
