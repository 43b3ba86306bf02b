"""Which live models answer in this session for withdrawn ones, and what the user is told of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.errors import Failure
from workers_ai_ls.settings import web_origin

if TYPE_CHECKING:
    from workers_ai_ls.settings import Resolved, Settings

    from .editor import Editor


def wanted(settings: Settings) -> str:
    """The model that the settings name, or the default."""
    from workers_ai_ls.workers_ai import DEFAULT_MODEL

    return settings.model or DEFAULT_MODEL


@attrs.define
class Successors:
    """What one server has learnt about withdrawn models; each is told of once."""

    _found: dict[tuple[str, str], str] = attrs.field(factory=dict)
    """By the endpoint's address and the withdrawn model."""
    _due: list[tuple[Resolved, str]] = attrs.field(factory=list)
    """What is still to be told: the settings of a job, and the model that has answered it."""
    _told: set[str] = attrs.field(factory=set)
    _asking: set[asyncio.Task[None]] = attrs.field(factory=set)
    """Questions that a person has not answered yet."""

    def now(self, settings: Settings) -> str:
        """The model to ask.

        An endpoint of one's own is asked for exactly the model that the settings name, until it
        says that it is withdrawn: such an endpoint may serve what Cloudflare no longer does.
        """
        from workers_ai_ls.workers_ai import model as catalogued

        model = wanted(settings)
        found = self._found.get((settings.address, model))
        if found is None and _is_cloudflares(settings):
            found = catalogued(model).successor
        return found or model

    def answered(self, resolved: Resolved, model: str) -> None:
        """Take note that `model` has answered; if it is not the one that was wanted, tell it."""
        settings = resolved.settings
        if model != wanted(settings):
            self._found[settings.address, wanted(settings)] = model
            self._due.append((resolved, model))

    def tell(self, editor: Editor) -> None:
        """Say, once for each withdrawn model, which one answers for it, and how to keep it.

        Returns at once, also where it asks a question.
        """
        while self._due:
            resolved, successor = self._due.pop()
            model = wanted(resolved.settings)
            if model in self._told:
                continue
            self._told.add(model)
            if resolved.settings.model and resolved.origins["model"].source == "user file":
                task = asyncio.create_task(_offer(resolved, successor, editor))
                self._asking.add(task)
                task.add_done_callback(self._asking.discard)
            else:
                # In the user file it would be overruled by the place where the model stands now.
                editor.tell("warning", _how_to_keep(resolved, successor))

    async def close(self) -> None:
        """Wait no longer for anybody's answer."""
        tasks = list(self._asking)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _offer(resolved: Resolved, successor: str, editor: Editor) -> None:
    """Ask whether the successor shall stand in the user file, and write it there."""
    choice = f"Use {successor.rpartition('/')[2]}"
    question = (
        f"{_withdrawn(resolved, successor)}: shall it be the model in {resolved.user_file} from "
        "now on?"
    )
    chosen = await editor.ask(question, (choice, "Not now"))
    if chosen is None:
        editor.tell("warning", _how_to_keep(resolved, successor))
    elif chosen == choice:
        # It brings a library along that nothing else needs.
        from workers_ai_ls.settings import change_user_file

        try:
            await asyncio.to_thread(change_user_file, resolved.user_file, {"model": successor})
        except Failure as failure:
            editor.tell("warning", str(failure))


def _how_to_keep(resolved: Resolved, successor: str) -> str:
    """The sentence for an editor that is not asked, or cannot be."""
    origin = resolved.origins["model"]
    match origin.source:
        case "default":
            remedy = "update workers-ai-language-server, or choose a model in workersAI.model"
        case "environment":
            remedy = f"set {origin.place} to it"
        case _:
            remedy = f"set workersAI.model to it in {origin}"
    return f"{_withdrawn(resolved, successor)}: {remedy}."


def _withdrawn(resolved: Resolved, successor: str) -> str:
    which = "the model" if resolved.settings.model else "the default model"
    return (
        f"Cloudflare has withdrawn {which} {wanted(resolved.settings)}, so {successor} answers in "
        "this session"
    )


def _is_cloudflares(settings: Settings) -> bool:
    from workers_ai_ls.settings import CLOUDFLARE_URLS

    own = {web_origin(url) for url in CLOUDFLARE_URLS}
    return settings.endpoint != "worker" and web_origin(settings.address) in own
