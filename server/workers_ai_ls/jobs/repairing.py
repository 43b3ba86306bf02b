"""What a model is told of an answer that cannot be used, when it is asked once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from workers_ai_ls.reply import Refusal
from workers_ai_ls.reply.outcomes import Hold

if TYPE_CHECKING:
    from workers_ai_ls.actions import Outcome

STATUS = "the answer cannot be used, asking once more"

_REST = ", so nothing was changed"

ANOTHER = "Give a different answer to the same request, in the same form."

_AGAIN = "That answer cannot be used: {fault} Give the whole answer anew, in the form that was asked for."
_SHOWN = 2000
"""Characters of an answer without an end that the model is shown again."""

_FAULTS = {
    "empty": "there was nothing in it.",
    "refused": (
        "it declines. The code is the user's own, and only the change that was asked for is wanted."
    ),
    "no code": "the changed code was not in it.",
    "cut off": "it stopped in the middle. Be brief, and write nothing but what was asked for.",
    "elided": "parts of the code were left out. Write every line, also those that stay.",
    "beyond": "it changes code outside of the selected code.",
}
"""By a refusal's reason; they stand behind a colon."""


class Earlier(NamedTuple):
    """An answer that the model is to see, and what is said to it about that.

    `status` tells the user meanwhile that it is asked again.
    """

    answer: str
    request: str
    status: str = ""


def repair(outcome: Outcome, answer: str) -> Earlier | None:
    """What to ask the model after an answer that is held or refused; None after any other."""
    if not isinstance(outcome, Refusal | Hold):
        return None
    if outcome.reason is not None:
        fault = _FAULTS[outcome.reason]
    else:
        said = outcome.sentence.partition(_REST)[0].removesuffix(".")
        fault = f"{said[:1].lower()}{said[1:]}."
    shown = answer[:_SHOWN] if outcome.reason == "cut off" else answer
    return Earlier(shown, _AGAIN.format(fault=fault), STATUS)


def goes_before(second: Outcome, first: Outcome) -> bool:
    """Whether the second answer is the one to go by, where the first could not be used."""
    return not isinstance(second, Refusal) or isinstance(first, Refusal)
