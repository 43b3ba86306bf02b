"""`workspace/executeCommand`: every command answers `null` at once; the work is a job's."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any

from workers_ai_ls.actions import ACTIONS, FOLLOW_UPS
from workers_ai_ls.errors import Failure

from .answer_commands import answer_commands, difference_of
from .arguments import job_of, target_of
from .prompt_command import prompt_command

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from workers_ai_ls.actions import Action, FollowUp

    from .server import Server

logger = logging.getLogger(__name__)


def register(server: Server) -> None:
    """Register one command for each action and follow-up, and those about earlier answers."""
    for action in ACTIONS:
        _command(server, action.command, _starter(server, action))
    for each in FOLLOW_UPS:
        _command(server, each.command, _follower(server, each))
    for name, do in (answer_commands(server) | prompt_command(server)).items():
        _command(server, name, do)


def _command(
    server: Server, name: str, do: Callable[..., Coroutine[Any, Any, None] | None]
) -> None:
    """Register `do`, so that a failure becomes a message and the reply is always `null`.

    What `do` does at once it does to the document as it is now. What it leaves to a task comes
    after the reply has gone out, so no edit overtakes it.
    """
    tasks: set[asyncio.Task[None]] = set()

    def handler(*arguments: Any) -> None:  # pygls takes `object` for its own server
        with _telling(server, name):
            rest = do(*arguments)
            if rest is not None:
                task = asyncio.get_running_loop().create_task(_finish(server, name, rest))
                tasks.add(task)
                task.add_done_callback(tasks.discard)

    server.command(name)(handler)


async def _finish(server: Server, name: str, rest: Coroutine[Any, Any, None]) -> None:
    with _telling(server, name):
        await rest


@contextlib.contextmanager
def _telling(server: Server, name: str) -> Iterator[None]:
    """Tell the user of a failure instead of raising it."""
    try:
        yield
    except Failure as failure:
        server.editor.tell("warning", str(failure))
    except Exception:
        logger.exception("%s failed", name)
        server.editor.tell(
            "error", f"{name} failed by a bug in the server; its log has the details."
        )


def _starter(server: Server, action: Action) -> Callable[..., None]:
    def start(*arguments: object) -> None:
        document, first, last, instruction = target_of(server, action.command, arguments)
        server.board.start(
            action,
            document,
            first,
            last,
            instruction=instruction,
            diagnostics=server.diagnostics.get(document.uri, ()),
        )

    return start


def _follower(server: Server, each: FollowUp) -> Callable[..., Coroutine[Any, Any, None] | None]:
    def follow(*arguments: object) -> Coroutine[Any, Any, None] | None:
        if each.name == "cancel" and not arguments:
            server.board.cancel()
            return None
        if each.name == "showDifference" and (shown := difference_of(server, arguments)):
            return shown
        from workers_ai_ls.jobs.following_up import follow_up

        job = job_of(server, each, arguments)
        return follow_up(each.name, job, server.board, server.services)

    return follow
