"""What the parameters of a callback are, by the type of what the callback is handed to.

In `operate((source, subscriber) => …)` no type is written. It is that of the parameter of a function
that `operate` takes, so a chain says `operate.$handed_0_1`: argument 0 of the call, its parameter 1.
`Handler.$handed__1` is parameter 1 of the thing itself, and `operate.$argument_0` what it takes.
"""

from typing import Final

from workers_ai_ls.syntax.scopes import CALLABLES, CLASSES
from workers_ai_ls.workspace.resolving import bodies, members, types
from workers_ai_ls.workspace.resolving.question import Question, Scene
from workers_ai_ls.workspace.resolving.values import Instance, Thing, Value

_PARAMETER: Final = "$handed_"
_ARGUMENT: Final = "$argument_"
_GUARDED: Final = "$guarded"
HANDED: Final = (_PARAMETER, _ARGUMENT, _GUARDED)
"""How the names of such members begin."""

_LONGEST: Final = 40
"""Lines of a type that are looked through for signatures."""

Signature = tuple[Scene, str]
"""How a function is written, and where."""


def handed(question: Question, value: Value, name: str) -> list[Value]:
    """Give what an argument is, or a parameter of it, that a function or a constructor is called with."""
    number, _, parameter = name.removeprefix(_PARAMETER).removeprefix(_ARGUMENT).partition("_")
    if name == _GUARDED:
        return _guarded(question, value)
    if not isinstance(value, Thing | Instance) or not (number + parameter).isdigit():
        return []
    found: list[Value] = []
    for scene, signature in signatures(question, value):
        if name.startswith(_ARGUMENT):
            found += _nth(question, scene, signature, int(number))
        elif not number:
            found += _nth(question, scene, signature, int(parameter))
        else:
            for inner, function in _functions(
                question, scene, _said(question, scene, signature, int(number))
            ):
                found += _nth(question, inner, function, int(parameter))
    return list(dict.fromkeys(found))


def _guarded(question: Question, value: Value) -> list[Value]:
    if not isinstance(value, Thing):
        return []
    guarded = question.rules(value.place.path).guarded
    definition = question.definition(value.place)
    scene = Scene(value.place.path, value.place.at, value.owner, held=value.held)
    texts = [(scene, definition.signature)]
    if definition.kind not in CALLABLES:
        texts = signatures(question, value) or [(scene, bodies.text_of(question, value.place))]
    return [
        one
        for inner, text in texts
        if (said := guarded(text))
        for one in types.named(question, inner, said)
    ]


def signatures(question: Question, value: Thing | Instance) -> list[Signature]:
    """Give the ways to call a thing, as they are written."""
    place = value.place
    definition = question.definition(place)
    owner = value.owner if isinstance(value, Thing) else None
    scene = Scene(place.path, place.at, owner, held=value.held)
    if definition.kind in CALLABLES:
        filed = question.filed(place.path)
        listed = filed.outline.by_qualified[definition.qualified]
        return [(scene._replace(inside=at), filed.definitions[at].signature) for at in listed]
    if definition.kind == "interface":
        lines = question.lines(place.path)[definition.start : definition.end]
        texts = question.rules(place.path).calls("\n".join(lines[:_LONGEST]))
        return [(scene, text) for text in texts]
    if definition.kind in CLASSES:
        names = question.rules(place.path).constructors
        found = (one for name in names for one in members.of_class(question, place, name))
        return [
            (
                Scene(one.path, one.at, value.place, held=value.held),
                question.definition(one).signature,
            )
            for one in found
        ]
    said = bodies.said(question, place).type
    return question.once(("signatures", place), lambda: _functions(question, scene, said))


def _functions(question: Question, scene: Scene, given: str) -> list[Signature]:
    """Give types of functions as they are written, here or where a type's name stands for one."""
    if texts := question.rules(scene.path).calls(given):
        return [(scene, text) for text in texts]
    found: list[Signature] = []
    for value in types.named(question, scene, given) if given else ():
        if isinstance(value, Instance):
            found += signatures(question, value)
    return found


def _nth(question: Question, scene: Scene, signature: str, number: int) -> list[Value]:
    said = _said(question, scene, signature, number)
    return types.named(question, scene, said) if said else []


def _said(question: Question, scene: Scene, signature: str, number: int) -> str:
    listed = list(question.rules(scene.path).parameters(signature).values())
    return listed[number].type if number < len(listed) else ""
