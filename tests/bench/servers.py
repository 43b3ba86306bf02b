"""The servers that are measured: ours, a minimal one on pygls, and one on bare Python."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from workers_ai_ls.workspace import uri_of

from .bare_editor import initialize_params, spawned

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from .bare_editor import BareEditor

_BASELINES = Path(__file__).parent / "baselines"

OURS = "workers-ai-ls"
PYGLS = "minimal pygls"
RAW = "raw Python"

COMMANDS = {
    OURS: (sys.executable, "-P", "-m", "workers_ai_ls"),
    PYGLS: (sys.executable, "-P", str(_BASELINES / "minimal_pygls.py")),
    RAW: (sys.executable, "-P", str(_BASELINES / "raw_json_rpc.py")),
}
"""By the name that tables show."""


ACCOUNT = "0123456789abcdef0123456789abcdef"
TOKEN = "made-up-token"


@contextlib.asynccontextmanager
async def started(
    name: str, base_url: str = "", options: object = None
) -> AsyncIterator[tuple[BareEditor, str]]:
    """Start a server that is ready for work; gives the editor and the URI of an empty workspace.

    `base_url` is the endpoint's, `options` are the initialization options.
    """
    with scene(base_url) as (environment, root):
        async with spawned(COMMANDS[name], environment) as editor:
            await begin(editor, root, options)
            if name == OURS:
                # Nothing that the start leaves to do may fall into what is measured.
                await editor.called("workspace/configuration")
            yield editor, root


@contextlib.contextmanager
def scene(base_url: str = "") -> Iterator[tuple[dict[str, str], str]]:
    """Give an environment with a new home, and the URI of an empty workspace, for one block."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        home, workspace = Path(name) / "home", Path(name) / "workspace"
        home.mkdir()
        workspace.mkdir()
        environment = {"HOME": str(home), "USERPROFILE": str(home), "PATH": os.defpath}
        if base_url:
            environment |= {
                "WORKERS_AI_BASE_URL": base_url,
                "CLOUDFLARE_ACCOUNT_ID": ACCOUNT,
                "CLOUDFLARE_API_TOKEN": TOKEN,
            }
        yield environment, uri_of(workspace)


async def begin(editor: BareEditor, root: str, options: object = None) -> None:
    """Shake hands."""
    editor.replies["workspace/configuration"] = [None]
    editor.replies["window/showDocument"] = {"success": True}
    await editor.ask("initialize", initialize_params(root, options))
    editor.notify("initialized", {})
