"""What comes of asking a value for a member, of calling it, and of taking what it holds."""

from workers_ai_ls.syntax.scopes import CALLABLES
from workers_ai_ls.workspace.resolving import bodies, evaluating, members, names, types
from workers_ai_ls.workspace.resolving.filed import HOUSES
from workers_ai_ls.workspace.resolving.handed import HANDED, handed, signatures
from workers_ai_ls.workspace.resolving.question import Question, Scene
from workers_ai_ls.workspace.resolving.values import Foreign, Instance, Module, Place, Thing, Value


def ask(question: Question, value: Value, name: str) -> list[Value]:
    """Give a member of a value."""
    return question.once(("ask", value, name), lambda: _ask(question, value, name))


def call(question: Question, value: Value) -> list[Value]:
    """Give what a call of a value gives."""
    return question.once(("call", value), lambda: _call(question, value))


def element(question: Question, value: Value) -> list[Value]:
    """Give what a value holds, as a loop or an index does."""
    return question.once(("element", value), lambda: _element(question, value))


def _ask(question: Question, value: Value, name: str) -> list[Value]:
    if name.startswith(HANDED):
        return handed(question, value, name)
    if isinstance(value, Module):
        return _of_module(question, value, name)
    if isinstance(value, Foreign):
        inner = [one for it in value.held for one in ask(question, it, name)]
        return evaluating.some([*inner, value])
    if isinstance(value, Thing) and not _is_house(question, value.place):
        return _of_thing(question, value, name)
    if name == "__class__":
        return [Thing(value.place)]
    found = members.of_class(question, value.place, name)
    return [Thing(place, value.place, value.held) for place in found] or _passed(
        question, value, name
    )


def _call(question: Question, value: Value) -> list[Value]:
    if isinstance(value, Foreign):
        return [value]
    if isinstance(value, Module):
        whole = question.rules(value.paths[0]).whole
        inner = names.of_module(question, value, whole) if whole else []
        return evaluating.some(one for it in inner for one in call(question, it))
    if isinstance(value, Instance):
        return _called(question, value)
    kind = question.definition(value.place).kind
    if kind in HOUSES or kind == "member":
        return [Instance(value.place, value.held)]
    if kind in CALLABLES:
        return evaluating.returned(question, value)
    return evaluating.some(
        one for it in evaluating.what(question, value) if it != value for one in call(question, it)
    )


def _element(question: Question, value: Value) -> list[Value]:
    if isinstance(value, Foreign):
        return [*value.held, value]
    if isinstance(value, Module):
        return []
    if isinstance(value, Thing):
        kind = question.definition(value.place).kind
        if kind == "member":
            said = bodies.said(question, value.place)
            scene = Scene(value.place.path, value.place.at)
            given = types.named(question, scene, said.type) if said.type else []
            return evaluating.some(one for it in given for one in element(question, it))
        if kind in HOUSES:
            # `Client[int]` is the class itself; of an enumeration it gives a member.
            return [value]
        return evaluating.some(
            one
            for it in evaluating.what(question, value)
            if it != value
            for one in element(question, it)
        )
    rules = question.rules(value.place.path)
    found: list[Value] = [*value.held]
    if question.definition(value.place).kind == "type":
        others = evaluating.stands_for(question, value.place)
        found += [one for it in others for one in element(question, it)]
    for name in rules.elements:
        for place in members.of_class(question, value.place, name):
            for one in evaluating.returned(question, Thing(place, value.place)):
                found += one.held if isinstance(one, Foreign) else [one]
    return evaluating.some(found)


def _of_thing(question: Question, thing: Thing, name: str) -> list[Value]:
    """Ask a variable, a function or a member of an enumeration."""
    if question.definition(thing.place).kind == "member":
        return _of_member(question, thing.place, name)
    if inner := _inside(question, thing.place, name):
        return inner
    given = (it for it in evaluating.what(question, thing) if it != thing)
    return evaluating.some(one for it in given for one in ask(question, it, name))


def _called(question: Question, value: Instance) -> list[Value]:
    if written := signatures(question, value):
        rules = question.rules(value.place.path)
        said = ((scene, rules.given(text)) for scene, text in written)
        return evaluating.some(
            one for scene, it in said if it.type for one in types.named(question, scene, it.type)
        )
    if question.rules(value.place.path).passing:
        # What was passed on by a member, as by `unwrap`, is not really called.
        return [value]
    places = members.of_class(question, value.place, "__call__")
    return evaluating.some(
        one for place in places for one in evaluating.returned(question, Thing(place, value.place))
    )


def _of_module(question: Question, module: Module, name: str) -> list[Value]:
    found = names.of_module(question, module, name)
    whole = question.rules(module.paths[0]).whole
    if found or not whole or name == whole:
        return found
    inner = names.of_module(question, module, whole)
    return evaluating.some(one for it in inner for one in ask(question, it, name))


def _passed(question: Question, value: Thing | Instance, name: str) -> list[Value]:
    """Give what a member that the class does not have comes to: the thing itself, or what it holds."""
    held = value.held if isinstance(value, Instance) else ()
    if name in question.rules(value.place.path).passing:
        return [value, *held]
    # What another name of a type was given, as `Partial<Options>`, is mostly in it.
    is_alias = question.definition(value.place).kind == "type"
    return evaluating.some(one for it in held if is_alias for one in ask(question, it, name))


def _of_member(question: Question, place: Place, name: str) -> list[Value]:
    """Ask a member of an enumeration: for what it holds, then for what they all have."""
    if inner := _inside(question, place, name):
        return inner
    parent = question.definition(place).parent
    return ask(question, Instance(Place(place.path, parent)), name) if parent >= 0 else []


def _inside(question: Question, place: Place, name: str) -> list[Value]:
    """Look for a name right in a definition, as in an object that a variable is set to."""
    if question.definition(place).kind in CALLABLES:
        return []
    filed = question.filed(place.path)
    inner = filed.outline.children.get(place.at, ())
    return [Thing(Place(place.path, at)) for at in inner if filed.definitions[at].name == name]


def _is_house(question: Question, place: Place) -> bool:
    return question.definition(place).kind in HOUSES
