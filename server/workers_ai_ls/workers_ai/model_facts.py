"""What a model costs, and how it is told to think: the composite facts of the catalogue."""

from collections.abc import Iterable

import attrs

from workers_ai_ls.workers_ai.events import Usage

_MILLION = 1_000_000


@attrs.frozen(kw_only=True)
class Price:
    """Per million tokens; `None` for cached input where there is no discount."""

    neurons_per_m_input: int
    neurons_per_m_output: int
    usd_per_m_input: float
    usd_per_m_output: float
    neurons_per_m_cached_input: int | None = None
    usd_per_m_cached_input: float | None = None

    def neurons(self, usage: Usage) -> float | None:
        """Return what an answer costs, `None` where its tokens are not known.

        >>> price = Price(
        ...     neurons_per_m_input=60000,
        ...     neurons_per_m_output=90909,
        ...     usd_per_m_input=0.66,
        ...     usd_per_m_output=1.0,
        ... )
        >>> price.neurons(Usage(prompt_tokens=1000, completion_tokens=1000))
        150.909
        """
        if usage.prompt_tokens is None or usage.completion_tokens is None:
            return None
        cached = min(usage.cached_tokens or 0, usage.prompt_tokens)
        of_cached = self.neurons_per_m_cached_input
        spent = (
            (usage.prompt_tokens - cached) * self.neurons_per_m_input
            + cached * (self.neurons_per_m_input if of_cached is None else of_cached)
            + usage.completion_tokens * self.neurons_per_m_output
        )
        return spent / _MILLION


def _in_order(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(words)


@attrs.frozen(kw_only=True)
class Thinking:
    """How a reasoning model is told how much to think.

    `efforts`: what it takes as `reasoning_effort`; `default`: which of them holds if none is sent.
    `switch`: the member of `chat_template_kwargs` that turns thinking on and off. `always`: it
    cannot be turned off.
    """

    efforts: tuple[str, ...] = attrs.field(default=(), converter=_in_order)
    default: str | None = None
    switch: str | None = None
    always: bool = False
