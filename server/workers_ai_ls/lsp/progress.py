"""Work done progress that the server begins: one display per job."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from lsprotocol import types

from .asking import ask

if TYPE_CHECKING:
    from .protocol import Protocol

_INTERVAL_S = 0.1
"""At most ten reports a second."""


class WorkDoneProgress:
    """The display of one job, begun as soon as the editor has taken the token."""

    def __init__(self, protocol: Protocol, token: str, title: str) -> None:
        self._protocol = protocol
        self._token = token
        self._title = title
        self._begun = False
        self._ended = False
        self._message = ""
        self._reported_at = 0.0
        self._task = asyncio.create_task(self._begin(), name=f"{token} progress")

    def report(self, message: str) -> None:
        """Say how the job stands; reports that come too soon after the last one are dropped."""
        self._message = message
        now = time.monotonic()
        if not self._begun or self._ended or now - self._reported_at < _INTERVAL_S:
            return
        self._reported_at = now
        self._send(types.WorkDoneProgressReport(message=message, cancellable=True))

    def end(self, message: str) -> None:
        """Finish the display."""
        if self._ended:
            return
        self._ended, self._message = True, message
        if self._begun:
            self._send(types.WorkDoneProgressEnd(message=message))

    async def _begin(self) -> None:
        params = types.WorkDoneProgressCreateParams(token=self._token)
        await ask(self._protocol, types.WINDOW_WORK_DONE_PROGRESS_CREATE, params)
        self._begun = True
        self._send(
            types.WorkDoneProgressBegin(
                title=self._title, message=self._message or None, cancellable=True
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

    def end(self, message: str) -> None:
        """Show nothing."""
