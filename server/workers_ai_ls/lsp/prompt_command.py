"""`workers-ai.prompt`: shows what an action would send, and sends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workers_ai_ls.actions import ACTIONS, PROMPT

from .arguments import BadArguments, target_of

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from .server import Server

_TAKES = (
    "path, firstLine, lastLine[, action[, instruction]] (lines count from 1), or {uri, range} with "
    "{action, instruction}"
)
_NAMES = frozenset(action.name for action in ACTIONS)


def prompt_command(server: Server) -> dict[str, Callable[..., Coroutine[Any, Any, None]]]:
    """What the command does, by its id."""

    def show(*arguments: object) -> Coroutine[Any, Any, None]:
        from workers_ai_ls.jobs import show_prompt

        name, rest = _action_of(arguments)
        try:
            document, start, end, instruction = target_of(server, PROMPT.command, rest)
        except BadArguments:
            raise BadArguments(PROMPT.command, _TAKES) from None
        return show_prompt(
            document,
            start,
            end,
            server.services,
            action=name,
            instruction=instruction,
            diagnostics=server.diagnostics.get(document.uri, ()),
        )

    return {PROMPT.command: show}


def _action_of(arguments: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    """The action's name, if there is one, and the other arguments. Raises BadArguments."""
    match arguments:
        case ({"action": name, **more}, *rest):
            if name not in _NAMES:
                raise BadArguments(PROMPT.command, _TAKES)
            return name, (more, *rest)
        case (str(), _, _, str(name), *_) if name in _NAMES:
            return name, arguments[:3] + arguments[4:]
    return "", arguments
