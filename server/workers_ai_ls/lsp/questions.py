"""A question to the person at the editor, with buttons for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from .asking import NO_ANSWER, PERSON_S, ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .protocol import Protocol


async def ask_person(protocol: Protocol, question: str, choices: Sequence[str]) -> str | None:
    """The choice; "" where the question was put away, None where it got no answer.

    Helix 25.07 declares that it asks, and answers that it knows no such request.
    """
    actions = [types.MessageActionItem(choice) for choice in choices]
    params = types.ShowMessageRequestParams(types.MessageType.Warning, question, actions)
    chosen = await ask(protocol, types.WINDOW_SHOW_MESSAGE_REQUEST, params, PERSON_S)
    if chosen is NO_ANSWER:
        return None
    return chosen.title if isinstance(chosen, types.MessageActionItem) else ""
