"""What an answer cost: as the endpoint said, else by the catalogue's price."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import attrs

from workers_ai_ls.workers_ai import Usage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .answer import Answer

_HIT = "HIT"


def spent(answer: Answer) -> Usage:
    """What is known of the cost, also of an answer that was cancelled or failed.

    Without the endpoint's word, the tokens that came are counted, and nothing is said of neurons.
    What AI Gateway had in its cache cost none.
    """
    usage = answer.usage
    if usage is None:
        usage = Usage(completion_tokens=answer.tokens + answer.thinking or None)
    elif usage.neurons is None or not math.isfinite(usage.neurons):
        usage = attrs.evolve(usage, neurons=None)
        usage = attrs.evolve(usage, neurons=answer.model.cost(usage))
    return attrs.evolve(usage, neurons=0.0) if _was_cached(answer) else usage


def in_words(*answers: Answer) -> str:
    """What the endpoint said of the cost of all, as one clause; "" where it said nothing.

    `812 tokens in (512 cached), 94 out, 7.3 neurons`: some editors have one line for it.
    """
    parts = []
    if answers and all(map(_was_cached, answers)):
        parts.append("from the gateway's cache")
    told = [spent(answer) for answer in answers if answer.usage is not None]
    if told:
        usage = _sum(told)
        parts += _tokens(usage)
        if usage.neurons:
            parts.append(f"{_number(usage.neurons)} neurons")
    return ", ".join(parts)


def _sum(usages: Sequence[Usage]) -> Usage:
    def total(name: str) -> Any:
        known = [value for usage in usages if (value := getattr(usage, name)) is not None]
        return sum(known) if known else None

    names = ("prompt_tokens", "completion_tokens", "cached_tokens", "neurons")
    return Usage(**{name: total(name) for name in names})


def _tokens(usage: Usage) -> list[str]:
    counts = []
    if usage.prompt_tokens is not None:
        cached = f" ({usage.cached_tokens:,} cached)" if usage.cached_tokens else ""
        counts.append(f"{_in_tokens(usage.prompt_tokens)} in{cached}")
    if usage.completion_tokens is not None:
        out = usage.completion_tokens
        counts.append(f"{out:,} out" if counts else f"{_in_tokens(out)} out")
    return counts


def _in_tokens(count: int) -> str:
    return f"{count:,} {'token' if count == 1 else 'tokens'}"


def _number(neurons: float) -> str:
    """Two digits that mean something, however little it was.

    >>> _number(7.34), _number(0.0456), _number(1234.5)
    ('7.3', '0.046', '1,234.5')
    """
    return f"{neurons:,.1f}" if neurons >= 1 else f"{neurons:.2g}"


def _was_cached(answer: Answer) -> bool:
    return answer.served.cache.upper() == _HIT
