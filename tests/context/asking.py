"""Fixtures of this room: a marked text as a selection, and what is found about it."""

from __future__ import annotations

from tests.marked import marked
from workers_ai_ls.context import Budget, Diagnostic, Material, Selection, compose, gather
from workers_ai_ls.syntax import language_for
from workers_ai_ls.text import snapshot_of

ROOM = Budget(prompt=8000, answer=1024)


def select(
    text: str, *, language: str = "python", path: str = "sample.py", told: tuple[str, ...] = ()
) -> Selection:
    """The selection between the marks; `told` are errors reported at the marked place."""
    found = marked(text)
    snapshot = snapshot_of(f"file:///work/{path}", language, 1, found.text)
    line = snapshot.line_at(found.start) + 1
    return Selection(
        snapshot=snapshot,
        start=found.start,
        end=found.end,
        language=language_for(language, path),
        path=path,
        diagnostics=tuple(
            Diagnostic(found.start, found.end, line, "error", message) for message in told
        ),
    )


def look(text: str, *, language: str = "python", path: str = "sample.py") -> Material:
    """What is found about the marked selection."""
    return gather(select(text, language=language, path=path))


def user_turn(material: Material, budget: Budget = ROOM, task: str = "Do it.") -> str:
    """The user's turn of a prompt."""
    prompt = compose(material, system="Be exact.", task=task, budget=budget, style=True)
    return prompt.turns[-1].content
