"""Write tests for the selected code, in the file where the project keeps them.

```before
def half(x):
    return ┃x / 2
```
```reply
~~~python
from sample import half


def test_half():
    assert half(4) == 2
~~~
```
```created
from sample import half


def test_half():
    assert half(4) == 2
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .action import Action, has_code

if TYPE_CHECKING:
    from workers_ai_ls.context import Budget, Material, Prompt
    from workers_ai_ls.reply import Reply

    from .action import Outcome


def _prepare(material: Material) -> Material:
    from .writing_tests import prepare

    return prepare(material)


def _prompt(material: Material, budget: Budget) -> Prompt:
    from .writing_tests import prompt

    return prompt(material, budget)


def _finish(reply: Reply, material: Material) -> Outcome:
    from .writing_tests import finish

    return finish(reply, material)


WRITE_TESTS = Action(
    name="tests",
    title="AI: Write tests",
    kind="refactor.workers-ai.tests",
    applies=has_code,
    prepare=_prepare,
    prompt=_prompt,
    finish=_finish,
    wants_tests=True,
)
