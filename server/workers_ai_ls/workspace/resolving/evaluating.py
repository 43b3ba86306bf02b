"""What an expression stands for: a chain of names, calls and elements, followed from its start."""

from collections.abc import Iterable
from typing import Final

from workers_ai_ls.syntax.chains import LITERAL, parts
from workers_ai_ls.syntax.scopes import CALLABLES
from workers_ai_ls.syntax.symbol import Imported
from workers_ai_ls.syntax.uses import Binding
from workers_ai_ls.workspace.resolving import asking, bodies, members, names, types
from workers_ai_ls.workspace.resolving.filed import HOUSES
from workers_ai_ls.workspace.resolving.question import Question, Scene
from workers_ai_ls.workspace.resolving.values import Foreign, Instance, Module, Place, Thing, Value

OF: Final = "$of_"
"""How the name of a binding begins that tells with which types a function is called: `f<Row>()`."""
_MOST: Final = 24
"""Things that one expression may stand for."""


def evaluate(question: Question, scene: Scene, text: str) -> list[Value]:
    """Follow a chain; nothing where it can't be told what it stands for."""
    key = (scene, text)
    if key in question.values:
        return question.values[key]
    found = question.once(key, lambda: _followed(question, scene, text))
    if key not in question.active:
        question.values[key] = found
    return found


def local(question: Question, scene: Scene, name: str) -> list[Value] | None:
    """Give what the scopes around say of a name; None where they don't know it."""
    known = question.locals.get(scene.code) if scene.code else None
    scope = scene.scope
    while known and -1 <= scope < len(known.around):
        if said := known.said.get((scope, name)):
            values = (_said(question, scene._replace(scope=scope), one) for one in said)
            return some(one for found in values for one in found)
        scope = known.around[scope] if scope >= 0 else -2
    return None


def what(question: Question, thing: Thing) -> list[Value]:
    """Give what a definition stands for when something is asked of it, as of a variable."""
    definition = question.definition(thing.place)
    if definition.kind in HOUSES:
        return [thing]
    if definition.kind in CALLABLES:
        return returned(question, thing)
    if definition.kind == "member":
        return (
            [Instance(Place(thing.place.path, definition.parent))] if definition.parent >= 0 else []
        )
    said = bodies.said(question, thing.place)
    scene = bodies.scene_of(question, thing, said.value)._replace(held=thing.held)
    if said.type:
        return types.named(question, scene, said.type)
    return evaluate(question, scene, said.value) if said.value else []


def returned(question: Question, thing: Thing) -> list[Value]:
    """Give what a function returns, as it says or as its body tells."""
    said = bodies.said(question, thing.place)
    scene = Scene(thing.place.path, thing.place.at, thing.owner, held=thing.held)
    if said.type:
        return types.named(question, scene, said.type)
    if said.value:
        return evaluate(question, scene, said.value)
    return some(
        one
        for binding, inner in bodies.returns(question, thing)
        for one in _said(question, inner, binding)
    )


def stands_for(question: Question, place: Place) -> list[Value]:
    """Give what a type's other name stands for."""
    return types.aliased(question, place)


def some(values: Iterable[Value]) -> list[Value]:
    """Take each value once, and no more than a few."""
    return list(dict.fromkeys(values))[:_MOST]


def _followed(question: Question, scene: Scene, text: str) -> list[Value]:
    listed = parts(text)
    values, rest = _start(question, scene, text, listed)
    prefix = "".join(listed[: len(listed) - len(rest)])
    for part in rest:
        prefix = f"{prefix}{part}" if part in {"()", "[]"} else f"{prefix}.{part}"
        if part == "()":
            values = some(one for value in values for one in asking.call(question, value))
        elif part == "[]":
            values = some(one for value in values for one in asking.element(question, value))
        elif part.startswith(OF):
            held = tuple(local(question, scene, part) or ())
            values = [one._replace(held=held) for one in values if isinstance(one, Thing)]
        else:
            narrowed = local(question, scene, prefix) or []
            asked = (one for value in values for one in asking.ask(question, value, part))
            values = some([*narrowed, *asked])
    return values


def _start(
    question: Question, scene: Scene, text: str, listed: list[str]
) -> tuple[list[Value], list[str]]:
    """Give what a chain begins with, and what is asked of that."""
    rules = question.rules(scene.path)
    if listed[0] == LITERAL:
        return [Foreign()], listed[1:]
    for base in rules.base:
        if f"{text}.".startswith(f"{base}.") or (text.startswith(base) and listed[0] == base):
            house = members.around(question, scene)
            found = members.bases(question, house) if house else []
            owners: list[Value] = [Instance(place) for place in found]
            return owners or [Foreign()], listed[len(parts(base)) :]
    values = names.find(question, scene, listed[0])
    if values or not rules.unimported:
        return values, listed[1:]
    return _by_path(question, scene, listed)


def _by_path(question: Question, scene: Scene, listed: list[str]) -> tuple[list[Value], list[str]]:
    """Take the first names for a module that was not imported: `crate::a::f`, `com.acme.Foo`."""
    count = next((at for at, part in enumerate(listed) if part in {"()", "[]"}), len(listed))
    for last in range(count, 0, -1):
        imported = Imported(".".join(listed[:last]), listed[last] if last < count else "")
        if paths := question.modules(scene.path, imported):
            return [Module(tuple(paths), listed[last - 1])], listed[last:]
    return [], []


def _said(question: Question, scene: Scene, binding: Binding) -> list[Value]:
    found: list[Value] = []
    if binding.type:
        found = types.named(question, scene, binding.type)
    elif binding.value:
        found = evaluate(question, scene, binding.value)
    if binding.element:
        return some(one for value in found for one in asking.element(question, value))
    return found
