"""`workers-ai-ls login` as a script runs it, with a keyring and a settings file of its own."""

from __future__ import annotations

import stat
import sys
import tomllib
from typing import TYPE_CHECKING, Any

from tests.cli.command import Result, command
from tests.scripted_endpoint import Answer, error_answer, json_answer, raw_answer
from tests.settings.keyrings import file_keyring

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ACCOUNT = "0123456789abcdef0123456789abcdef"
TOKEN = "t0ken-of-nobody"
DEFAULT = "@cf/qwen/qwen2.5-coder-32b-instruct"
SIGN_IN = raw_answer(b"", status=302, headers=[("location", "https://team.example/cdn-cgi/login")])
NO_KEY = error_answer(401, 10000, "Not signed in.", envelope="edge")
NOT_FOUND = raw_answer(b"404 page not found", status=404, content_type="text/plain")
PAGE = raw_answer(b"<!doctype html><h1>Welcome</h1>", content_type="text/html")
SAID = json_answer("Hi")


def models(*names: str) -> Answer:
    """A list of models as OpenAI's API has it."""
    rows = ", ".join(f'{{"id": "{name}"}}' for name in names)
    return raw_answer(f'{{"object": "list", "data": [{rows}]}}'.encode())


def offered(*names: str) -> Answer:
    """A list of models as Cloudflare's API has it."""
    rows = ", ".join(f'{{"name": "{name}"}}' for name in names or (DEFAULT,))
    return raw_answer(f'{{"success": true, "errors": [], "result": [{rows}]}}'.encode())


async def sign(
    folder: Path,
    *arguments: str,
    stdin: str = "",
    environment: Mapping[str, str] | None = None,
) -> Result:
    """Run a command with the keyring in `folder`."""
    given = file_keyring(folder) | dict(environment or {})
    return await command(folder, *arguments, stdin=stdin.encode(), environment=given)


def user_file(folder: Path) -> Path:
    """Where the command's own home has the settings file."""
    base = (
        folder / "home" / ("Library/Application Support" if sys.platform == "darwin" else ".config")
    )
    return base / "workers-ai-language-server" / "config.toml"


def written(folder: Path) -> Any:
    """What the settings file says, which only its owner can read."""
    path = user_file(folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    return tomllib.loads(path.read_text("utf-8"))["workersAI"]


def cloudflared(folder: Path, *, signed_in: bool = False) -> dict[str, str]:
    """The variables by which a program finds a cloudflared that notes how it was called."""
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    script = tools / "cloudflared"
    script.write_text(
        f"#!{sys.executable}\n"
        "import pathlib, sys\n"
        f"folder = pathlib.Path({str(folder)!r})\n"
        "with (folder / 'calls').open('a') as calls: calls.write(' '.join(sys.argv[1:]) + '\\n')\n"
        "if sys.argv[2] == 'login':\n"
        "    (folder / 'signed-in').touch()\n"
        "    print('A browser window should have opened', file=sys.stderr)\n"
        f"elif not (folder / 'signed-in').exists(): sys.exit(1)\n"
        f"print({TOKEN!r})\n"
    )
    script.chmod(0o755)
    if signed_in:
        (folder / "signed-in").touch()
    return {"PATH": f"{tools}:/usr/bin:/bin"}


def calls(folder: Path) -> list[str]:
    """How cloudflared was called."""
    path = folder / "calls"
    return path.read_text().splitlines() if path.exists() else []
