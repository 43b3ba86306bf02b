"""`workers-ai-ls models`: the models that can be asked."""

from __future__ import annotations

import json
from typing import Annotated

import attrs
import typer
from rich.console import Console
from rich.table import Table

from workers_ai_ls.workers_ai import DEFAULT_MODEL, Model, all_models


def models(
    as_json: Annotated[bool, typer.Option("--json", help="Print the list as JSON.")] = False,
    withdrawn: Annotated[
        bool, typer.Option("--withdrawn", help="List models that no longer answer, too.")
    ] = False,
) -> None:
    """List the text-generation models of Workers AI, with context window and price."""
    listed = [model for model in all_models() if withdrawn or model.status != "withdrawn"]
    if as_json:
        typer.echo(json.dumps([attrs.asdict(model) for model in listed], indent=2))
        return
    table = Table(box=None, pad_edge=False)
    table.add_column("model", overflow="fold")
    table.add_column("context", justify="right")
    table.add_column("$ / M tokens in, out", justify="right")
    table.add_column("")
    for model in listed:
        table.add_row(model.id, f"{model.context_window:,}", _price(model), _note(model))
    Console().print(table)


def _price(model: Model) -> str:
    if model.price is None:
        return ""
    return f"{model.price.usd_per_m_input:.3f}, {model.price.usd_per_m_output:.3f}"


def _note(model: Model) -> str:
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
