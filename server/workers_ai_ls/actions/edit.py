"""Change the code as an `AI:` comment in it asks; the comment goes with the change.

```before
def greet(name):
    ┃# AI: say good evening
    return f"Good morning, {name}"
```
```reply
~~~python
def greet(name):
    return f"Good evening, {name}"
~~~
```
```after
def greet(name):
    return f"Good evening, {name}"
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.errors import Failure
from workers_ai_ls.syntax import ai_comments

from .action import Action

if TYPE_CHECKING:
    from workers_ai_ls.context import Budget, Material, Prompt, Selection
    from workers_ai_ls.reply import Reply
    from workers_ai_ls.syntax import AiComment
    from workers_ai_ls.text import Snapshot

    from .action import Outcome

_NEAR = 40
"""Lines on either side of a cursor in which an `AI:` comment counts as meant."""

_RUNS = ("function", "method", "property")
"""Kinds of definitions whose code changes as a whole, wherever in it the comment stands."""


class NoInstruction(Failure):
    """The command was called where nothing says what to change."""

    def __init__(self) -> None:
        super().__init__(
            "Nothing says what to change here; write a comment that begins with AI: beside the "
            "code, or give the command workers-ai.edit an instruction."
        )


def _comments(selection: Selection) -> list[AiComment]:
    """Look for `AI:` comments in the selection, or in the paragraph around a cursor."""
    text, start, end = selection.snapshot.text, selection.start, selection.end
    if selection.is_empty:
        start, end = _paragraph(selection)
    return ai_comments(selection.language, text, start, end)


def _paragraph(selection: Selection) -> tuple[int, int]:
    """The lines around the cursor up to the next blank ones, as offsets."""
    snapshot = selection.snapshot
    at = first = last = snapshot.line_at(selection.start)
    lines = snapshot.lines
    while first > 0 and lines[first - 1].strip() and at - first < _NEAR:
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip() and last - at < _NEAR:
        last += 1
    return snapshot.line_start(first), snapshot.line_end(last)


def _applies(selection: Selection) -> bool:
    return bool(_comments(selection))


def _prepare(material: Material) -> Material:
    """Take the instruction out of the comments, and the comments out of the code.

    An instruction that came with the command goes before; then comments are code like any other.
    Raises NoInstruction.
    """
    if material.instruction.strip():
        return material
    comments = _comments(material.selection)
    if not comments:
        raise NoInstruction
    snapshot = material.selection.snapshot
    first = snapshot.line_start(snapshot.line_at(comments[0].start))
    last = max(comment.end for comment in comments)
    if _asks_for_more(material, last):
        start, end = first, last
    else:
        start, end = min(material.start, first), max(material.end, last)
    from workers_ai_ls.context import narrowed

    code = _without(snapshot, start, end, comments)
    instruction = "\n".join(comment.instruction for comment in comments)
    return attrs.evolve(narrowed(material, start, end), code=code, instruction=instruction)


def _asks_for_more(material: Material, end: int) -> bool:
    """Whether a comment at a cursor, with nothing below it, asks for something new in a class."""
    if not material.selection.is_empty or not material.scope or material.scope.kind in _RUNS:
        return False
    snapshot = material.selection.snapshot
    below = snapshot.lines[snapshot.line_at(end) + 1 :][:1]
    alone = material.text[end : snapshot.line_end(snapshot.line_at(end))]
    return not alone.strip() and not any(any(map(str.isalnum, line)) for line in below)


def _without(snapshot: Snapshot, start: int, end: int, comments: list[AiComment]) -> str:
    """The text between two offsets without the comments, and without lines that held only them."""
    text, code, at = snapshot.text, "", start
    for comment in comments:
        before = text[at : comment.start]
        rest = text[comment.end : end]
        line = rest[: len(rest) - len(rest.lstrip(" \t"))]
        head = text[snapshot.line_start(snapshot.line_at(comment.start)) : comment.start]
        if head.strip():
            code += before.rstrip(" \t")
            at = comment.end
        elif rest[len(line) :].startswith(("\r", "\n")) or not rest.strip():
            code += before.rstrip(" \t")
            at = _past(text, comment.end + len(line))
        else:
            # Code follows on the line, which keeps its indentation.
            code += before
            at = comment.end + len(line)
    return code + text[at:end]


def _past(text: str, end: int) -> int:
    """Where the next line starts."""
    if text.startswith("\r\n", end):
        return end + 2
    return end + 1 if text[end : end + 1] in ("\n", "\r") else end


def _prompt(material: Material, budget: Budget) -> Prompt:
    from workers_ai_ls.context import compose

    from .rewriting import SYSTEM, selected

    task = f"Change {selected(material)} as follows:\n{material.instruction}"
    if not material.code.strip():
        task = f"Write the code that goes to the selected place:\n{material.instruction}"
    return compose(material, system=SYSTEM, task=task, budget=budget, style=True)


def _finish(reply: Reply, material: Material) -> Outcome:
    from .rewriting import replacement

    return replacement(reply, material, "The model found that the code already does this.")


EDIT = Action(
    name="edit",
    title="AI: Edit",
    kind="refactor.rewrite.workers-ai.edit",
    applies=_applies,
    prepare=_prepare,
    prompt=_prompt,
    finish=_finish,
)
