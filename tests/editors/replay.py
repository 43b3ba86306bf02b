"""A scripted endpoint for real editors: replayed answers, with gates that a test opens.

```
with scripted(tmp_path, answer("```python\nx = 1\n", gate("typed"), "```")) as endpoint:
    start_an_editor(env=endpoint.environment())
    endpoint.open_gate("typed")
    assert endpoint.wait_for("end")["outcome"] == "finished"
```
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

from workers_ai_local.app import create_app
from workers_ai_local.engine import Text
from workers_ai_local.replay import ReplayEndpoint, ReplayEngine, read_script
from workers_ai_local.serving import serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

    from workers_ai_local.engine import Answer, Event, ServedModel
    from workers_ai_local.run_request import RunRequest

_GATE = "\0gate "
_GATE_LIMIT_S = 60.0
_LOOK_S = 0.01

TOKEN = "made-up-token"


def answer(*pieces: object, **more: object) -> dict[str, object]:
    """One reply of a replay script (see `workers_ai_local.replay.script`), in pieces."""
    return {"pieces": list(pieces), **more}


def gate(name: str) -> str:
    """A piece of an answer that comes only after the test has opened the gate `name`."""
    return _GATE + name


@attrs.define
class ScriptedEndpoint:
    """A running endpoint, and a home for the server and the editor that use it."""

    replay: ReplayEndpoint
    home: Path
    gates: Path
    """A folder; an empty file in it opens the gate of that name, from whatever language."""

    def environment(self, **more: str) -> dict[str, str]:
        """The environment for an editor: credentials, a home of its own, our command on the path."""
        return editor_environment(self.home) | {
            "WORKERS_AI_BASE_URL": self.replay.base_url,
            "CLOUDFLARE_ACCOUNT_ID": self.replay.account_id,
            "CLOUDFLARE_API_TOKEN": self.replay.token,
            "WORKERS_AI_MODEL": self.replay.model,
            **more,
        }

    def open_gate(self, name: str) -> None:
        """Let the answer go on."""
        (self.gates / name).touch()

    def wait_for(self, event: str, count: int = 1, seconds: float = 30.0) -> dict[str, object]:
        """Wait for the endpoint to note `count` events `request` or `end`; return the last one."""
        return self.replay.wait_for(event, count, seconds)

    @property
    def requests(self) -> int:
        """How many requests there have been."""
        return sum(event["event"] == "request" for event in self.replay.events)


def editor_environment(home: Path) -> dict[str, str]:
    """An environment without credentials: an empty home, and this checkout's command on the path.

    Everything that editors and the server keep (cache, state, configuration) goes below `home`.
    """
    home.mkdir(parents=True, exist_ok=True)
    folders = [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]
    return {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "PATH": os.pathsep.join(folders),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm-256color",
        # Nobody's keyring is asked for a token.
        "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring",
    }


@contextlib.contextmanager
def scripted(
    folder: Path, *replies: Mapping[str, object], **script: object
) -> Iterator[ScriptedEndpoint]:
    """Serve a replay script on loopback; home and gates are made below `folder`."""
    gates = folder / "gates"
    gates.mkdir()
    values = read_script({"replies": list(replies), "token": TOKEN, **script})
    replay = ReplayEndpoint("", TOKEN, values.models[0])
    engine = _Gated(ReplayEngine(values), gates)
    app = create_app(engine, token=TOKEN, observe=replay.observe)
    with serving(app) as replay.base_url:
        yield ScriptedEndpoint(replay, folder / "home", gates)


@attrs.frozen
class _Gated:
    """An engine that waits at each gate."""

    engine: ReplayEngine
    gates: Path

    @property
    def models(self) -> list[ServedModel]:
        return self.engine.models

    @contextlib.asynccontextmanager
    async def answer(self, request: RunRequest) -> AsyncIterator[Answer]:
        async with self.engine.answer(request) as given:
            yield attrs.evolve(given, events=self._wait(given.events))

    async def _wait(self, events: AsyncIterator[Event]) -> AsyncIterator[Event]:
        async for event in events:
            if isinstance(event, Text) and str(event.value).startswith(_GATE):
                await self._opened(str(event.value).removeprefix(_GATE))
            else:
                yield event

    async def _opened(self, name: str) -> None:
        limit = time.monotonic() + _GATE_LIMIT_S
        while not (self.gates / name).exists():
            if time.monotonic() > limit:
                raise TimeoutError(f"nobody opened the gate {name}")
            await asyncio.sleep(_LOOK_S)
