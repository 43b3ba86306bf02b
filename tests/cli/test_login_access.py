"""`login` to what stands behind a sign-in page, and to a person at a terminal."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.command import LIMIT_S, Result, command_environment
from tests.cli.signing import (
    ACCOUNT,
    SAID,
    SIGN_IN,
    TOKEN,
    calls,
    cloudflared,
    offered,
    sign,
    user_file,
    written,
)
from tests.scripted_endpoint import ScriptedEndpoint
from tests.settings.keyrings import file_keyring, held

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="opens a POSIX terminal")


async def test_without_cloudflared_it_says_how_to_get_it(tmp_path: Path) -> None:
    async with ScriptedEndpoint(SIGN_IN) as endpoint:
        result = await sign(tmp_path, "login", f"http://127.0.0.1:{endpoint.port}")
    assert result.code == 1
    assert "has a sign-in page, for which cloudflared is needed: install it" in result.err
    assert "https://developers.cloudflare.com/" in result.err
    assert not user_file(tmp_path).exists()


async def test_who_has_signed_in_already_is_not_asked(tmp_path: Path) -> None:
    tool = cloudflared(tmp_path, signed_in=True)
    async with ScriptedEndpoint(SIGN_IN, SAID) as endpoint:
        origin = f"http://127.0.0.1:{endpoint.port}"
        result = await sign(tmp_path, "login", origin, environment=tool)

    assert result.code == 0, result.err
    assert calls(tmp_path) == [f"access token -app={origin}"]
    assert endpoint.requests[-1].headers["cf-access-token"] == TOKEN
    assert written(tmp_path) == {
        "endpoint": "worker",
        "baseUrl": f"{origin}/run",
        "headers": f"cf-access-token: cmd:cloudflared access token -app={origin}",
    }
    assert held(tmp_path) == {}
    assert TOKEN not in result.err + user_file(tmp_path).read_text()


async def test_a_script_is_told_what_to_run(tmp_path: Path) -> None:
    tool = cloudflared(tmp_path)
    async with ScriptedEndpoint(SIGN_IN) as endpoint:
        origin = f"http://127.0.0.1:{endpoint.port}"
        result = await sign(tmp_path, "login", origin, environment=tool)
    assert result.code == 1
    assert f"run `cloudflared access login {origin}` in a terminal, then try again" in result.err
    assert not user_file(tmp_path).exists()


async def test_a_person_is_taken_to_the_page_and_sees_no_token(tmp_path: Path) -> None:
    tool = cloudflared(tmp_path)
    async with ScriptedEndpoint(SIGN_IN, SAID) as endpoint:
        origin = f"http://127.0.0.1:{endpoint.port}"
        result = await _at_a_terminal(
            tmp_path, "login", origin, talk=[("with cloudflared? [y/N]", "y\n")], environment=tool
        )
    assert result.code == 0, result.out
    assert calls(tmp_path)[-2:] == [f"access login {origin}", f"access token -app={origin}"]
    assert "A browser window should have opened" in result.out
    assert TOKEN not in result.out
    assert written(tmp_path)["headers"].endswith(f"cmd:cloudflared access token -app={origin}")


async def test_who_does_not_want_to_sign_in_changes_nothing(tmp_path: Path) -> None:
    tool = cloudflared(tmp_path)
    async with ScriptedEndpoint(SIGN_IN) as endpoint:
        result = await _at_a_terminal(
            *(tmp_path, "login", f"http://127.0.0.1:{endpoint.port}"),
            talk=[("[y/N]", "\n")],
            environment=tool,
        )
    assert result.code == 1
    assert not any("login" in call for call in calls(tmp_path))
    assert not user_file(tmp_path).exists()


async def test_a_typed_token_is_not_shown(tmp_path: Path) -> None:
    async with ScriptedEndpoint(offered()) as endpoint:
        origin = f"http://127.0.0.1:{endpoint.port}"
        result = await _at_a_terminal(
            *(tmp_path, "login", endpoint.base_url, "--account", ACCOUNT),
            talk=[("(not shown): ", f"{TOKEN}\n")],
        )
    assert result.code == 0, result.out
    assert TOKEN not in result.out
    assert held(tmp_path) == {origin: {"apiToken": TOKEN}}


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1)])
async def test_a_person_decides_about_the_file_where_there_is_no_keyring(
    tmp_path: Path, answer: str, code: int
) -> None:
    none = {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    async with ScriptedEndpoint(offered()) as endpoint:
        result = await _at_a_terminal(
            *(tmp_path, "login", endpoint.base_url, "--account", ACCOUNT),
            talk=[("(not shown): ", f"{TOKEN}\n"), ("[y/N]", answer)],
            environment=none,
        )
    assert result.code == code
    assert "There is no system keyring here. Keep the token in" in result.out
    assert TOKEN not in result.out
    assert user_file(tmp_path).exists() == (code == 0)
    if code == 0:
        assert written(tmp_path)["apiToken"] == TOKEN


async def test_interrupting_leaves_the_terminal_as_it_was(tmp_path: Path) -> None:
    async with ScriptedEndpoint(offered()) as endpoint:
        result = await _at_a_terminal(
            *(tmp_path, "login", endpoint.base_url, "--account", ACCOUNT),
            talk=[("(not shown): ", "\x04")],
        )
    assert result.code == 1
    assert "No token was given" in result.out
    assert not endpoint.requests


async def _at_a_terminal(
    folder: Path,
    *arguments: str,
    talk: Sequence[tuple[str, str]],
    environment: dict[str, str] | None = None,
) -> Result:
    """Run the command at a terminal, where a person answers what it asks."""
    import pty

    ours, theirs = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "workers_ai_ls", *arguments),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=command_environment(folder) | file_keyring(folder) | (environment or {}),
        cwd=folder,
        start_new_session=True,  # So that it asks at this terminal, not at the developer's.
    )
    os.close(theirs)
    talking = asyncio.create_task(asyncio.to_thread(_talk, ours, list(talk)))
    try:
        async with asyncio.timeout(LIMIT_S):
            code = await process.wait()
            shown = await talking
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        os.close(ours)
    return Result(code, shown.replace("\r\n", "\n"), "")


def _talk(terminal: int, talk: list[tuple[str, str]]) -> str:
    shown, seen = "", 0
    while True:
        try:
            piece = os.read(terminal, 4096)
        except OSError:  # Linux says so when the other side has closed.
            return shown
        if not piece:
            return shown
        shown += piece.decode("utf-8", "replace")
        if talk and talk[0][0] in shown[seen:]:
            seen = len(shown)
            os.write(terminal, talk.pop(0)[1].encode())
