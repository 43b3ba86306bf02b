"""An engine that says what a script says."""

from collections import Counter
from contextlib import AbstractAsyncContextManager

from workers_ai_local.api_errors import ApiError
from workers_ai_local.cloudflare_models import cloudflare_model
from workers_ai_local.engine import Answer, ServedModel
from workers_ai_local.recorded import Reply, play
from workers_ai_local.replay.script import DEFAULT_WINDOW, Script
from workers_ai_local.run_request import RunRequest


class ReplayEngine:
    """Serves a script's replies; each is used up after its `times`."""

    def __init__(self, script: Script) -> None:
        self.models = [_served(name, script.window) for name in script.models]
        self._script = script
        self._served: Counter[int] = Counter()

    def answer(self, request: RunRequest) -> AbstractAsyncContextManager[Answer]:
        """Answer with the first reply that fits `request`."""
        return play(self._next_reply(request), request)

    def _next_reply(self, request: RunRequest) -> Reply:
        for number, reply in enumerate(self._script.replies):
            used_up = reply.times is not None and self._served[number] >= reply.times
            if reply.when in request.last_words and not used_up:
                self._served[number] += 1
                return reply
        # A client error, so that nobody retries it.
        raise ApiError(400, 8001, "AiError: AiError: Invalid input (no reply of the script fits)")


def _served(name: str, window: int | None) -> ServedModel:
    known = cloudflare_model(name)
    window = window or known.window or DEFAULT_WINDOW
    return ServedModel(name, window, "Recorded replies", known.neurons)
