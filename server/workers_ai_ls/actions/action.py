"""What an action is: a frozen value of pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable

    from workers_ai_ls.context import Budget, Material, Prompt, Selection
    from workers_ai_ls.reply import Refusal, Reply
    from workers_ai_ls.reply.outcomes import CreateFile, Hold, Insert, Replace, Show, Unchanged

Outcome: TypeAlias = "Replace | Insert | CreateFile | Show | Unchanged | Hold | Refusal"


@attrs.frozen
class Action:
    """One entry of the editor's code action menu.

    `applies` decides whether it is offered; it is asked at every cursor move, so it looks at the
    text and nothing else. `prepare` narrows what `gather` found. `prompt` and `finish` are the two
    ends of the model's work.
    """

    name: str
    """In commands (`workers-ai.<name>`), settings and the journal."""
    title: str
    kind: str
    """LSP code action kind."""
    applies: Callable[[Selection], bool]
    prompt: Callable[[Material, Budget], Prompt]
    finish: Callable[[Reply, Material], Outcome]
    prepare: Callable[[Material], Material] = lambda material: material
    wants_tests: bool = False
    """Whether the material must say where tests go."""

    @property
    def command(self) -> str:
        """The id of the command that runs it."""
        return f"workers-ai.{self.name}"


def has_code(selection: Selection) -> bool:
    """Whether the document holds anything to work on.

    A look at the selection, then at the rest until something is found: cheap on any real file.
    """
    text = selection.snapshot.text
    if selection.is_empty:
        return not text.isspace() and bool(text)
    return bool(text[selection.start : selection.end].strip())
