"""Why a reply answers nothing that may touch the user's code."""

import re
from typing import Literal

import attrs

Reason = Literal["empty", "cut off", "no code", "refused", "elided", "beyond"]
"""`beyond`: the answer also changes what was not selected."""


@attrs.frozen
class Refusal:
    """The reply is not applied. `sentence` says to a person why, and what to do next."""

    reason: Reason
    sentence: str


# A command can be run in any editor; its title stands only in some menus.
_READ_IT = "read the answer with the command workers-ai.showLastAnswer"

EMPTY = Refusal(
    "empty",
    "The model's answer was empty, so nothing was changed; try again, or choose another model.",
)
ONLY_REASONING = Refusal(
    "empty",
    "The model only reasoned and gave no answer, so nothing was changed; select less code, or raise the setting "
    "workersAI.maxTokens.",
)
CUT_OFF = Refusal(
    "cut off",
    "The model's answer was cut off at its token limit, so nothing was changed; select less code, or raise the "
    "setting workersAI.maxTokens.",
)
BROKEN_OFF = Refusal(
    "cut off",
    "The model's answer ended in the middle of its code, so nothing was changed; try again, or select less code.",
)
RUNS_WILD = Refusal(
    "cut off",
    "The model repeated itself without end, so nothing was changed; try again, or choose another model.",
)
NO_CODE = Refusal(
    "no code",
    f"The model answered in words without code, so nothing was changed; {_READ_IT}, or try again.",
)
PATCH = Refusal(
    "no code",
    f"The model answered with a patch instead of the code, so nothing was changed; {_READ_IT}, or try again.",
)
NOT_FOUND = Refusal(
    "beyond",
    f"The model changed code that does not stand there, so nothing was changed; {_READ_IT}, or try again.",
)
AMBIGUOUS = Refusal(
    "beyond",
    f"The model changed a passage that stands there more than once, so nothing was changed; {_READ_IT}, or try "
    "again.",
)
ELIDED = Refusal(
    "elided",
    "The model left parts of the code out (a comment stands for the rest), so nothing was changed; select less "
    "code, or try again.",
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
        f"The model declined (“{quoted}”), so nothing was changed; reword the request, or choose another model.",
    )
