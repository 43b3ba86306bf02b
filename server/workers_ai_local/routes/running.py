"""One POST that runs a model, by whichever route it came."""

import time
from collections.abc import Callable

import attrs
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from workers_ai_local.answering import Exchange, respond
from workers_ai_local.api_errors import ApiError
from workers_ai_local.engine import ServedModel
from workers_ai_local.frames import Dialect
from workers_ai_local.refusing import send_error
from workers_ai_local.routes.admission import admit
from workers_ai_local.routes.passage import Passage, has_own_host, passage
from workers_ai_local.routes.service import Service
from workers_ai_local.run_request import RunRequest

Reader = Callable[[Service, Request, bytes], tuple[ServedModel, RunRequest]]
"""Tells from path and body which model is asked what. Raises `ApiError`."""

_SECRET = frozenset({"authorization", "cf-aig-authorization", "cookie"})


@attrs.frozen
class Run:
    """An endpoint of the application; its requests and their ends are observed."""

    service: Service
    read: Reader
    dialect: Dialect = "run"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        connection = Request(scope, receive)
        body = await connection.body()
        self._tell("request", connection, body=body.decode(errors="replace"))
        try:
            through = self._let_in(connection, body)
        except ApiError as error:
            await self._refuse(error, connection, send)
            return
        if through is not None:
            if await through.repeats(send):
                self._tell("end", connection, outcome="finished from the cache")
                return
            send = through.recording(send)
        try:
            model, request = self.read(self.service, connection, body)
        except ApiError as error:
            await self._refuse(error, connection, send)
            return

        def ended(outcome: str) -> None:
            if through is not None and outcome == "finished":
                through.keep()
            self._tell("end", connection, outcome=outcome)

        exchange = Exchange(request, model, scope, receive, send, self.dialect)
        await respond(self.service.engine, exchange, ended)

    def _let_in(self, connection: Request, body: bytes) -> Passage | None:
        """Pass API and gateway, the one first that is asked first. Raises `ApiError`."""
        if has_own_host(connection):
            through = passage(self.service, connection, body)
            admit(self.service, connection)
            return through
        admit(self.service, connection)
        return passage(self.service, connection, body)

    async def _refuse(self, error: ApiError, connection: Request, send: Send) -> None:
        await send_error(error, connection.scope, connection.receive, send, self.dialect)
        self._tell("end", connection, outcome=f"refused with {error.code}")

    def _tell(self, event: str, connection: Request, **what: str) -> None:
        told = {"event": event, "at": time.time(), **connection.path_params, **what}
        if event == "request":
            headers = {k: v for k, v in connection.headers.items() if k not in _SECRET}
            told |= {"method": connection.method, "path": connection.url.path, "headers": headers}
        self.service.observe(told)
