"""`workers-ai-ls prompt`: what an action would send, in the terminal; nothing is sent."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, Any

import typer

from .arguments import ActionName, InstructionOption, PlaceArgument  # noqa: TC001 - typer reads them
from .ending import EXIT_CODES, WrongUsage

if TYPE_CHECKING:
    from workers_ai_ls.jobs.foreseeing import Foreseen
    from workers_ai_ls.settings import Settings

    from .place import Place


def prompt(
    action: Annotated[ActionName, typer.Argument(help="What would be done.")],
    place: PlaceArgument,
    instruction: InstructionOption = "",
    budget: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=10_000_000,
            metavar="TOKENS",
            help="Most tokens of everything but the instructions and the code itself.",
        ),
    ] = None,
    model: Annotated[str, typer.Option(help="For this model instead of the settings' one.")] = "",
    workspace: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="The folder of the project, if not the one that looks like it.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Show what an action would send, and send nothing."""
    from .place import place_of, project_of

    where = place_of(place)
    root = (workspace or project_of(where.path)).resolve()
    if not where.path.is_relative_to(root):
        raise WrongUsage(f"{where.path} is not in {root}; name the folder of its project.")
    foreseen = _foreseen(action, where, root, instruction, _settings(root, model), budget)
    if as_json:
        import json

        typer.echo(json.dumps(_data(foreseen, root), ensure_ascii=False, indent=2))
        return
    from workers_ai_ls.jobs.prompt_page import prompt_page

    name = where.path.relative_to(root).as_posix()
    typer.echo(prompt_page(f"{name}, line {where.first}", [foreseen]), nl=False)


prompt.__doc__ = f"""Show what an action would send, and send nothing.

It needs no account and makes no connection. The prompt is the very one that the server would send
from an editor: each turn, with the tokens that it takes (estimated), what it costs, the files drawn
on with their lines, what was left out for lack of room, and which secrets were replaced. The symbol
index of the project is built first where it is not up to date.

\b
Examples:
  workers-ai-ls prompt explain src/app.py:42
  workers-ai-ls prompt refactor src/app.py:10-30 --budget 1024
  workers-ai-ls prompt tests src/app.py:42 --json | jq .context
  workers-ai-ls prompt edit src/app.py:42 -i "return a float" --model @cf/qwen/qwen3-30b-a3b-fp8

\b
With --json: root, action, model, messages (role, content), prompt (where the settings have it sent
as one text), tokens, maxTokens, price (neurons and usd, each without an answer and with the longest;
null where none is known), context (file, first, last, kind, tokens), cut, redacted (how many secrets
by kind), words (the file with the project's own), incomplete.

{EXIT_CODES}
"""


def _settings(root: Path, model: str) -> Settings:
    """The settings that hold in the workspace. Raises NoSuchId for what can't be a model's id."""
    import attrs

    from workers_ai_ls.jobs.trying_again import Wish
    from workers_ai_ls.settings import read_options, resolve

    resolved = resolve(read_options(workspace_root=root))
    for problem in resolved.problems:
        typer.echo(f"workers-ai-ls: {problem}", err=True)
    chosen = Wish(model=model).model or resolved.settings.model
    return attrs.evolve(resolved.settings, model=chosen)


def _foreseen(
    action: str, where: Place, root: Path, instruction: str, settings: Settings, budget: int | None
) -> Foreseen:
    from workers_ai_ls.actions import ACTIONS
    from workers_ai_ls.jobs.foreseeing import foresee
    from workers_ai_ls.jobs.knowing import material_on_disk
    from workers_ai_ls.jobs.successors import Successors
    from workers_ai_ls.workers_ai import model as model_of

    from .indexing import current_index

    chosen = next(each for each in ACTIONS if each.name == action)
    with current_index(root) as index:
        material = material_on_disk(
            chosen, where.path, (where.first, where.last), instruction, index, settings
        )
    asked = model_of(Successors().now(settings))
    return foresee(chosen, material, asked, settings, context=budget)


def _data(foreseen: Foreseen, root: Path) -> dict[str, Any]:
    prompt, knowledge = foreseen.sent.prompt, foreseen.material.knowledge
    price = None
    if foreseen.neurons and foreseen.dollars:
        price = {"neurons": foreseen.neurons, "usd": foreseen.dollars}
    return {
        "root": str(root),
        "action": foreseen.action.name,
        "model": foreseen.model.id,
        "messages": [
            {"role": each.role, "content": each.content} for each in foreseen.request.messages
        ],
        "prompt": foreseen.request.prompt,
        "tokens": foreseen.tokens,
        "maxTokens": prompt.max_tokens,
        "price": price,
        "context": [
            {
                "file": each.path,
                "first": each.first,
                "last": each.last,
                "kind": each.kind,
                "tokens": each.tokens,
            }
            for each in prompt.sources
        ],
        "cut": list(prompt.cut),
        "redacted": dict(foreseen.sent.hidden.kinds),
        "words": knowledge.words.path if knowledge.words else None,
        "incomplete": knowledge.incomplete or None,
    }
