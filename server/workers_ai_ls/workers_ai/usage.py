"""What an answer cost, from usage figures that are increments in one place and totals in another.

Chunks that carry text may carry usage too: increments on Workers AI, running totals on other
servers. An event without a choice and without text, near the end, holds the total of the whole
answer; where it came, it alone counts.
"""

import itertools
from collections.abc import Iterable
from typing import TypeVar

import attrs

from workers_ai_ls.workers_ai.events import Usage
from workers_ai_ls.workers_ai.shapes import Said

_Number = TypeVar("_Number", int, float)


class UsageCount:
    """Collect the figures of one answer; `neurons` is what a response header already told."""

    def __init__(self, neurons: float | None = None) -> None:
        self._neurons = neurons
        self._chunks: list[Usage] = []
        self._total: Usage | None = None

    def add(self, event: Said) -> None:
        """Note the usage of one event, if it has one."""
        if event.usage is None:
            return
        if event.text or event.reasoning or event.from_choice:
            self._chunks.append(event.usage)
        else:
            self._total = _merged(self._total or Usage(), event.usage)

    def total(self) -> Usage | None:
        """Return the whole answer's usage as far as it is known so far, `None` if not at all."""
        usage = self._total or _of_chunks(self._chunks)
        if usage is None:
            return None if self._neurons is None else Usage(neurons=self._neurons)
        if usage.neurons is None:
            return attrs.evolve(usage, neurons=self._neurons)
        return usage


def _of_chunks(chunks: list[Usage]) -> Usage | None:
    if not chunks:
        return None
    counts = [chunk.completion_tokens or 0 for chunk in chunks]
    if all(later > earlier for earlier, later in itertools.pairwise(counts)):
        return chunks[-1]  # Running totals always grow; increments stay about one token each.
    prompt = _known(chunk.prompt_tokens for chunk in chunks)
    completion = _known(chunk.completion_tokens for chunk in chunks)
    cached = _known(chunk.cached_tokens for chunk in chunks)
    thought = _known(chunk.reasoning_tokens for chunk in chunks)
    # A prompt is read once, so its count stands in one chunk, or in each of them again.
    return Usage(
        prompt_tokens=max(prompt, default=None),
        completion_tokens=sum(completion) if completion else None,
        total_tokens=max(prompt) + sum(completion) if prompt and completion else None,
        cached_tokens=max(cached, default=None),
        neurons=sum(_known(chunk.neurons for chunk in chunks)) or None,
        reasoning_tokens=sum(thought) if thought else None,
    )


def _known(values: Iterable[_Number | None]) -> list[_Number]:
    return [value for value in values if value is not None]


def _merged(earlier: Usage, later: Usage) -> Usage:
    told = attrs.asdict(later, filter=lambda _, value: value is not None)
    return attrs.evolve(earlier, **told)
