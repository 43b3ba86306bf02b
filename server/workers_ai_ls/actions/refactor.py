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

from workers_ai_ls.context import Budget, Material, Prompt, compose

from .action import Action, has_code
from .rewriting import SYSTEM, replacement

if TYPE_CHECKING:
    from workers_ai_ls.reply import Reply

    from .action import Outcome

_TASK = """\
Make the smallest change to the selected code that makes it clearer or simpler. Its behaviour stays \
the same, and so do all names visible from outside, the parameters and the comments. If it is good \
as it is, answer only: ALREADY FINE"""


def _prompt(material: Material, budget: Budget) -> Prompt:
    task = material.instruction or _TASK
    return compose(material, system=SYSTEM, task=task, budget=budget)


def _finish(reply: Reply, material: Material) -> Outcome:
    return replacement(reply, material, "The model found nothing to improve in this code.")


REFACTOR = Action(
    name="refactor",
    title="AI: Refactor",
    kind="refactor.rewrite.workers-ai",
    busy="Refactoring",
    applies=has_code,
    prompt=_prompt,
    finish=_finish,
)
