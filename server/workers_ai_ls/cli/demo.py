"""`workers-ai-ls demo`: the main job on real code with a real model, and no account."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from .ending import DONE, FAILED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .place import Place
    from .session import Session
    from .showing import Terminal

_TITLES = {"explain": "AI: Explain", "refactor": "AI: Refactor", "edit": "AI: Edit"}


def demo() -> None:
    """Watch a small real model explain, refactor and edit code, on this machine, with no account.

    At its first use it downloads the model, after saying so (491 MB); from then on it takes about a
    minute. The code goes through the language server, as it does from an editor, to an endpoint on
    this machine that speaks as Workers AI does.
    """
    import asyncio
    import tempfile
    from pathlib import Path

    from .embedded import embedded_model
    from .showing import Terminal

    with Terminal(result=True) as terminal:
        with embedded_model(terminal) as variables, tempfile.TemporaryDirectory() as name:
            terminal.end()
            folder = Path(name).resolve()
            _introduce(terminal, variables)
            failed = asyncio.run(_watch(terminal, folder, variables))
        _tell_what_is_next(terminal, variables)
    raise typer.Exit(FAILED if failed else DONE)


def _introduce(terminal: Terminal, variables: Mapping[str, str]) -> None:
    from .sample import CODE, FILE, FUNCTION

    terminal.heading(FILE)
    terminal.text(CODE)
    terminal.heading("What happens now")
    terminal.text(
        f"The language server is started, as an editor would, and is asked for three actions on\n"
        f"{FUNCTION}. It sends the function, its file's name and the lines around it to\n"
        f"{variables['WORKERS_AI_BASE_URL']}, which is on this machine: nothing leaves it.\n"
        f"There answers {variables['WORKERS_AI_MODEL'].removeprefix('@local/')}: a real model, but a\n"
        "small one, which is wrong often. The one that answers by default with an account has 64\n"
        "times its size.\n"
    )


async def _watch(terminal: Terminal, folder: Path, variables: Mapping[str, str]) -> bool:
    """Run the actions, one after the other; tells whether one failed."""
    from .place import Place
    from .sample import ASKS, CODE, FILE, LINE, SETTINGS
    from .session import Session

    (folder / FILE).write_text(CODE, encoding="utf-8")
    terminal.status("starting the server")
    async with Session(folder, environment=variables, settings=SETTINGS) as session:
        place = Place(folder / FILE, LINE, LINE)
        codes = [await _step(terminal, session, action, place, ask) for action, ask in ASKS.items()]
    return FAILED in codes


async def _step(terminal: Terminal, session: Session, action: str, place: Place, ask: str) -> int:
    """Run one action and show what an editor would get of it; returns its exit code."""
    import time

    from .concluding import in_terminal
    from .difference import differences

    terminal.heading(_TITLES[action])
    if ask:
        terminal.text(f"asked: {ask}\n\n")
    started = time.monotonic()
    outcome = await session.act(action, place, terminal, ask)
    took = time.monotonic() - started
    terminal.end()
    if outcome.changed:
        terminal.text(f"\nThe edit that an editor gets of it, after {took:.1f} s:\n\n")
        terminal.diff(differences(outcome.changed, place.path.parent))
    else:
        terminal.text(f"({outcome.ended})\n")
    for _, sentence in outcome.messages:
        terminal.text(f"{in_terminal(sentence)}\n")
    return outcome.exit_code


def _tell_what_is_next(terminal: Terminal, variables: Mapping[str, str]) -> None:
    terminal.heading("What you can do now")
    terminal.text(
        "Your own code    workers-ai-ls run explain FILE:LINE --local\n"
        "                 (or refactor, tests, edit; --write writes)\n"
        'Your editor      README, "In your editor"; without an account set, where it starts,\n'
        f"                 WORKERS_AI_MODEL={variables['WORKERS_AI_MODEL']}\n"
        "Your account     set CLOUDFLARE_ACCOUNT_ID and CLOUDFLARE_API_TOKEN (permissions Workers\n"
        "                 AI Read and Edit), then `workers-ai-ls doctor` checks them\n"
    )
