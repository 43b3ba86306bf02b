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

from .action import Action, has_code

if TYPE_CHECKING:
    from workers_ai_ls.context import Budget, Material, Prompt
    from workers_ai_ls.reply import Reply

    from .action import Outcome

_SYSTEM = """\
You explain code to the programmer who is reading it in an editor.
Answer in Markdown, without a title. Begin with one sentence that says what the code is for. Then \
explain how it works in the order of the code, naming its parts in backticks. End with what is \
easily overlooked: edge cases, errors, side effects, costs. Say only what the code shows; do not \
repeat it, do not rewrite it, and leave out what does not apply."""


def _prompt(material: Material, budget: Budget) -> Prompt:
    from workers_ai_ls.context import compose

    from .rewriting import selected

    task = material.instruction or f"Explain {selected(material)}."
    if material.answer_language:
        task += f" Answer in {material.answer_language}."
    return compose(material, system=_SYSTEM, task=task, budget=budget)


def _finish(reply: Reply, material: Material) -> Outcome:
    from workers_ai_ls.reply.outcomes import Show
    from workers_ai_ls.reply.refusals import EMPTY, ONLY_REASONING

    text = _unwrapped(reply)
    if not text:
        return ONLY_REASONING if reply.raw.strip() else EMPTY
    if reply.finish == "length":
        text += "\n\n*The answer ends here, at its token limit; select less to get all of it.*"
    return Show(
        title=material.symbol or material.selection.path or "Explanation", markdown=text + "\n"
    )


def _unwrapped(reply: Reply) -> str:
    """The Markdown of an answer, which some models put into a block as if it were code."""
    if len(reply.blocks) == 1 and not reply.prose and reply.blocks[0].tag in ("markdown", "md"):
        return reply.blocks[0].code.strip()
    return reply.text.strip()


EXPLAIN = Action(
    name="explain",
    title="AI: Explain",
    kind="refactor.workers-ai.explain",
    applies=has_code,
    prompt=_prompt,
    finish=_finish,
)
