"""Asks for another answer: the same way once more, or with an instruction or by another model."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.actions import ACTIONS
from workers_ai_ls.errors import Failure
from workers_ai_ls.settings import SETTINGS, Origin, checked

from .recalling import newest_at
from .record import settle

if TYPE_CHECKING:
    from workers_ai_ls.settings import Resolved
    from workers_ai_ls.text import Document

    from .board import Board
    from .job import Job
    from .services import Services

_MODEL = next(each for each in SETTINGS if each.name == "model")


class NoSuchId(Failure):
    """Another model was asked for by what is no model's id."""

    def __init__(self) -> None:
        super().__init__(
            "The model to try again with has no id that can be one; give one such as "
            "@cf/qwen/qwen2.5-coder-32b-instruct (`workers-ai-ls models` lists them)."
        )


class NothingToTryAgain(Failure):
    """There is no earlier answer where another one was asked for."""

    def __init__(self) -> None:
        super().__init__(
            "There is no answer here to try again; choose one of the AI actions on this code first."
        )


def _check(_: Wish, __: object, model: str) -> None:
    try:
        checked(_MODEL, model)
    except ValueError:
        raise NoSuchId from None


@attrs.frozen
class Wish:
    """What is to be different the next time; empty parts stay as they were.

    Raises NoSuchId.
    """

    instruction: str = ""
    model: str = attrs.field(default="", validator=_check)


def with_model(services: Services, model: str) -> Services:
    """The services for one job that another model answers; "" for the same one."""
    if not model:
        return services

    async def settings(uri: str) -> Resolved:
        resolved = await services.settings(uri)
        return attrs.evolve(
            resolved,
            settings=attrs.evolve(resolved.settings, model=model),
            # It came with a command, so nothing in the user's file is to be changed for it.
            origins={**resolved.origins, "model": Origin("editor")},
        )

    return attrs.evolve(services, settings=settings)


def instruction_of(job: Job, wish: Wish) -> str:
    """What the model is told: what it was told before, and what was wished for since."""
    before = job.material.instruction if job.material else job.instruction
    return "\n".join(part for part in (before, wish.instruction) if part)


def try_again(job: Job, wish: Wish, board: Board, *, in_view: bool) -> Job:
    """Ask for another answer about a job's code; `in_view`: the model sees the one it gave.

    The new answer takes the place of one that is in the document.
    """
    start, end = job.range
    new = board.start(
        job.action,
        job.document,
        start,
        end,
        instruction=instruction_of(job, wish),
        diagnostics=job.diagnostics,
        previous=job if in_view else None,
        services=with_model(board.services, wish.model),
    )
    new.is_asked_for_where(job)
    return new


async def settle_replaced(job: Job, new: Job, services: Services) -> None:
    """Keep in the journal that an answer is no longer in the document, once another is."""
    if new.task is not None:
        await asyncio.wait([new.task])
    if new.state == "applied":
        await settle(job, services.journal, "reverted")


async def try_entry_again(
    document: Document, start: int, end: int, wish: Wish, board: Board
) -> Job:
    """Ask anew about code for which the journal has an answer. Raises NothingToTryAgain."""
    place = document.track(start, end)
    try:
        entry = await newest_at(document, start, end, board.services)
        start, end = place.offsets(document.snapshot())
    finally:
        document.untrack(place)
    action = next((each for each in ACTIONS if entry and each.name == entry.action), None)
    if action is None or board.services.editor.document(document.uri) is not document:
        raise NothingToTryAgain
    return board.start(
        action,
        document,
        start,
        end,
        instruction=wish.instruction,
        services=with_model(board.services, wish.model),
    )
