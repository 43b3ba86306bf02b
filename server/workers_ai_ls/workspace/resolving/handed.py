"""What the parameters of a callback are, by the signature of what the callback is handed to.

In `operate((source, subscriber) => …)` no type is written. It is that of the parameter of a function
that `operate` takes, so a chain says `operate.$handed_0_1`: argument 0 of the call, its parameter 1.
"""

from typing import Final

from workers_ai_ls.syntax.scopes import CALLABLES
from workers_ai_ls.syntax.use_tables import Said
from workers_ai_ls.workspace.resolving import bodies, evaluating, members, types
from workers_ai_ls.workspace.resolving.question import Question, Scene
from workers_ai_ls.workspace.resolving.values import Place, Thing, Value

HANDED: Final = "$handed_"
"""How the name of such a member begins; `Handler.$handed__1` is parameter 1 of the type itself."""


def handed(question: Question, value: Value, name: str) -> list[Value]:
    """Give what the parameter of a callback is that a function, or a constructor, is called with."""
    argument, _, parameter = name.removeprefix(HANDED).partition("_")
    if not isinstance(value, Thing) or not (argument + parameter).isdigit():
        return []
    if not argument:
        written = _written(question, value.place)
        return [one for it in written for one in _taken(question, *it, int(parameter))]
    found: list[Value] = []
    for place in _callables(question, value.place):
        given = _nth(question, place.path, question.definition(place).signature, int(argument))
        scene = Scene(place.path, place.at, value.owner)
        for inner, whole in _functions(question, scene, given):
            found += _taken(question, inner, whole, int(parameter))
    return list(dict.fromkeys(found))


def _taken(question: Question, scene: Scene, function: str, number: int) -> list[Value]:
    """Give what a parameter of a type of functions is."""
    said = _nth(question, scene.path, function, number)
    return types.named(question, scene, said.type) if said.type else []


def _callables(question: Question, place: Place) -> list[Place]:
    """Give a function, with those of its name, or the constructors of a class."""
    definition = question.definition(place)
    if definition.kind in CALLABLES:
        filed = question.filed(place.path)
        return [Place(place.path, at) for at in filed.by_qualified[definition.qualified]]
    names = question.rules(place.path).constructors
    return [one for name in names for one in members.of_class(question, place, name)]


def _nth(question: Question, path: str, signature: str, number: int) -> Said:
    listed = list(question.rules(path).parameters(signature).values())
    return listed[number] if number < len(listed) else Said("")


def _functions(question: Question, scene: Scene, given: Said) -> list[tuple[Scene, str]]:
    """Give types of functions as they are written, here or where a type's name stands for one."""
    if "=>" in given.type:
        return [(scene, given.type)]
    found: list[tuple[Scene, str]] = []
    for one in question.rules(scene.path).types(given.type) if given.type else ():
        for value in evaluating.evaluate(question, scene, one.name) if one.name else ():
            found += _written(question, value.place) if isinstance(value, Thing) else []
    return found


def _written(question: Question, place: Place) -> list[tuple[Scene, str]]:
    """Give what a type's other name stands for, as it is written."""
    definition = question.definition(place)
    if definition.kind != "type":
        return []
    return [(Scene(place.path, definition.parent), bodies.said(question, place).type)]
