"""`workers-ai-ls setup`: what an editor needs to know, put into its user's configuration."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from .ending import EXIT_CODES, WrongUsage

EditorName = Literal["helix", "neovim", "emacs", "vscode"]


def setup(
    editor: Annotated[EditorName, typer.Argument(help="Which editor.")],
    write: Annotated[bool, typer.Option("--write", help="Make the change.")] = False,
    remove: Annotated[bool, typer.Option("--remove", help="Undo what --write has made.")] = False,
) -> None:
    """Set an editor up."""
    from .editors import PLANS, make, shown

    if write and remove:
        raise WrongUsage("--write makes the change and --remove undoes it: give one of them.")
    plan = PLANS[editor](remove=remove)
    if not plan.changes:
        typer.echo("Nothing is set up." if remove else "It is set up already.", err=True)
    for change in plan.changes:
        typer.echo(shown(change), nl=False)
    if plan.changes and not (write or remove):
        typer.echo(f"Nothing was changed: workers-ai-ls setup {editor} --write does it.", err=True)
        return
    for backup in make(plan.changes):
        typer.echo(f"What was there before is in {backup}.", err=True)
    for note in plan.notes if plan.changes else ():
        typer.echo(note, err=True)


setup.__doc__ = f"""Show what an editor's configuration lacks; with --write, put it there.

Without an option nothing is changed. Servers that you have are kept, a file of yours that is changed
is kept beside itself as it was, and --remove takes out what --write has put in. After an upgrade, run
it with --write once more.

\b
  helix    the server, behind those that each language has, in languages.toml
  neovim   the plugin, as a package that Neovim loads by itself
  emacs    the package, and the lines of the init file that load it
  vscode   where the extension finds this program, in settings.json

\b
Examples:
  workers-ai-ls setup helix               show the change
  workers-ai-ls setup neovim --write      make it
  workers-ai-ls setup emacs --remove      undo it

{EXIT_CODES}
"""
