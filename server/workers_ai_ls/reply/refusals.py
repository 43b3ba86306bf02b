"""Why a reply answers nothing that may touch the user's code."""

import re
from typing import Literal

import attrs

Reason = Literal["empty", "cut off", "no code", "refused", "elided"]


@attrs.frozen
class Refusal:
    """The reply is not applied. `sentence` says to a person why, and what to do next."""

    reason: Reason
    sentence: str


EMPTY = Refusal(
    "empty",
    "The model's answer was empty; nothing was changed. Try again, or choose another model.",
)
ONLY_REASONING = Refusal(
    "empty",
    "The model only reasoned and gave no answer; nothing was changed. Try again, select less code, or raise"
    " workersAI.maxTokens.",
)
CUT_OFF = Refusal(
    "cut off",
    "The model's answer was cut off at its token limit; nothing was changed. Select less code or raise"
    " workersAI.maxTokens.",
)
BROKEN_OFF = Refusal(
    "cut off",
    "The model's answer ended in the middle of its code; nothing was changed. Try again, or select less code.",
)
NO_CODE = Refusal(
    "no code",
    "The model answered in words, without code; nothing was changed. Read it with AI: Show last answer, or try"
    " again.",
)
PATCH = Refusal(
    "no code",
    "The model answered with a patch instead of the code; nothing was changed. Read it with AI: Show last"
    " answer, or try again.",
)
ELIDED = Refusal(
    "elided",
    "The model left parts of the code out (a comment stands for the rest); nothing was changed. Select less"
    " code, or try again.",
)

_REFUSES = re.compile(
    r"(?:\bI['’]?m\s+(?:very\s+)?sorry\b|\bsorry,|\bI\s+am\s+sorry\b|\bI\s+apologi[sz]e\b"  # noqa: RUF001 - models write that apostrophe too
    r"|\bI\s+(?:really\s+)?(?:can['’]?t|cannot|can\s+not|won['’]?t|am\s+(?:not\s+able|unable)\s+to)\b"  # noqa: RUF001 - as above
    r"|\bI['’]m\s+(?:not\s+able|unable)\s+to\b"  # noqa: RUF001 - as above
    r"|\bas\s+an?\s+(?:AI|(?:large\s+)?language\s+model)\b"
    r"|\b(?:could|can|would)\s+you\s+(?:please\s+)?(?:provide|share|paste|clarify)\b"
    r"|\bplease\s+(?:provide|share|paste)\b|\byou\s+(?:haven['’]t|didn['’]t|need\s+to)\s+provide)",  # noqa: RUF001 - as above
    re.IGNORECASE,
)
# Models refuse in their first sentences; later on, the same words are part of an explanation.
_BEGINNING = 400
_QUOTED = 80


def refusal_in(prose: str) -> Refusal | None:
    """Give the refusal that a reply without code expresses, if it does."""
    if not _REFUSES.search(prose[:_BEGINNING]):
        return None
    line = " ".join(prose.split())
    quoted = line if len(line) <= _QUOTED else line[: _QUOTED - 1].rstrip() + "…"
    return Refusal(
        "refused",
        f"The model declined (“{quoted}”); nothing was changed. Change the instruction, or choose another model.",
    )
