"""What commands are given: plain strings of a key binding, or the objects of our own entries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from workers_ai_ls.errors import Failure
from workers_ai_ls.text import Position
from workers_ai_ls.workspace import resolve_document

if TYPE_CHECKING:
    from workers_ai_ls.actions import FollowUp
    from workers_ai_ls.jobs import Job
    from workers_ai_ls.jobs.trying_again import Wish
    from workers_ai_ls.text import Document

    from .server import Server

_USAGE = "path, firstLine, lastLine[, instruction] (lines count from 1)"
_FOLLOWING = "path, firstLine, lastLine (lines count from 1), only a path, or nothing"
WITH = (
    "path, firstLine, lastLine, instruction (lines count from 1), or {job} or {uri, range} with "
    "{instruction, model}"
)


class Target(NamedTuple):
    """A range of a document, as offsets, and what was said about it."""

    document: Document
    start: int
    end: int
    instruction: str = ""


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


def target_of(server: Server, command: str, arguments: tuple[Any, ...]) -> Target:
    """What an action is to work on. Raises BadArguments, NotOpen."""
    match arguments:
        case ({"uri": str(uri), "range": {"start": start, "end": end}, **more}, *_):
            document = open_document(server, uri)
            snapshot, encoding = document.snapshot(), server.client.encoding
            try:
                places = [Position(int(at["line"]), int(at["character"])) for at in (start, end)]
            except (KeyError, TypeError, ValueError):
                raise BadArguments(command) from None
            first, last = sorted(snapshot.offset(place, encoding) for place in places)
            return Target(document, first, last, str(more.get("instruction", "")))
        case (str(name), first_line, last_line, *rest):
            document = document_named(server, name)
            instruction = " ".join(str(word) for word in rest)
            start, end = _lines(document, command, first_line, last_line)
            return Target(document, start, end, instruction)
    raise BadArguments(command)


def _lines(document: Document, command: str, first: object, last: object) -> tuple[int, int]:
    try:
        from workers_ai_ls.jobs import offsets_of_lines

        return offsets_of_lines(document.snapshot(), int(str(first)), int(str(last)))
    except ValueError:
        raise BadArguments(command) from None


def open_document(server: Server, uri: str) -> Document:
    """The document of a URI. Raises NotOpen."""
    document = server.editor.document(uri)
    if document is None:
        raise NotOpen(uri.rpartition("/")[2])
    return document


def document_named(server: Server, name: str) -> Document:
    """The document of a path, as a person or an editor writes it. Raises NotOpen."""
    uri = resolve_document(name, [*server.roots, Path.cwd()], server.documents.by_uri)
    document = server.documents.by_uri.get(uri or "")
    if document is None:
        raise NotOpen(name)
    return document


def job_of(server: Server, each: FollowUp, arguments: tuple[Any, ...]) -> Job | None:
    """The job that a follow-up is about: by number, by place, or else the newest that it fits."""
    match arguments:
        case ({"job": int(number)}, *_):
            return server.board.numbered(number)
        case (str(path), first_line, last_line, *_):
            document = document_named(server, path)
            start, end = _lines(document, each.command, first_line, last_line)
            there = server.board.at(document.uri, start, end)
            return next((job for job in there if job.state in each.states), None)
        case (str(path),):
            return server.board.newest(each.states, document_named(server, path).uri)
        case () | (None,):
            return server.board.newest(each.states)
    raise BadArguments(each.command, _FOLLOWING)


def wish_of(command: str, arguments: tuple[Any, ...]) -> tuple[tuple[Any, ...], Wish]:
    """Take apart where and how to try again. Raises BadArguments, NoSuchId."""
    match arguments:
        case ({} as place, *rest):
            parts: list[Any] = [place, *rest]
            where: tuple[Any, ...] = (
                {key: place[key] for key in ("job", "uri", "range") if key in place},
            )
        case (str(), _, _, *rest):
            parts, where = [*rest], arguments[:3]
        case _:
            raise BadArguments(command, WITH)
    said, model = [], ""
    for part in parts:
        given = part if isinstance(part, dict) else {"instruction": str(part)}
        said.append(given.get("instruction") or "")
        model = given.get("model") or model
    if not all(isinstance(each, str) for each in (*said, model)):
        raise BadArguments(command, WITH)
    from workers_ai_ls.jobs.trying_again import Wish

    wish = Wish(" ".join(filter(None, said)).strip(), model)
    if wish == Wish():
        raise BadArguments(command, WITH)
    return where, wish
