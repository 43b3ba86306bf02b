"""Make the selected code clearer without changing what it does.

```before
def is_even(n):
    ┃if n % 2 == 0:
        return True
    else:
        return False┃
```
```reply
~~~python
return n % 2 == 0
~~~
```
```after
def is_even(n):
    return n % 2 == 0
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .action import Action, has_code

if TYPE_CHECKING:
    from workers_ai_ls.context import Budget, Material, Prompt
    from workers_ai_ls.reply import Reply

    from .action import Outcome

_TASK = """\
Refactor {code}: make the smallest change that makes it clearer or simpler. What it does stays the \
same, and so do the names visible from outside, the parameters and the comments. Code that needs no \
change gets the answer ALREADY FINE; any other gets the whole changed code in one block."""
# With ALREADY FINE as the last words, the embedded model answers just that to 9 clumsy functions in
# 10, and improves none; with these it improves 30 in 40, leaves 6 and damages 4 (four seeds).


def _prompt(material: Material, budget: Budget) -> Prompt:
    from workers_ai_ls.context import compose

    from .rewriting import SYSTEM, selected

    code = selected(material)
    task = _TASK.format(code=code)
    if material.instruction:
        task = f"Refactor {code} as follows:\n{material.instruction}"
    return compose(material, system=SYSTEM, task=task, budget=budget, style=True)


def _finish(reply: Reply, material: Material) -> Outcome:
    from workers_ai_ls.reply.outcomes import Replace

    from .interface import changed_interface
    from .rewriting import replacement

    outcome = replacement(reply, material, "The model found nothing to improve in this code.")
    if isinstance(outcome, Replace) and not material.instruction:
        # Names visible from outside stay, unless the user asks for others.
        return changed_interface(outcome, material) or outcome
    return outcome


REFACTOR = Action(
    name="refactor",
    title="AI: Refactor",
    kind="refactor.rewrite.workers-ai",
    applies=has_code,
    prompt=_prompt,
    finish=_finish,
)
