"""Which definitions a use leads to."""

from typing import Final, NamedTuple

from workers_ai_ls.syntax.scopes import CALLABLES
from workers_ai_ls.syntax.symbol import Definition
from workers_ai_ls.syntax.uses import Use
from workers_ai_ls.workspace.resolving import asking, evaluating, members, names
from workers_ai_ls.workspace.resolving.filed import HOUSES
from workers_ai_ls.workspace.resolving.question import Question, Scene
from workers_ai_ls.workspace.resolving.values import Foreign, Module, Place, Thing, Value

_SHORTEST: Final = 3
"""Characters of a name that is looked for by itself."""
_MOST_OVERLOADS: Final = 4
"""Definitions of one name that are shown: the first, and the last, which often does the work."""
_CONSTRUCTOR: Final = 0.9
_MOST_ALIKE: Final = 3
"""Definitions of one name among which one may be meant; of more, any is as good as none."""


class Target(NamedTuple):
    """A definition that a use leads to."""

    place: Place
    certainty: float


def targets(question: Question, scene: Scene, use: Use) -> list[Target]:
    """Find the definitions that a name may stand for: by the rules of its language, else by name."""
    values = _values(question, scene, use)
    found = list(dict.fromkeys(one.place for one in values if isinstance(one, Thing)))
    if values or found:
        found = _called(question, found, use)
        found = list(dict.fromkeys(members.itself(question, one) for one in found))
        houses = {(one.path, question.definition(one).parent) for one in found}
        are_called = any(question.definition(one).kind in CALLABLES for one in found)
        # What a union has in each of its types is no overload.
        if len(found) > _MOST_OVERLOADS and len(houses) == 1 and are_called:
            found = [*found[: _MOST_OVERLOADS - 1], found[-1]]
        made = (_made(question, one) if use.call else [] for one in found)
        return [
            *(Target(place, 1.0) for one in found for place in _with_twins(question, one)),
            *(Target(place, _CONSTRUCTOR) for listed in made for place in listed),
        ]
    return _by_name(question, scene, use)


def _values(question: Question, scene: Scene, use: Use) -> list[Value]:
    if use.receiver is None:
        # It is the thing itself that is meant, not what a test around says of it.
        found = names.find(question, scene._replace(scope=-1, code=None), use.name)
        # A namespace can't be called, so it is what `module.exports = f` says.
        return [*found, *(one for it in found if use.call for one in _whole(question, it))]
    receivers = evaluating.evaluate(question, scene, use.receiver) if use.receiver else []
    asked = [one for it in receivers for one in asking.ask(question, it, use.name)]
    # What is known not to have such a member keeps others of that name away.
    return asked or ([Foreign()] if receivers else [])


def _whole(question: Question, value: Value) -> list[Value]:
    """Give what a module is when it is used as a value: `module.exports = f`."""
    whole = question.rules(value.paths[0]).whole if isinstance(value, Module) else ""
    return names.of_module(question, value, whole) if isinstance(value, Module) and whole else []


def _called(question: Question, found: list[Place], use: Use) -> list[Place]:
    """Where a field and a method of a class bear one name, keep those that are used as this one is."""
    found = [one for one in found if question.definition(one).kind != "namespace"]
    houses = {question.definition(one).qualified for one in found}
    if use.receiver is None or len(houses) > 1:
        return found
    kept = [
        one for one in found if (question.definition(one).kind in CALLABLES | HOUSES) == use.call
    ]
    return kept or found


def _made(question: Question, place: Place) -> list[Place]:
    """Give what constructs an object of a class."""
    definition = question.definition(place)
    if definition.kind not in HOUSES:
        return []
    wanted = (*question.rules(place.path).constructors, definition.name)
    return [one for name in wanted for one in members.of_class(question, place, name)]


def _with_twins(question: Question, place: Place) -> list[Place]:
    rules = question.rules(place.path)
    twins = rules.twins(question.asked, place.path, question.definition(place))
    return [*(one for path, it in twins for one in _places(question, path, it)), place]


def _places(question: Question, path: str, definition: Definition) -> list[Place]:
    filed = question.filed(path)
    listed = filed.outline.by_qualified.get(definition.qualified, ())
    return [Place(path, at) for at in listed if filed.definitions[at].line == definition.line]


def _by_name(question: Question, scene: Scene, use: Use) -> list[Target]:
    """Look for a name alone, nearest files first; the fewer there are, the likelier it is."""
    rules = question.rules(scene.path)
    name = use.name
    if (
        not rules.by_name
        or len(name) < _SHORTEST
        or name.startswith("__")
        or name in rules.common
        or name in rules.builtins
        or (scene.scope >= 0 and use.receiver is None)
    ):
        return []
    alike = [
        one
        for one in question.asked.defined(name)
        if question.rules(one.path) is rules and _fits(one.definition, use)
    ]
    own = [one for one in alike if one.path == scene.path]
    chosen = own or alike
    if len(chosen) > _MOST_ALIKE:
        return []
    certainty = (0.45 if own else 0.4) / max(1, len(chosen))
    return [
        Target(place, certainty)
        for one in chosen
        for place in _places(question, one.path, one.definition)
    ]


def _fits(definition: Definition, use: Use) -> bool:
    if use.receiver is None:
        return definition.parent < 0 and definition.exported
    return definition.parent >= 0 and (not use.call or definition.kind not in HOUSES)
