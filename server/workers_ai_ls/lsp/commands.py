"""`workspace/executeCommand`: every command answers `null` at once; the work is a job's."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workers_ai_ls.actions import ACTIONS, FOLLOW_UPS
from workers_ai_ls.errors import Failure
from workers_ai_ls.jobs.following_up import follow_up, show_last_answer
from workers_ai_ls.text import Position
from workers_ai_ls.workspace import resolve_document

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

    from workers_ai_ls.actions import Action, FollowUp
    from workers_ai_ls.jobs import Job
    from workers_ai_ls.text import Document

    from .server import Server

logger = logging.getLogger(__name__)

_USAGE = "path, firstLine, lastLine[, instruction] (lines count from 1)"
_FOLLOWING = "path, firstLine, lastLine (lines count from 1), only a path, or nothing"


class BadArguments(Failure):
    """A key binding or a client called a command with arguments that it does not take."""

    def __init__(self, command: str, takes: str = _USAGE) -> None:
        super().__init__(f"{command} takes {takes}; correct the key binding that calls it.")


class NotOpen(Failure):
    """A command was called for a document that the editor has not opened with this server."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is not open with this server; open it and try again, or check that the "
            "editor starts workers-ai-ls for its language."
        )


def register(server: Server) -> None:
    """Register one command for each action and follow-up, and *Show last answer*."""
    for action in ACTIONS:
        _command(server, action.command, _starter(server, action))
    for each in FOLLOW_UPS:
        _command(server, each.command, _follower(server, each))
    _command(server, "workers-ai.showLastAnswer", _show_last(server))


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
        document, first, last, instruction = _target(server, action.command, arguments)
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
        job = _job(server, each, arguments)
        return follow_up(each.name, job, server.board, server.services)

    return follow


def _show_last(server: Server) -> Callable[..., Coroutine[Any, Any, None]]:
    def show(*arguments: object) -> Coroutine[Any, Any, None]:
        match arguments:
            case (str(name), *_):
                document = _document(server, name)
                return show_last_answer(document.uri, server.services)
            case ({"uri": str(uri)}, *_):
                return show_last_answer(uri, server.services)
        return show_last_answer(None, server.services)

    return show


def _target(
    server: Server, command: str, arguments: tuple[Any, ...]
) -> tuple[Document, int, int, str]:
    """The document, the range as offsets, and the instruction."""
    match arguments:
        case ({"uri": str(uri), "range": {"start": start, "end": end}, **more}, *_):
            document = server.documents.by_uri.get(uri)
            if document is None:
                raise NotOpen(uri.rpartition("/")[2])
            snapshot, encoding = document.snapshot(), server.client.encoding
            try:
                places = [Position(int(at["line"]), int(at["character"])) for at in (start, end)]
            except (KeyError, TypeError, ValueError):
                raise BadArguments(command) from None
            first, last = sorted(snapshot.offset(place, encoding) for place in places)
            return document, first, last, str(more.get("instruction", ""))
        case (str(name), first_line, last_line, *rest):
            document = _document(server, name)
            instruction = " ".join(str(word) for word in rest)
            return (document, *_lines(document, command, first_line, last_line), instruction)
    raise BadArguments(command)


def _lines(document: Document, command: str, first: object, last: object) -> tuple[int, int]:
    """Offsets of whole lines; one line means the cursor, so that its scope is taken."""
    try:
        top, bottom = sorted((int(str(first)) - 1, int(str(last)) - 1))
    except ValueError:
        raise BadArguments(command) from None
    snapshot = document.snapshot()
    most = len(snapshot.lines) - 1
    top, bottom = min(max(top, 0), most), min(max(bottom, 0), most)
    if top == bottom:
        indent = len(snapshot.lines[top]) - len(snapshot.lines[top].lstrip())
        at = min(snapshot.line_start(top) + indent, snapshot.line_end(top))
        return at, at
    return snapshot.line_start(top), snapshot.line_end(bottom)


def _document(server: Server, name: str) -> Document:
    uri = resolve_document(name, [*server.roots, Path.cwd()], server.documents.by_uri)
    document = server.documents.by_uri.get(uri or "")
    if document is None:
        raise NotOpen(name)
    return document


def _job(server: Server, each: FollowUp, arguments: tuple[Any, ...]) -> Job | None:
    """The job that a follow-up is about: by number, by place, or else the newest that it fits."""
    match arguments:
        case ({"job": int(number)}, *_):
            return server.board.numbered(number)
        case (str(path), first_line, last_line, *_):
            document = _document(server, path)
            start, end = _lines(document, each.command, first_line, last_line)
            there = server.board.at(document.uri, start, end)
            return next((job for job in there if job.state in each.states), None)
        case (str(path),):
            return server.board.newest(each.states, _document(server, path).uri)
        case () | (None,):
            return server.board.newest(each.states)
    raise BadArguments(each.command, _FOLLOWING)
