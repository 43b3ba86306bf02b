"""`workers-ai-ls demo`: the main job on real code with a real model, and no account."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.rule import Rule
from rich.syntax import Syntax

from .embedded import environment
from .run import differences
from .session import Session

if TYPE_CHECKING:
    from .session import Outcome

SAMPLE = '''\
"""Prices of a small shop."""


def total_price(items, discount):
    total = 0
    for i in range(len(items)):
        total = total + items[i]["price"] * items[i]["count"]
    if discount == True:
        total = total * 0.9
        return total
    else:
        return total
'''

_FUNCTION = 4
"""The line of the function in the sample."""


def demo() -> None:
    """Watch a real model explain and refactor code, on this machine and without an account.

    It downloads a small model at its first use, after saying so (about 490 MB), starts it, and runs
    AI: Explain, AI: Refactor and AI: Write tests through the language server, as an editor would.
    """
    console = Console()
    with (
        environment(Console(stderr=True), wanted=True) as variables,
        tempfile.TemporaryDirectory() as folder,
    ):
        path = Path(folder).resolve() / "shop.py"
        path.write_text(SAMPLE, encoding="utf-8")
        console.print(Syntax(SAMPLE, "python", theme="ansi_dark"))
        console.print(
            f"The model is {variables['WORKERS_AI_MODEL']}: real, and small, so read what it says "
            "with a smile. Workers AI's own models are 60 times its size.",
            style="dim",
        )
        asyncio.run(_show(console, path, variables))
    console.print(Rule())
    console.print("Now in your editor: see the README's section for it.")


async def _show(console: Console, path: Path, variables: dict[str, str]) -> None:
    def stream(text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()

    async with Session(path.parent, environment=variables, on_text=stream) as session:
        for action in ("explain", "refactor", "tests"):
            console.print(Rule(f"AI: {action} total_price", align="left"))
            started = time.monotonic()
            outcome = await session.act(action, path, _FUNCTION, _FUNCTION)
            console.print()
            _conclude(console, outcome, time.monotonic() - started)


def _conclude(console: Console, outcome: Outcome, seconds: float) -> None:
    if changes := differences(outcome):
        console.print(f"\nThe server makes this edit of it, in {seconds:.1f} s:", style="dim")
        console.print(Syntax(changes, "diff", theme="ansi_dark"))
    else:
        console.print(f"({outcome.ended or f'{seconds:.1f} s'})", style="dim")
    for _, message in outcome.messages:
        console.print(message, style="yellow", markup=False, highlight=False)
