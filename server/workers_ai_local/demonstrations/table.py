"""All demonstrations under the ids that they are asked for by."""

import time
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from uuid import uuid4

import attrs

from workers_ai_local.demonstrations.errors import ERRORS
from workers_ai_local.demonstrations.faults import FAULTS
from workers_ai_local.demonstrations.shapes import SHAPES
from workers_ai_local.engine import Answer
from workers_ai_local.recorded import Refusal, Reply, play
from workers_ai_local.run_request import RunRequest

_MINUTE = 60

DEMONSTRATIONS: Mapping[str, Reply] = {
    **{f"@local/error/{name}": Reply(error=refusal) for name, refusal in ERRORS.items()},
    **{f"@local/fault/{name}": reply for name, reply in FAULTS.items()},
    **{f"@local/shape/{name}": reply for name, reply in SHAPES.items()},
}


def demonstrated(request: RunRequest) -> AbstractAsyncContextManager[Answer] | None:
    """Answer `request` when its model is a demonstration's id."""
    reply = DEMONSTRATIONS.get(request.model)
    if reply is None:
        return None
    if reply.error is not None:
        reply = attrs.evolve(reply, error=_filled_in(reply.error, request.model))
    return play(reply, request)


def _filled_in(refusal: Refusal, model: str) -> Refusal:
    message = refusal.message.replace("<uuid>", str(uuid4())).replace("<model>", model)
    headers = {name: _header(value) for name, value in refusal.headers.items()}
    return attrs.evolve(refusal, message=message, headers=headers)


def _header(value: str) -> str:
    # The limit counts whole minutes, so waiting means waiting for the next one.
    return value.replace("<next minute>", str(_MINUTE - int(time.time()) % _MINUTE))
