"""Requests to the editor: its reply, the end of the waiting, a cancel."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

import pytest

from workers_ai_ls.lsp.asking import NO_ANSWER, ask

if TYPE_CHECKING:
    from workers_ai_ls.lsp.protocol import Protocol


class Line:
    """The other end, which replies when the test says so."""

    def __init__(self) -> None:
        self.reply: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def send_request_async(self, *_: object) -> asyncio.Future[Any]:
        return self.reply


async def test_a_cancel_that_comes_with_the_reply_is_not_lost() -> None:
    """Else the job goes on, for another ten seconds when the editor is gone."""
    line = Line()
    asking = asyncio.create_task(ask(cast("Protocol", line), "workspace/applyEdit", None))
    await asyncio.sleep(0)
    line.reply.set_result({"applied": True})
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


async def test_an_editor_that_does_not_reply_in_time_has_given_no_answer() -> None:
    line = Line()
    assert await ask(cast("Protocol", line), "workspace/applyEdit", None, 0.01) is NO_ANSWER
    assert not line.reply.cancelled()
    line.reply.set_exception(RuntimeError("late, and nobody's business"))
    await asyncio.sleep(0)
