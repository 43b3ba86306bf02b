"""Which things a type names."""

from collections.abc import Iterable
from typing import Final

from workers_ai_ls.syntax.use_tables import OWN
from workers_ai_ls.workspace.resolving import bodies, evaluating, members
from workers_ai_ls.workspace.resolving.filed import HOUSES
from workers_ai_ls.workspace.resolving.question import Question, Scene
from workers_ai_ls.workspace.resolving.rules import TypeName
from workers_ai_ls.workspace.resolving.values import Foreign, Instance, Module, Place, Thing, Value

_DEEPEST: Final = 12
_MOST: Final = 24


def named(question: Question, scene: Scene, text: str) -> list[Value]:
    """Give objects of the types that are written; `Foreign` for those that are not of the workspace."""

    def find() -> list[Value]:
        read = question.rules(scene.path).types(text)
        return _some(one for it in read for one in _objects(question, scene, it, 0))

    return question.once(("type", scene, text), find)


def aliased(question: Question, place: Place) -> list[Value]:
    """Give objects of the types that a definition is another name for: `A = Union[B, C]`."""
    return question.once(("alias", place), lambda: _aliased(question, place))


def _aliased(question: Question, place: Place) -> list[Value]:
    definition = question.definition(place)
    said = bodies.said(question, place)
    text = said.type if definition.kind == "type" else ""
    if not text:
        text = bodies.text_of(question, place).partition("=")[2]
    found = named(question, Scene(place.path, definition.parent), text) if text else []
    if text.partition("(")[0].strip().rpartition(".")[2] in question.rules(place.path).variables:
        # A variable of types stands for what bounds it, or for anything.
        return [one for value in found if isinstance(value, Foreign) for one in value.held]
    return found


def _objects(question: Question, scene: Scene, name: TypeName, depth: int) -> list[Value]:
    rules = question.rules(scene.path)
    last = name.name.rpartition(".")[2]
    if depth > _DEEPEST:
        return []
    held = _some(
        one for inner in name.arguments for one in _objects(question, scene, inner, depth + 1)
    )
    if last in rules.transparent and held:
        return held
    if last in rules.metatypes and held:
        return [Thing(one.place) if isinstance(one, Instance) else one for one in held]
    if name.name == OWN:
        owner = members.around(question, scene)
        return [Instance(owner)] if owner else [Foreign()]
    found = evaluating.evaluate(question, scene, name.name) if name.name else []
    if name.name and not any(_is_type(question, value) for value in found):
        # A variable may be called as its type is.
        outer = evaluating.evaluate(question, scene._replace(scope=-1, code=None), name.name)
        found = outer if not found or any(_is_type(question, value) for value in outer) else found
    kept = tuple(one for one in held if one != Foreign())
    if any(not isinstance(value, Foreign) for value in found):
        return [one for value in found for one in _object(question, value, kept)]
    inner = (one for value in found if isinstance(value, Foreign) for one in value.held)
    return [Foreign((*kept, *inner))]


def _is_type(question: Question, value: Value) -> bool:
    return isinstance(value, Thing) and question.definition(value.place).kind in HOUSES


def _object(question: Question, value: Value, held: tuple[Value, ...]) -> list[Value]:
    if isinstance(value, Thing):
        kind = question.definition(value.place).kind
        if kind in HOUSES:
            return [Instance(value.place, held or value.held)]
        if kind in {"variable", "constant", "field"}:
            return aliased(question, value.place)
        return []
    if isinstance(value, Module):
        return []
    # A parameter of types may have said what it stands for.
    return [value] if isinstance(value, Instance) else [Foreign((*value.held, *held))]


def _some(values: Iterable[Value]) -> list[Value]:
    return list(dict.fromkeys(values))[:_MOST]
