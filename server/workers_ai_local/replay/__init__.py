"""The replay engine: recorded replies with scripted delays and faults, for tests.

`python -m workers_ai_local.replay SCRIPT.json` serves a script from the command line; see
`workers_ai_local.replay.script` for what a script may say.
"""

from workers_ai_local.extra import require_extra

require_extra(("starlette", "uvicorn"))

# ruff: noqa: E402 - without the extra, its sentence comes before Python's ImportError
from workers_ai_local.replay.endpoint import ReplayEndpoint, replaying
from workers_ai_local.replay.engine import ReplayEngine
from workers_ai_local.replay.script import Script, read_script

__all__ = ["ReplayEndpoint", "ReplayEngine", "Script", "read_script", "replaying"]
