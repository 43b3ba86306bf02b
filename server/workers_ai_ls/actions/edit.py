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

from workers_ai_ls.context import Budget, Material, Prompt, Selection, compose
from workers_ai_ls.syntax import ai_comments

from .action import Action
from .rewriting import SYSTEM, replacement

if TYPE_CHECKING:
    from workers_ai_ls.reply import Reply
    from workers_ai_ls.syntax import AiComment

    from .action import Outcome

_NEAR = 40
"""Lines on either side of a cursor in which an `AI:` comment counts as meant."""


def _comments(selection: Selection) -> list[AiComment]:
    """Look for `AI:` comments in the selection, or in the paragraph around a cursor."""
    text, start, end = selection.snapshot.text, selection.start, selection.end
    if selection.is_empty:
        start, end = _paragraph(selection)
    return ai_comments(selection.language, text, start, end)


def _paragraph(selection: Selection) -> tuple[int, int]:
    """The lines around the cursor up to the next blank ones, as offsets."""
    snapshot = selection.snapshot
    first = last = snapshot.line_at(selection.start)
    lines = snapshot.lines
    while first > 0 and lines[first - 1].strip() and last - first < _NEAR:
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip() and last - first < 2 * _NEAR:
        last += 1
    return snapshot.line_start(first), snapshot.line_end(last)


def _applies(selection: Selection) -> bool:
    return bool(_comments(selection))


def _prepare(material: Material) -> Material:
    """Take the instruction out of the comment, and the comment out of the code."""
    if material.instruction:
        return material
    comments = _comments(material.selection)
    if not comments:
        return material
    snapshot = material.selection.snapshot
    text = snapshot.text
    first = snapshot.line_start(snapshot.line_at(comments[0].start))
    start = min(material.start, first)
    end = max(material.end, *(comment.end for comment in comments))
    code, at = "", start
    for comment in comments:
        before = text[at : comment.start]
        alone = not before.rpartition("\n")[2].strip()
        code += before.rstrip(" \t") if alone else before.rstrip()
        at = _past(text, comment.end) if alone else comment.end
    instruction = "\n".join(comment.instruction for comment in comments)
    return attrs.evolve(
        material, start=start, end=end, code=code + text[at:end], instruction=instruction
    )


def _past(text: str, end: int) -> int:
    """Where the code goes on after a comment that stands on lines of its own."""
    if text.startswith("\r\n", end):
        return end + 2
    return end + 1 if text[end : end + 1] in ("\n", "\r") else end


def _prompt(material: Material, budget: Budget) -> Prompt:
    task = f"Change the selected code as follows:\n{material.instruction}"
    if not material.code.strip():
        task = f"Write code to stand in this place:\n{material.instruction}"
    return compose(material, system=SYSTEM, task=task, budget=budget)


def _finish(reply: Reply, material: Material) -> Outcome:
    return replacement(reply, material, "The model found that the code already does this.")


EDIT = Action(
    name="edit",
    title="AI: Edit",
    kind="refactor.rewrite.workers-ai.edit",
    busy="Editing",
    applies=_applies,
    prepare=_prepare,
    prompt=_prompt,
    finish=_finish,
)
