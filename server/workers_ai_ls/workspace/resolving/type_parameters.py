"""What a parameter of types stands for: `T` in a class `Box<T>`."""

from workers_ai_ls.workspace.resolving import evaluating, members, types
from workers_ai_ls.workspace.resolving.filed import HOUSES
from workers_ai_ls.workspace.resolving.question import Question, Scene
from workers_ai_ls.workspace.resolving.values import Foreign, Instance, Place, Thing, Value


def given(question: Question, scene: Scene, at: int, name: str) -> list[Value]:
    """Give the types that a definition's parameter of that name stands for; nothing if it has none.

    That is what the class, seen from the one that was asked, gives its base for it, or what the
    type was made with, or else what the parameter is at least.
    """
    signature = question.definition(Place(scene.path, at)).signature
    if "<" not in signature or name not in signature:
        return []
    parameters = question.rules(scene.path).type_parameters(signature)
    if name not in parameters:
        return []

    def find() -> list[Value]:
        number = list(parameters).index(name)
        found = _by_heir(question, scene, Place(scene.path, at), number)
        found = found or _held(scene, number, len(parameters))
        said = parameters[name]
        inner = Scene(scene.path, at, scene.owner, held=scene.held)
        if not _is_known(found) and said.type:
            found = types.named(question, inner, said.type)
        elif not _is_known(found) and said.value:
            found = evaluating.evaluate(question, inner, said.value)
        return [_type(one) for one in found] or [Foreign()]

    return question.once(("parameter", scene, at, name), find) or [Foreign()]


def _held(scene: Scene, number: int, count: int) -> list[Value]:
    """Give what the type was made with: where each is known, the one; else any."""
    if len(scene.held) == count:
        return [scene.held[number]]
    return list(scene.held) if number < len(scene.held) else []


def _by_heir(question: Question, scene: Scene, base: Place, number: int) -> list[Value]:
    """Look for what a class that was asked gives its base."""
    heir = scene.owner
    if heir is None or heir == base or question.definition(base).kind not in HOUSES:
        return []
    definition = question.definition(heir)
    inner = Scene(heir.path, heir.at, heir, held=scene.held)
    for written in question.rules(heir.path).extended(definition.signature):
        for name in question.rules(heir.path).types(written)[:1]:
            for value in evaluating.evaluate(question, inner._replace(owner=None), name.name):
                if not isinstance(value, Thing):
                    continue
                arguments = question.rules(heir.path).arguments(written)
                own = (
                    question.definition(value.place).qualified
                    == question.definition(base).qualified
                )
                if own and value.place.path == base.path:
                    if number < len(arguments):
                        return types.named(question, inner, arguments[number])
                elif base in members.bases(question, value.place):
                    held = types.named(question, inner, written)
                    more = tuple(h for one in held if isinstance(one, Instance) for h in one.held)
                    outer = scene._replace(owner=value.place, held=more)
                    return _by_heir(question, outer, base, number)
    return []


def _is_known(found: list[Value]) -> bool:
    return any(not isinstance(one, Foreign) or one.held for one in found)


def _type(value: Value) -> Value:
    """Give the class of an object, for it is named as a type."""
    return Thing(value.place, None, value.held) if isinstance(value, Instance) else value
