"""`workers-ai-ls models`: the models that can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from workers_ai_ls.workers_ai import Model

_TITLES = ("model", "context", "$ per M tokens in / out", "free a day", "requests a minute", "")


def models(
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
    withdrawn: Annotated[
        bool, typer.Option("--withdrawn", help="List models that no longer answer, too.")
    ] = False,
) -> None:
    """List the text-generation models of Workers AI, with context window and price.

    Set one as WORKERS_AI_MODEL, or as workersAI.model in the editor's settings or the user file. A
    model that is not listed works too, with cautious limits.
    """
    from workers_ai_ls.workers_ai import all_models

    listed = [model for model in all_models() if withdrawn or model.status != "withdrawn"]
    if as_json:
        _print_json(listed)
        return
    from workers_ai_ls.workers_ai import FREE_NEURONS_PER_DAY, TYPICAL_ACTION

    from .tables import console, table

    out = console()
    out.print(table(_TITLES, map(_row, listed), numbers=range(1, 5)))
    out.print(
        f"\nFree a day: how many actions {FREE_NEURONS_PER_DAY:,} neurons pay for, which each "
        f"account has free every day (UTC), at {TYPICAL_ACTION.prompt_tokens:,} tokens in and "
        f"{TYPICAL_ACTION.completion_tokens:,} out. The Workers Paid plan has them free, too."
    )


def _row(model: Model) -> list[str]:
    return [
        model.id,
        f"{model.context_window:,}",
        _price(model),
        _count(model.free_actions_per_day),
        _count(model.requests_per_minute),
        _note(model),
    ]


def _print_json(listed: list[Model]) -> None:
    import json

    import attrs

    from workers_ai_ls.workers_ai import DEFAULT_MODEL

    data = [
        {
            **attrs.asdict(each),
            "free_actions_per_day": each.free_actions_per_day,
            "default": each.id == DEFAULT_MODEL,
        }
        for each in listed
    ]
    typer.echo(json.dumps(data, indent=2))


def _count(number: int | None) -> str:
    return "" if number is None else f"{number:,}"


def _price(model: Model) -> str:
    if model.price is None:
        return ""
    return f"{model.price.usd_per_m_input:.3f} / {model.price.usd_per_m_output:.3f}"


def _note(model: Model) -> str:
    from workers_ai_ls.workers_ai import DEFAULT_MODEL

    notes = []
    if model.id == DEFAULT_MODEL:
        notes.append("default")
    if model.status == "withdrawn":
        notes.append(f"withdrawn {model.withdrawn_on}; instead: {model.successor}")
    elif model.status != "live":
        notes.append(model.status)
    if model.requires_paid:
        notes.append("paid plan")
    if model.reasoning:
        notes.append("reasons")
    return ", ".join(notes)
