"""What a piece of code uses."""

from typing import Final

import attrs

from workers_ai_ls.context import Known
from workers_ai_ls.syntax import parse
from workers_ai_ls.syntax.uses import uses
from workers_ai_ls.workspace.resolving import bodies
from workers_ai_ls.workspace.resolving.near import Near
from workers_ai_ls.workspace.resolving.question import Question, Scene
from workers_ai_ls.workspace.resolving.targets import targets
from workers_ai_ls.workspace.resolving.values import Place

_MOST_TEXTS: Final = 25
_LONGEST_TEXT: Final = 40
"""How many definitions come with their text, and how many lines that may have."""


def used(question: Question, first: int, last: int) -> tuple[Known, ...]:
    """List the definitions that the code uses and does not hold, the most telling first."""
    path, near = question.code.path, Near(question, first)
    listed = [
        Known(
            place.path,
            question.definition(place),
            times,
            certainty,
            near.distance(place),
            inside=near.inside(place),
        )
        for place, (times, certainty) in _counted(question).items()
        if place.path != path or not first <= question.definition(place).line <= last
    ]
    listed.sort(
        key=lambda one: (
            one.certainty < 0.5,  # noqa: PLR2004 - what rules led to
            -one.uses,
            one.distance,
            -one.certainty,
            one.path,
            one.definition.line,
        )
    )
    return tuple(
        attrs.evolve(one, text=_text(question, one)) if at < _MOST_TEXTS else one
        for at, one in enumerate(listed)
    )


def _counted(question: Question) -> dict[Place, tuple[int, float]]:
    """Give what the uses lead to, with how often and how certainly they do."""
    code = question.code
    tree = parse(code.language, code.text)
    if tree is None:
        return {}
    found = uses(tree, code.start, code.end)
    whole = Place(code.path, -1)
    question.locals[whole] = bodies.laid_out(found)
    filed = question.filed(code.path)
    counted: dict[Place, tuple[int, float]] = {}
    for use in found.uses:
        inside = filed.inside(question.line(use.start))
        scene = Scene(code.path, inside, None, use.scope, whole)
        for place, certainty in targets(question, scene, use):
            times, known = counted.get(place, (0, 0.0))
            counted[place] = (times + use.times, max(known, certainty))
    return counted


def _text(question: Question, known: Known) -> str:
    start, end = known.definition.start, known.definition.end
    if end - start > _LONGEST_TEXT:
        return ""
    return "\n".join(question.lines(known.path)[start:end])
