"""Requests to the editor: shielded, with a time limit, never an exception for a bad reply."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .protocol import Protocol

logger = logging.getLogger(__name__)

QUICK_S = 10.0
"""For requests that an editor answers by itself."""

PERSON_S = 600.0
"""For requests that a person answers."""


NO_ANSWER = object()
"""For a request that the editor refuses, or does not answer."""


async def ask(protocol: Protocol, method: str, params: object, limit_s: float = QUICK_S) -> Any:
    """Send a request and return its result, or NO_ANSWER.

    The request outlives a caller that no longer waits, so that a late reply still finds somebody.
    """
    future = protocol.send_request_async(method, params)
    try:
        # `wait_for` loses a cancel that comes together with the reply, until Python 3.12.
        async with asyncio.timeout(limit_s):
            return await asyncio.shield(future)
    except TimeoutError:
        logger.warning("No answer to %s within %s s", method, limit_s)
    except Exception as error:  # noqa: BLE001 - whatever the editor makes of it, it is no answer
        logger.warning("%s was refused: %s", method, error)
    finally:
        if not future.done():
            future.add_done_callback(_read)
    return NO_ANSWER


def _read(future: asyncio.Future[Any]) -> None:
    """Take note of a result that nobody waits for, so that asyncio does not complain."""
    if not future.cancelled():
        future.exception()
