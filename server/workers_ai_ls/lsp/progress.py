"""Work done progress that the server begins: one display per job."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from lsprotocol import types

from .asking import NO_ANSWER, ask

if TYPE_CHECKING:
    from .protocol import Protocol

_INTERVAL_S = 0.1
"""At most ten reports a second."""

_TAKEN_S = 1.0
"""How long a job that has ended waits for an editor that has not yet taken its token."""


class WorkDoneProgress:
    """The display of one job, begun as soon as the editor has taken the token."""

    def __init__(
        self, protocol: Protocol, token: str, title: str, *, cancellable: bool = True
    ) -> None:
        self._protocol = protocol
        self._token = token
        self._title = title
        self._cancellable = cancellable
        self._begun = False
        self._ended = False
        self._message = ""
        self._reported_at = 0.0
        self._later: asyncio.TimerHandle | None = None
        self._task = asyncio.create_task(self._begin(), name=f"{token} progress")

    def report(self, message: str) -> None:
        """Say how the job stands; of reports in quick succession the last one is shown."""
        if message == self._message:
            return
        self._message = message
        if self._begun and self._later is None:
            wait = max(0.0, self._reported_at + _INTERVAL_S - time.monotonic())
            self._later = asyncio.get_running_loop().call_later(wait, self._report)

    def _report(self) -> None:
        self._later = None
        if not self._ended:
            self._reported_at = time.monotonic()
            self._send(
                types.WorkDoneProgressReport(message=self._message, cancellable=self._cancellable)
            )

    async def end(self, message: str) -> None:
        """Finish the display, once the editor has taken the token (for which it has a second)."""
        self._ended, self._message = True, message
        if self._later is not None:
            self._later.cancel()
        if self._begun:
            self._send(types.WorkDoneProgressEnd(message=message))
        else:
            # A job can fail before the editor has taken its token.
            await asyncio.wait([self._task], timeout=_TAKEN_S)

    async def _begin(self) -> None:
        params = types.WorkDoneProgressCreateParams(token=self._token)
        taken = await ask(self._protocol, types.WINDOW_WORK_DONE_PROGRESS_CREATE, params)
        if taken is NO_ANSWER:
            # A token that the editor has not taken must not be used.
            return
        self._begun = True
        self._send(
            types.WorkDoneProgressBegin(
                title=self._title,
                message=self._message or None,
                cancellable=self._cancellable,
            )
        )
        if self._ended:
            self._send(types.WorkDoneProgressEnd(message=self._message))

    def _send(
        self,
        value: types.WorkDoneProgressBegin
        | types.WorkDoneProgressReport
        | types.WorkDoneProgressEnd,
    ) -> None:
        params = types.ProgressParams(token=self._token, value=value)
        self._protocol.notify(types.PROGRESS, params)


class NoProgress:
    """For an editor that shows no progress."""

    def report(self, message: str) -> None:
        """Show nothing."""

    async def end(self, message: str) -> None:
        """Show nothing."""
