"""Who uses what a piece of code defines."""

import re
from itertools import islice, product
from typing import Final

from workers_ai_ls.context import Caller
from workers_ai_ls.syntax.scopes import CALLABLES
from workers_ai_ls.workspace.index import Used
from workers_ai_ls.workspace.resolving import asking, bodies, evaluating, names
from workers_ai_ls.workspace.resolving.about import about
from workers_ai_ls.workspace.resolving.question import Question, Scene
from workers_ai_ls.workspace.resolving.values import Place, Thing, Value

_MOST: Final = 3
_MOST_FILES: Final = 12
_MOST_LOOKED_AT: Final = 12
_LONGEST: Final = 6
"""Lines of one statement."""

_TEST: Final = re.compile(r"(?:^|/)(?:tests?|spec|__tests__)/|(?:^|/)test_|[._](?:test|spec)\.")
_QUOTED: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")


def callers(question: Question, first: int, last: int) -> tuple[Caller, ...]:
    """Find two or three places that use what the lines define, those outside of tests first.

    Where it can be told what the name stands for there, it is what the code defines.
    """
    path = question.code.path
    filed = question.filed(path)
    sure: dict[tuple[str, object], Caller] = {}
    likely: dict[tuple[str, object], Caller] = {}
    for at in about(filed, first, last):
        place = Place(path, at)
        for used in _used(question, place, first, last):
            is_sure = _leads_to(question, used, place)
            if is_sure is not None:
                one = _caller(question, used)
                # One use by each function is enough to see how it is done there.
                (sure if is_sure else likely).setdefault((one.path, one.inside or one.line), one)
            if len(sure) >= _MOST:
                return tuple(sure.values())
    return (*sure.values(), *likely.values())[:_MOST]


def _used(question: Question, place: Place, first: int, last: int) -> list[Used]:
    if question.asked.index is None:
        return []
    name = question.definition(place).name
    rules = question.rules(place.path)
    users = [
        (bool(_TEST.search(one.path)), one)
        for one in question.asked.index.users(name, most_files=_MOST_FILES, near=place.path)
        if question.rules(one.path) is rules
    ]
    found = (
        used
        for in_tests, call in product((False, True), (True, False))
        for is_test, user in users
        if is_test == in_tests
        for used in user.places(call=call)
    )
    outside = (
        one
        for one in found
        if not (one.path == place.path and first <= one.reference.line <= last)
        and not _is_in_header(question, one)
    )
    return list(islice(outside, _MOST_LOOKED_AT))


def _is_in_header(question: Question, used: Used) -> bool:
    """Whether it is said in a header, as the type of a parameter is: that shows no use."""
    filed, line = question.filed(used.path), used.reference.line
    inside = filed.inside(line)
    return inside >= 0 and line < filed.definitions[inside].header_end and not used.reference.call


def _leads_to(question: Question, used: Used, place: Place) -> bool | None:
    """Whether a use is one of what stands at a place; False if it can't be told, None if it is not."""
    scene = _scene(question, used)
    name, receiver = used.reference.name, used.reference.receiver
    values: list[Value] = []
    if receiver is None:
        values = names.find(question, scene, name)
    elif receiver:
        held = evaluating.evaluate(question, scene, receiver)
        values = [one for it in held for one in asking.ask(question, it, name)]
        if held and not values:
            return None
    if any(isinstance(one, Thing) and one.place == place for one in values):
        return True
    is_member = question.definition(place).parent >= 0
    if values or is_member != (receiver is not None) or name in question.rules(place.path).common:
        return None
    return False


def _scene(question: Question, used: Used) -> Scene:
    """Give where a use stands, with what the function around it says of its variables."""
    filed = question.filed(used.path)
    inside = filed.inside(used.reference.line)
    # A bare name is seldom one of a variable; what stands before a dot is.
    for at in filed.outward(inside) if used.reference.receiver else ():
        if filed.definitions[at].kind in CALLABLES and bodies.read(question, Place(used.path, at)):
            return Scene(used.path, inside, None, 1, Place(used.path, at))
    return Scene(used.path, inside)


def _caller(question: Question, used: Used) -> Caller:
    filed = question.filed(used.path)
    inside = filed.inside(used.reference.line)
    return Caller(
        used.path,
        used.reference.line,
        _statement(question.lines(used.path)[used.reference.line :][:_LONGEST]),
        filed.definitions[inside] if inside >= 0 else None,
    )


def _statement(lines: list[str]) -> str:
    """Take lines until all brackets are closed."""
    depth = 0
    for count, line in enumerate(lines, 1):
        bare = _QUOTED.sub("", line)
        depth += sum(map(bare.count, "([{")) - sum(map(bare.count, ")]}"))
        if depth <= 0:
            return "\n".join(lines[:count])
    return "\n".join(lines)
