"""Work done progress that the server begins: one display per job."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lsprotocol import types

from .asking import NO_ANSWER, ask

if TYPE_CHECKING:
    from .protocol import Protocol

_INTERVAL_S = 0.1
"""At most ten reports a second."""

_AGAIN_S = 1.0
"""A display where nothing happens says again how it stands, so that a person sees that it goes on.

Helix has one line for all servers, and any key and any other server's progress clears it.
"""

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
        self._loop = asyncio.get_running_loop()
        self._began_at = self._loop.time()
        self._reported_at = 0.0
        self._later: asyncio.TimerHandle | None = None
        self._task = asyncio.create_task(self._begin(), name=f"{token} progress")

    def report(self, message: str) -> None:
        """Say how the job stands; of reports in quick succession the last one is shown."""
        if message != self._message:
            self._message = message
            self._report_within(_INTERVAL_S)

    def _report_within(self, seconds: float) -> None:
        """Report so long after the last report, unless that is due sooner."""
        if not self._begun or self._ended:
            return
        at = self._reported_at + seconds
        if self._later is not None:
            if self._later.when() <= at:
                return
            self._later.cancel()
        self._later = self._loop.call_at(at, self._report)

    def _report(self) -> None:
        self._later = None
        self._reported_at = self._loop.time()
        self._send(
            types.WorkDoneProgressReport(message=self._said(), cancellable=self._cancellable)
        )
        self._report_within(_AGAIN_S)

    def _said(self) -> str:
        """How the job stands, and for how long it has been running."""
        seconds = int(self._loop.time() - self._began_at)
        return f"{self._message} ({seconds} s)" if seconds and self._message else self._message

    async def end(self, message: str) -> None:
        """Finish the display, once the editor has taken the token (for which it has a second)."""
        self._ended, self._message = True, message
        if self._later is not None:
            self._later.cancel()
        if self._begun:
            self._send_end()
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
            self._send_end()
        else:
            self._later = self._loop.call_later(_AGAIN_S, self._report)

    def _send_end(self) -> None:
        # For an empty message Helix shows the token by itself.
        self._send(types.WorkDoneProgressEnd(message=self._message or None))

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
