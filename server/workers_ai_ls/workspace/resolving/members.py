"""The members of classes, with those that they have from their bases."""

from typing import Final

from workers_ai_ls.syntax.symbol import Definition
from workers_ai_ls.workspace.resolving import evaluating, names
from workers_ai_ls.workspace.resolving.filed import HOUSES
from workers_ai_ls.workspace.resolving.question import Question, Scene
from workers_ai_ls.workspace.resolving.values import Foreign, Instance, Place, Thing

_MOST_ALTERNATIVES: Final = 24
"""Of how many types another name may stand for each."""
_MOST_BASES: Final = 60
"""Classes that are looked through for one member."""


def of_class(question: Question, place: Place, name: str) -> list[Place]:
    """Find a member in a class, or in the nearest of its bases that has it."""
    return question.once(("member", place, name), lambda: _of_class(question, place, name))


def itself(question: Question, place: Place) -> Place:
    """Give the type that a block implements; of anything else, itself."""
    definition = question.definition(place)
    if definition.kind != "impl":
        return place
    filed = question.filed(place.path)
    for at in filed.outline.by_qualified.get(definition.qualified, ()):
        if filed.definitions[at].kind != "impl":
            return Place(place.path, at)
    for value in names.find(question, Scene(place.path, -1), definition.name):
        if isinstance(value, Thing) and question.definition(value.place).kind != "impl":
            return value.place
    return place


def bases(question: Question, place: Place) -> list[Place]:
    """Give the classes of the workspace that a class names as its bases, in order."""
    if place not in question.bases:
        question.bases[place] = []
        question.bases[place] = _bases(question, place, question.definition(place))
    return question.bases[place]


def around(question: Question, scene: Scene) -> Place | None:
    """Give the class that code stands in; of a method outside of it, the one that its name tells."""
    if scene.owner:
        return scene.owner
    filed = question.filed(scene.path)
    house = filed.house(scene.inside)
    if house >= 0 and filed.definitions[house].kind not in {"namespace", "module"}:
        return itself(question, Place(scene.path, house))
    for at in filed.outward(scene.inside):
        name = filed.definitions[at].qualified.rpartition(".")[0]
        if name and filed.definitions[at].kind not in HOUSES:
            same = [
                one
                for one in filed.outline.by_qualified.get(name, ())
                if filed.definitions[one].kind in HOUSES
            ]
            if same:
                return Place(scene.path, same[0])
            values = names.find(question, Scene(scene.path, -1), name.rpartition(".")[2])
            return next((one for value in values for one in _classes(question, value)), None)
    return None


def _of_class(question: Question, place: Place, name: str) -> list[Place]:
    waiting = [place]
    seen: set[Place] = set()
    while waiting and len(seen) < _MOST_BASES:
        one = waiting.pop(0)
        if one in seen:
            continue
        seen.add(one)
        if found := _own(question, one, name):
            return found
        inner = bases(question, one)
        if question.definition(one).kind == "type" and len(inner) > 1:
            # Another name for several types may be any of them.
            listed = (
                place for it in inner[:_MOST_ALTERNATIVES] for place in of_class(question, it, name)
            )
            if found := list(dict.fromkeys(listed)):
                return found
        waiting = inner + waiting
    return []


def _bases(question: Question, place: Place, definition: Definition) -> list[Place]:
    filed = question.filed(place.path)
    found: list[Place] = []
    scene = Scene(place.path, definition.parent)
    for at in filed.outline.by_qualified.get(definition.qualified, [place.at]):
        for name in filed.definitions[at].bases.replace("::", ".").replace("\\", ".").split():
            for value in evaluating.evaluate(question, scene, name.strip(".")):
                found += [one for one in _classes(question, value) if one not in found]
    values = evaluating.stands_for(question, place) if definition.kind == "type" else []
    for at in _delegates(question, place):
        values = values + evaluating.stands_for(question, Place(place.path, at))
    for value in values:
        held = value.held if isinstance(value, Instance | Foreign) else ()
        for inner in (value, *(held if definition.kind == "type" else ())):
            found += [one for one in _classes(question, inner) if one not in found]
    return [one for one in found if one != place]


def _delegates(question: Question, place: Place) -> list[int]:
    """Give the members of a class that tell what else it is to be asked: Rust's `Target` of `Deref`."""
    wanted = question.rules(place.path).delegates
    if not wanted:
        return []
    filed = question.filed(place.path)
    same = filed.outline.by_qualified.get(filed.definitions[place.at].qualified, [place.at])
    inner = (at for one in same for at in filed.outline.children.get(one, ()))
    return [at for at in inner if filed.definitions[at].name in wanted]


def _classes(question: Question, value: object) -> list[Place]:
    if isinstance(value, Instance):
        return [value.place]
    if not isinstance(value, Thing):
        return []
    if question.definition(value.place).kind in HOUSES:
        return [value.place]
    inner = evaluating.what(question, value)
    return [
        one.place
        for one in inner
        if isinstance(one, Thing) and question.definition(one.place).kind in HOUSES
    ]


def _own(question: Question, place: Place, name: str) -> list[Place]:
    filed = question.filed(place.path)
    definition = filed.definitions[place.at]
    # Blocks that implement a type, and what merges with it, bear its name.
    same = filed.outline.by_qualified.get(definition.qualified, [place.at])
    found = [
        at
        for one in same
        for at in filed.outline.children.get(one, ())
        if filed.definitions[at].name == name
        and (definition.kind != "namespace" or filed.outline.is_child(at))
    ]
    found = found or filed.outline.by_qualified.get(f"{definition.qualified}.{name}", [])
    if found:
        return [Place(place.path, at) for at in found]
    if question.rules(place.path).scattered:
        return _scattered(question, place, definition, name)
    return []


def _scattered(question: Question, place: Place, definition: Definition, name: str) -> list[Place]:
    """Look for a member in the other files of the folder."""
    folder = place.path.rpartition("/")[0]
    wanted = f"{definition.name}.{name}"
    return [
        Place(one.path, at)
        for one in question.asked.defined(name)
        if one.path != place.path
        and one.path.rpartition("/")[0] == folder
        and f".{one.definition.qualified}".endswith(f".{wanted}")
        for at in question.filed(one.path).outline.by_qualified.get(one.definition.qualified, ())
        if question.filed(one.path).definitions[at] == one.definition
    ]
