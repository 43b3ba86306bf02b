"""*AI: Show prompt*: what the actions would send from here. It sends nothing, and needs no account."""

from __future__ import annotations

import asyncio
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from workers_ai_ls.actions import ACTIONS, PROMPT
from workers_ai_ls.errors import Failure
from workers_ai_ls.workers_ai import model as model_of

from .foreseeing import Refused, foresee_or_say
from .knowing import check_may_be_sent, completed
from .preparing import NoCode, material_at, selection_at, with_settings
from .prompt_page import prompt_page
from .showing import show_markdown

if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence
    from typing import Any

    from workers_ai_ls.actions import Action
    from workers_ai_ls.context import Diagnostic, Material, Selection
    from workers_ai_ls.text import Document

    from .foreseeing import Foreseen
    from .services import Services


def show_prompt(
    document: Document,
    start: int,
    end: int,
    services: Services,
    *,
    action: str = "",
    instruction: str = "",
    diagnostics: tuple[Diagnostic, ...] = (),
) -> Coroutine[Any, Any, None]:
    """Show what would be sent by the action of that name, or by each that applies.

    The code is looked at at once, what else belongs to the prompt when the coroutine runs. Raises
    NoCode.
    """
    snapshot = document.snapshot()
    selection = selection_at(snapshot, start, end, services.editor.roots, diagnostics)
    materials = _materials(selection, action, instruction)
    if not materials:
        raise NoCode
    return _show(selection, materials, services)


def _materials(
    selection: Selection, name: str, instruction: str
) -> list[tuple[Action, Material | Failure]]:
    """What each action would work on, or why it would not."""
    found: list[tuple[Action, Material | Failure]] = []
    for action in ACTIONS:
        if action.name != name if name else not (action.applies(selection) or instruction):
            continue
        try:
            found.append((action, material_at(action, selection, instruction)))
        except Failure as failure:
            found.append((action, failure))
    return found


async def _show(
    selection: Selection,
    materials: Sequence[tuple[Action, Material | Failure]],
    services: Services,
) -> None:
    uri = selection.snapshot.uri
    foreseen = [await _foreseen(action, one, services) for action, one in materials]
    lines = selection.snapshot.line_at(selection.start) + 1
    name = PurePosixPath(selection.path).name or "this document"
    page = prompt_page(f"{name}, line {lines}", foreseen)
    token = f"workers-ai/{PROMPT.name}"
    if not services.editor.stream_answer(token, PROMPT.name, uri, page, done=True):
        await show_markdown(f"prompt {name}", uri, page, services)


async def _foreseen(
    action: Action, material: Material | Failure, services: Services
) -> Foreseen | Refused:
    """What an action would send, in the steps of `running`, without a connection."""
    if isinstance(material, Failure):
        return Refused(action, str(material))
    settings = (await services.settings(material.selection.snapshot.uri)).settings
    try:
        material = with_settings(material, action, settings)
        await asyncio.to_thread(check_may_be_sent, material, settings, services.editor.roots)
        material = await completed(material, action, settings, services)
    except Failure as failure:
        return Refused(action, str(failure))
    model = model_of(services.successors.now(settings))
    return await asyncio.to_thread(foresee_or_say, action, material, model, settings)
