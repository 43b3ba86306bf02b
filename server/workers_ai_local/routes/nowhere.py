"""Every path that is none of ours."""

from starlette.types import Receive, Scope, Send

from workers_ai_local.api_errors import no_route
from workers_ai_local.refusing import send_error


class _Nowhere:
    """Answers 7000 to any method."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send_error(no_route(), scope, receive, send)


nowhere = _Nowhere()
