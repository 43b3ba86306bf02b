"""Commands about answers that were given before: show, compare, apply and try again with a wish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .arguments import WITH, BadArguments, document_named, open_document, target_of, wish_of

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping

    from workers_ai_ls.jobs.trying_again import Wish
    from workers_ai_ls.text import Document

    from .server import Server

    Do = Callable[..., Coroutine[Any, Any, None] | None]

_SHOWN = "a path, an answer's number as {entry}, or nothing"
_APPLIED = "a path and an answer's number, only a path, {uri, entry}, or nothing"


class Which(NamedTuple):
    """A document and an entry of the journal, as far as they were named."""

    document: Document | None = None
    uri: str | None = None
    entry: int | None = None


def answer_commands(server: Server) -> dict[str, Do]:
    """What each command does, by its id."""
    return {
        "workers-ai.showLastAnswer": _show(server),
        "workers-ai.applyLastAnswer": _apply(server),
        "workers-ai.tryAgainWith": _try_again(server),
    }


def difference_of(server: Server, arguments: tuple[Any, ...]) -> Coroutine[Any, Any, None] | None:
    """Show what an entry of the journal would change; None where none is named."""
    match arguments:
        case ({"entry": int(number)} as named, *_):
            return _show_difference(server, _document_of(server, named), number)
    return None


async def _show_difference(server: Server, document: Document | None, number: int) -> None:
    from workers_ai_ls.jobs.recalling import numbered, show_entry_difference

    if document is None:
        document = open_document(server, (await numbered(number, server.services)).uri)
    await show_entry_difference(document, number, server.services)


def _show(server: Server) -> Do:
    def show(*arguments: object) -> Coroutine[Any, Any, None]:
        from workers_ai_ls.jobs.recalling import show_last_answer

        match arguments:
            # What was said of a document can be read after it was closed.
            case ({"entry": int(number)}, *_):
                return show_last_answer(None, server.services, number)
            case ({"uri": str(uri)}, *_):
                return show_last_answer(uri, server.services)
        which = _which(server, "workers-ai.showLastAnswer", arguments, _SHOWN)
        return show_last_answer(which.uri, server.services, which.entry)

    return show


def _apply(server: Server) -> Do:
    async def apply(document: Document | None, number: int | None) -> None:
        from workers_ai_ls.jobs.recalling import apply_last_answer, numbered

        if document is None and number is not None:
            document = open_document(server, (await numbered(number, server.services)).uri)
        opened = [document] if document else [*server.documents.by_uri.values()]
        await apply_last_answer(opened, number, server.board)

    def start(*arguments: object) -> Coroutine[Any, Any, None]:
        which = _which(server, "workers-ai.applyLastAnswer", arguments, _APPLIED)
        return apply(which.document, which.entry)

    return start


def _which(server: Server, command: str, arguments: tuple[Any, ...], takes: str) -> Which:
    match arguments:
        case () | (None,):
            return Which()
        case ({"entry": int(number)} as named,):
            return Which(_document_of(server, named), entry=number)
        case ({"uri": str(uri)},):
            return Which(open_document(server, uri), uri)
        case (str(name),):
            document = document_named(server, name)
            return Which(document, document.uri)
        case (str(name), int() | str() as number):
            document = document_named(server, name)
            if str(number).isdecimal():
                return Which(document, document.uri, int(number))
    raise BadArguments(command, takes)


def _document_of(server: Server, named: Mapping[Any, Any]) -> Document | None:
    uri = named.get("uri")
    return open_document(server, uri) if isinstance(uri, str) else None


def _try_again(server: Server) -> Do:
    command = "workers-ai.tryAgainWith"

    def again(*arguments: object) -> Coroutine[Any, Any, None]:
        from workers_ai_ls.jobs.following_up import NothingThere, try_again_with

        place, wish = wish_of(command, arguments)
        match place:
            case ({"job": int(number)},):
                job = server.board.numbered(number)
                if job is None:
                    raise NothingThere
                return try_again_with(job, wish, server.board)
            case ({"job": _},):
                raise BadArguments(command, WITH)
        try:
            document, start, end, _ = target_of(server, command, place)
        except BadArguments:
            raise BadArguments(command, WITH) from None
        job = server.board.last_at(document.uri, start, end)
        if job is not None:
            return try_again_with(job, wish, server.board)
        return _from_journal(server, document, start, end, wish)

    return again


async def _from_journal(
    server: Server, document: Document, start: int, end: int, wish: Wish
) -> None:
    from workers_ai_ls.jobs.trying_again import try_entry_again

    await try_entry_again(document, start, end, wish, server.board)
