"""The catalogue: what is known of each model before it is asked.

The facts stand in `catalogue.json`, with their sources. A model that is not in it works too.
"""

import difflib
import json
from functools import cache
from importlib import resources
from typing import Literal, TypeAlias

import attrs

from workers_ai_ls.workers_ai.events import Usage
from workers_ai_ls.workers_ai.model_facts import Price, Thinking

DEFAULT_MODEL = "@cf/qwen/qwen2.5-coder-32b-instruct"
_INSTEAD_OF_THE_DEFAULT = "@cf/qwen/qwen3-30b-a3b-fp8"

# Small enough for nearly every model of the catalogue, so an unknown one is not asked too much.
_UNKNOWN_WINDOW = 8192

FREE_NEURONS_PER_DAY = 10_000
TYPICAL_ACTION = Usage(prompt_tokens=1500, completion_tokens=400)
"""An action on a function of some 40 lines, with the headers of what it uses: an assumption."""

Status: TypeAlias = Literal["live", "on request", "withdrawn", "local", "unknown"]
AnswerShape: TypeAlias = Literal["native", "openai", "unknown"]


@attrs.frozen(kw_only=True)
class Model:
    """One text-generation model.

    `context_window` counts prompt and answer tokens together. `max_output` is the most to ask for
    as `max_tokens`; where no limit is known it is half the window, so that a prompt has room.
    `shape`: what it answers at `/ai/run` when it does not stream. `thinking`: how it is told to
    think, where anything is known of that. `requests_per_minute`: of one account. `withdrawn_on`
    (ISO date) and `successor` are set for withdrawn models only.
    """

    id: str
    status: Status
    context_window: int
    max_output: int
    shape: AnswerShape = "unknown"
    reasoning: bool = False
    thinking: Thinking | None = None
    requires_paid: bool = False
    requests_per_minute: int | None = None
    fill_in_the_middle: str | None = None
    """A template with `{prefix}` and `{suffix}`, for a raw prompt."""
    withdrawn_on: str | None = None
    successor: str | None = None
    price: Price | None = None

    def cost(self, usage: Usage) -> float | None:
        """Return the neurons of an answer: the endpoint's own figure, else by the price.

        `None` where neither says. Cached input without a discount costs as much as any.
        """
        if usage.neurons is not None:
            return usage.neurons
        return None if self.price is None else self.price.neurons(usage)

    @property
    def free_actions_per_day(self) -> int | None:
        """How many typical actions a day's free neurons pay for; `None` where no price is known.

        Whoever is on the Workers Paid plan has the same neurons free.
        """
        neurons = self.cost(TYPICAL_ACTION)
        return int(FREE_NEURONS_PER_DAY / neurons) if neurons else None

    def middle_prompt(self, prefix: str, suffix: str) -> str | None:
        """Return the raw prompt that asks for what stands between two texts.

        >>> model("@cf/qwen/qwen2.5-coder-32b-instruct").middle_prompt("f(", ")")
        '<|fim_prefix|>f(<|fim_suffix|>)<|fim_middle|>'
        """
        if self.fill_in_the_middle is None:
            return None
        return self.fill_in_the_middle.format(prefix=prefix, suffix=suffix)


def model(model_id: str) -> Model:
    """Return the catalogue's entry, or cautious defaults with status `unknown`.

    >>> model("@hf/thebloke/deepseek-coder-6.7b-instruct-awq").context_window
    4096
    >>> model("@cf/somebody/new").context_window
    8192
    """
    return _catalogue().get(model_id) or Model(
        id=model_id,
        status="unknown",
        context_window=_UNKNOWN_WINDOW,
        max_output=_UNKNOWN_WINDOW // 2,
    )


def all_models() -> tuple[Model, ...]:
    """Return every model of the catalogue, withdrawn and local ones too, in its order."""
    return tuple(_catalogue().values())


def alternative(model_id: str) -> str:
    """Return a live model to use instead of `model_id`, by name; never `model_id` itself.

    A withdrawn model's successor, else the live model that a misspelt id is closest to, else the
    default.

    >>> alternative("@cf/qwen/qwen2.5-coder-32b-instruc")
    '@cf/qwen/qwen2.5-coder-32b-instruct'
    """
    known = _catalogue().get(model_id)
    if known is not None and known.successor is not None:
        return known.successor
    if known is None:
        live = [m.id for m in all_models() if m.status == "live" and not m.requires_paid]
        # 0.9 admits a slip of the pen, not another size or generation of the same family.
        for close in difflib.get_close_matches(model_id, live, n=1, cutoff=0.9):
            return close
    return DEFAULT_MODEL if model_id != DEFAULT_MODEL else _INSTEAD_OF_THE_DEFAULT


@cache
def _catalogue() -> dict[str, Model]:
    text = resources.files(__package__).joinpath("catalogue.json").read_text("utf-8")
    return {row["id"]: _model(row) for row in json.loads(text)["models"]}


def _model(row: dict[str, object]) -> Model:
    price, thinking = row.pop("price", None), row.pop("thinking", None)
    window = row.setdefault("context_window", _UNKNOWN_WINDOW)
    if isinstance(window, int):
        row.setdefault("max_output", window // 2)
    values = {
        **row,
        "price": Price(**price) if isinstance(price, dict) else None,
        "thinking": Thinking(**thinking) if isinstance(thinking, dict) else None,
    }
    return Model(**values)  # type: ignore[arg-type] # a test builds every row and checks its types
