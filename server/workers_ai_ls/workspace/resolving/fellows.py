"""What stands in the same class as a piece of code."""

from workers_ai_ls.context import Known
from workers_ai_ls.syntax.symbol import Definition
from workers_ai_ls.workspace.resolving.filed import HOUSES, Filed
from workers_ai_ls.workspace.resolving.near import Near
from workers_ai_ls.workspace.resolving.question import Question
from workers_ai_ls.workspace.resolving.values import Place


def fellows(question: Question, first: int, last: int) -> tuple[Known, ...]:
    """List the class around the code and its members, but for what is in the code."""
    path = question.code.path
    filed = question.filed(path)
    house = _house_around(filed, first, last)
    if house < 0:
        return ()
    near = Near(question, first)
    return tuple(
        Known(path, filed.definitions[at], distance=0, inside=near.inside(Place(path, at)))
        for at in (house, *filed.outline.children.get(house, ()))
        if not first <= filed.definitions[at].line <= last
    )


def _house_around(filed: Filed, first: int, last: int) -> int:
    """Give the innermost class that holds all of the lines and more; -1 for none."""
    return next(
        (at for at in filed.around(first) if _holds(filed.definitions[at], first, last)), -1
    )


def _holds(one: Definition, first: int, last: int) -> bool:
    return one.kind in HOUSES and last < one.end and not first <= one.line <= last
