"""The two processes of a soak: the server, started as by an editor, and the endpoint it asks."""

from __future__ import annotations

import contextlib
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workers_ai_ls.settings.payload import SECTION

from .bare_editor import spawned
from .servers import TOKEN, begin, scene
from .soak_errands import replay_script
from .told import told

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from .bare_editor import BareEditor

JOURNAL_MB = 1
"""The limit of the journal, low enough that a long run goes past it many times."""

_SETTINGS = "Library/Application Support" if sys.platform == "darwin" else ".config"
_COMMAND = (sys.executable, "-P", str(Path(__file__).with_name("soak_server.py")))


@contextlib.asynccontextmanager
async def served(base_url: str) -> AsyncIterator[tuple[BareEditor, str, Path]]:
    """Start the server; gives the editor, the URI of its workspace, and the home of its user."""
    with scene(base_url) as (environment, root):
        home = Path(environment["HOME"])
        settings = home / _SETTINGS / "workers-ai-language-server" / "config.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(f"[{SECTION}.journal]\nmegabytes = {JOURNAL_MB}\n", encoding="utf-8")
        async with spawned(_COMMAND, environment) as editor:
            await begin(editor, root)
            editor.replies["workspace/applyEdit"] = {"applied": True}
            await editor.called("workspace/configuration")
            yield editor, root, home


@contextlib.asynccontextmanager
async def endpoint() -> AsyncIterator[str]:
    """Run the replay engine in a process of its own; gives its base URL. Raises NotThere."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "script.json"
        script.write_text(json.dumps(replay_script(TOKEN)), encoding="utf-8")
        async with told("workers_ai_local.replay", str(script), "--until-stdin-closes") as line:
            ready: dict[str, Any] = json.loads(line)
            yield str(ready["base_url"])
