"""What a name stands for where it is used."""

from typing import Final

from workers_ai_ls.syntax.scopes import CALLABLES
from workers_ai_ls.workspace.resolving import evaluating, imports, members, type_parameters
from workers_ai_ls.workspace.resolving.filed import HOUSES, Filed
from workers_ai_ls.workspace.resolving.question import Question, Scene
from workers_ai_ls.workspace.resolving.values import Foreign, Instance, Module, Place, Thing, Value

_MOST_FILES: Final = 200
"""Files of one module that are looked through for a name."""


def find(question: Question, scene: Scene, name: str) -> list[Value]:
    """Find what a name stands for; nothing where no rule of the language tells."""
    rules = question.rules(scene.path)
    if name in rules.own_class:
        house = members.around(question, scene)
        return [Thing(house)] if house else []
    said = evaluating.local(question, scene, name)
    if said is not None:
        return said
    if name in rules.own:
        house = members.around(question, scene)
        return [Instance(house)] if house else []
    return _in_file(question, scene, name) or (
        [Foreign()] if name in rules.builtins else _in_house(question, scene, name)
    )


def tops(question: Question, path: str, name: str) -> list[Value]:
    """Give what a file has by that name at its top."""
    filed, rules = question.filed(path), question.rules(path)
    places = filed.outline.top.get(name, [])
    types = [at for at in places if filed.definitions[at].kind != "impl"]
    if not places and rules.open_enums:
        places = [
            at
            for at in filed.outline.by_name.get(name, ())
            if filed.definitions[at].kind == "member" and _is_open(filed, at)
        ]
    return [Thing(Place(path, at)) for at in types or places]


def of_module(
    question: Question, module: Module, name: str, seen: frozenset[str] = frozenset()
) -> list[Value]:
    """Find a name in a module: what it defines, hands on, or has as a part."""
    found: list[Value] = []
    for path in module.paths[:_MOST_FILES]:
        key = f"{path} {name}"
        if key in seen:
            continue
        found = _defined_in(question, path, name, module.name)
        found = found or imports.brought(question, path, name, seen | {key})
        if not found and (parts := question.rules(path).submodule(question.asked, path, name)):
            found = [Module(tuple(parts), name)]
        if found:
            return found
    return found


def _defined_in(question: Question, path: str, name: str, module: str) -> list[Value]:
    if found := tops(question, path, name):
        return found
    filed, rules = question.filed(path), question.rules(path)
    all_of_them = (at for listed in filed.outline.top.values() for at in listed)
    places = [
        at
        for at in (all_of_them if rules.whole == name else ())
        if rules.also(filed.definitions[at]) == name
    ]
    # A module may be a type or a block of its file: `Kind::A`.
    places = places or filed.outline.by_qualified.get(f"{module}.{name}", [])
    # Lua's `function M.fill()` belongs to whatever the module hands out.
    loose = (at for at in filed.outline.by_name.get(name, ()) if filed.definitions[at].parent < 0)
    places = places or list(loose)
    return [Thing(Place(path, at)) for at in places]


def _in_file(question: Question, scene: Scene, name: str) -> list[Value]:
    """Look outwards from where it is used."""
    if found := _around(question, scene, name):
        return found
    own = tops(question, scene.path, name)
    brought = imports.brought(question, scene.path, name)
    # What is defined one way and imported another way, as after `except ImportError`, is both.
    found = own + [one for one in brought if not (own and isinstance(one, Foreign))]
    return found or _beside(question, scene, name)


def _is_open(filed: Filed, at: int) -> bool:
    signature = filed.definitions[filed.definitions[at].parent].signature
    return not signature.startswith(("enum class", "enum struct"))


def _around(question: Question, scene: Scene, name: str) -> list[Value]:
    """Look in the functions around, and in the classes where their members are seen by name."""
    filed, rules = question.filed(scene.path), question.rules(scene.path)
    houses = []
    for at in filed.outward(scene.inside):
        if given := type_parameters.given(question, scene, at, name):
            return given
        if filed.definitions[at].kind in HOUSES:
            houses.append(Place(scene.path, at))
        else:
            inner = filed.outline.children.get(at, ())
            if found := [child for child in inner if filed.definitions[child].name == name]:
                return [Thing(Place(scene.path, child)) for child in found]
    if rules.bare_members and (own := members.around(question, scene)) and own not in houses:
        houses.insert(0, own)
    for owner in houses:
        is_open = question.definition(owner).kind in {"module", "namespace"}
        found_at = members.of_class(question, owner, name) if rules.bare_members or is_open else []
        # A bare name means the class, not what constructs it.
        if found_at := [one for one in found_at if not _constructs(question, one)]:
            return [Thing(place, owner) for place in found_at]
    return []


def _constructs(question: Question, place: Place) -> bool:
    definition = question.definition(place)
    listed = question.filed(place.path).definitions
    return (
        definition.kind in CALLABLES
        and definition.parent >= 0
        and definition.name == listed[definition.parent].name
    )


def _beside(question: Question, scene: Scene, name: str) -> list[Value]:
    files = question.rules(scene.path).neighbours(question.asked, scene.path)
    for path in files[:_MOST_FILES]:
        if path != scene.path and (found := tops(question, path, name)):
            return found
    return _shared(question, scene, name)


def _shared(question: Question, scene: Scene, name: str) -> list[Value]:
    """Look in the files whose names all others have."""
    rules = question.rules(scene.path)
    is_shared = rules.is_shared
    if is_shared is None or name in rules.builtins:
        return []
    paths = dict.fromkeys(
        one.path
        for one in question.asked.defined(name)
        if one.definition.parent < 0 and question.rules(one.path) is rules
    )
    shared = (path for path in paths if is_shared(question.asked, path))
    return [one for path in shared for one in tops(question, path, name)]


def _in_house(question: Question, scene: Scene, name: str) -> list[Value]:
    """Look in the class around: what stands right in it, as a decorator does, sees its names."""
    filed = question.filed(scene.path)
    house = filed.house(scene.inside)
    inner = filed.outline.children.get(house, ()) if house >= 0 else ()
    return [Thing(Place(scene.path, at)) for at in inner if filed.definitions[at].name == name]
