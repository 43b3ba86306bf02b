"""Explain the selected code in Markdown.

```before
def half(x):
    return ┃x / 2
```
```reply
`half` returns half of `x`.
```
```shown
`half` returns half of `x`.
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.context import Budget, Material, Prompt, compose
from workers_ai_ls.reply import Refusal, Reply
from workers_ai_ls.reply.outcomes import Show

from .action import Action, has_code

if TYPE_CHECKING:
    from .action import Outcome

_SYSTEM = """\
You explain code to the programmer who is reading it in an editor.
Answer in Markdown, without a title. Begin with one sentence that says what the code is for. Then \
explain how it works in the order of the code, naming its parts in backticks. End with what is \
easily overlooked: edge cases, errors, side effects, costs. Say only what the code shows; do not \
repeat it, do not rewrite it, and leave out what does not apply."""


def _prompt(material: Material, budget: Budget) -> Prompt:
    task = material.instruction or "Explain the selected code."
    if material.answer_language:
        task += f" Answer in {material.answer_language}."
    return compose(material, system=_SYSTEM, task=task, budget=budget)


def _finish(reply: Reply, material: Material) -> Outcome:
    text = reply.text.strip()
    if not text:
        return Refusal("empty", "The model answered nothing; try again or choose another model.")
    if reply.finish == "length":
        text += "\n\n*The answer ends here, at its token limit; select less to get all of it.*"
    name = material.scope.name if material.scope else material.selection.path
    return Show(title=name or "Explanation", markdown=text + "\n")


EXPLAIN = Action(
    name="explain",
    title="AI: Explain",
    kind="refactor.workers-ai.explain",
    busy="Explaining",
    applies=has_code,
    prompt=_prompt,
    finish=_finish,
)
