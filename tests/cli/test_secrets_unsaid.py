"""No credential is said anywhere: not in the log at its most talkative, nor in what programs see."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.command import ANSWER, begun, command, work
from tests.cli.signing import ACCOUNT, NO_KEY, SAID, TOKEN, cloudflared
from tests.scripted_endpoint import (
    DONE,
    NO_RESPONSE,
    Answer,
    ScriptedEndpoint,
    error_answer,
    frame,
    native_stream,
    raw_answer,
)
from tests.settings.keyrings import file_keyring

if TYPE_CHECKING:
    from collections.abc import Callable

posix = pytest.mark.skipif(sys.platform == "win32", reason="the tool is a script with a #! line")
COOKIE = "c00kie-of-nobody"


def _with_cookie(answer: Answer) -> Answer:
    cookie = ("set-cookie", f"CF_Authorization={COOKIE}; Secure")
    return Answer(answer.parts, answer.status, (*answer.headers, cookie), answer.ending)


ANSWERS: dict[str, tuple[Answer, int]] = {
    "an answer": (_with_cookie(native_stream(*ANSWER)), 0),
    "a refusal that quotes the token": (
        error_answer(401, 10000, f"Token {TOKEN} is not known", envelope="edge"), 1,
    ),
    "a body that quotes it": (error_answer(400, 5006, f"Bearer {TOKEN}: bad"), 1),
    "a page that quotes it": (raw_answer(f"<p>{TOKEN}".encode(), content_type="text/html"), 1),
    "a redirect that quotes it": (
        raw_answer(
            b"", status=302,
            headers=[("location", f"https://team.example/cdn-cgi/login?kid={TOKEN}")],
        ), 1,
    ),
    "an error in the stream that quotes it": (
        Answer((frame({"error": {"message": f"{TOKEN}!", "code": 1}}), DONE)), 1,
    ),
    "a connection that is lost": (NO_RESPONSE, 1),
}  # fmt: skip

WAYS: dict[str, Callable[[Path, str], dict[str, str]]] = {
    "environment": lambda _, __: {"CLOUDFLARE_API_TOKEN": TOKEN},
    "header": lambda _, __: {"WORKERS_AI_HEADERS": f"authorization: Bearer {TOKEN}"},
    "keyring": lambda folder, origin: file_keyring(folder, **{origin: {"apiToken": TOKEN}}),
    "command": lambda folder, _: {
        **cloudflared(folder, signed_in=True),
        "CLOUDFLARE_API_TOKEN": "cmd:cloudflared access token",
    },
}


CASES = [(name, "environment") for name in ANSWERS] + [
    (name, way)
    for name in ("an answer", "a refusal that quotes the token")
    for way in ("header", "keyring", "command")
]


@posix
@pytest.mark.parametrize(("name", "way"), CASES)
async def test_a_log_at_debug_holds_no_credential(tmp_path: Path, name: str, way: str) -> None:
    work(tmp_path)
    answer, code = ANSWERS[name]
    async with ScriptedEndpoint(answer) as endpoint:
        given = {
            "WORKERS_AI_BASE_URL": endpoint.base_url,
            "CLOUDFLARE_ACCOUNT_ID": ACCOUNT,
            "WORKERS_AI_LOG": "DEBUG",
            "PYTHONASYNCIODEBUG": "1",
            **WAYS[way](tmp_path, f"http://127.0.0.1:{endpoint.port}"),
        }
        result = await command(tmp_path, "run", "explain", "half.py:5", environment=given)
    assert endpoint.requests[0].headers["authorization"] == f"Bearer {TOKEN}"
    assert result.code == code, result.err
    assert "DEBUG" in result.err
    for secret in (TOKEN, COOKIE):
        assert secret not in result.out + result.err
    for file in (tmp_path / "home").rglob("*"):
        assert not file.is_file() or TOKEN.encode() not in file.read_bytes(), file


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="looks into Linux's /proc")
async def test_no_list_of_processes_shows_a_credential(tmp_path: Path) -> None:
    work(tmp_path)
    held = asyncio.Event()
    async with ScriptedEndpoint(native_stream("It ", held, "halves.")) as endpoint:
        given = {
            "WORKERS_AI_BASE_URL": endpoint.base_url,
            "CLOUDFLARE_ACCOUNT_ID": ACCOUNT,
            **file_keyring(tmp_path, **{f"http://127.0.0.1:{endpoint.port}": {"apiToken": TOKEN}}),
        }
        async with begun(tmp_path, "run", "explain", "half.py:5", environment=given) as process:
            await endpoint.wait_for_requests(within=60)
            lines = _command_lines()
            held.set()
            await process.communicate()
    assert process.returncode == 0
    assert any("workers_ai_ls" in line for line in lines)
    assert not any(TOKEN in line for line in lines)


async def test_signing_in_shows_no_credential_to_other_programs(tmp_path: Path) -> None:
    held = asyncio.Event()
    kept = Answer((held, *SAID.parts), SAID.status, SAID.headers, SAID.ending)
    async with ScriptedEndpoint(NO_KEY, kept) as endpoint:
        arguments = ("login", f"http://127.0.0.1:{endpoint.port}", "--token-stdin")
        async with begun(tmp_path, *arguments, environment=file_keyring(tmp_path)) as process:
            assert process.stdin is not None
            process.stdin.write(f"{TOKEN}\n".encode())
            await endpoint.wait_for_requests(2, within=60)
            lines = _command_lines()
            held.set()
            out, err = await process.communicate()
    assert process.returncode == 0
    assert TOKEN.encode() not in out + err
    assert not any(TOKEN in line for line in lines)


def _command_lines() -> list[str]:
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(path.read_bytes().decode("utf-8", "replace"))
        except OSError:
            continue  # It has ended meanwhile.
    return lines
