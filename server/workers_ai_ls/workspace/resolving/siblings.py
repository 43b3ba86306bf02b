"""A definition that shows how its project writes such things."""

from typing import Final

from workers_ai_ls.context import Known
from workers_ai_ls.workspace.resolving.about import about
from workers_ai_ls.workspace.resolving.question import Question

_SHORTEST: Final = 3
_LONGEST: Final = 30
"""Lines of an example that is worth its room."""


def sibling(question: Question, first: int, last: int) -> Known | None:
    """Find a definition of the same sort in the same class or file, as near as there is one."""
    path = question.code.path
    filed = question.filed(path)
    for at in about(filed, first, last):
        own = filed.definitions[at]
        beside = [
            one
            for one in map(filed.definitions.__getitem__, filed.outline.children[own.parent])
            if one.kind == own.kind
            and one.name != own.name
            and _SHORTEST <= one.end - one.start <= _LONGEST
            and not (one.start <= last and first < one.end)
        ]
        if beside:
            # Of two that are as near, the one above.
            near = min(beside, key=lambda one: (abs(one.start - own.start), one.start))
            inside = tuple(
                filed.definitions[one] for one in reversed(list(filed.outward(near.parent)))
            )
            text = "\n".join(question.lines(path)[near.start : near.end])
            distance = 0 if own.parent >= 0 else 1
            return Known(path, near, distance=distance, text=text, inside=inside)
    return None
