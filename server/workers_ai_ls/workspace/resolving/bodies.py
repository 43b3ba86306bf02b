"""What definitions say of themselves, in their signatures and, where these are silent, in their bodies."""

from textwrap import dedent
from typing import Final

from workers_ai_ls.syntax import language_for
from workers_ai_ls.syntax.chains import parts
from workers_ai_ls.syntax.scopes import CALLABLES
from workers_ai_ls.syntax.tree import parse_once
from workers_ai_ls.syntax.use_tables import Said
from workers_ai_ls.syntax.uses import RETURNED, Binding, Uses, bindings, has_uses
from workers_ai_ls.workspace.resolving.question import MOST_PARSED, Local, Question, Scene
from workers_ai_ls.workspace.resolving.values import Place, Thing

_LONGEST: Final = 200
"""Lines of a function that is read for what it returns."""
_LONGEST_VALUE: Final = 40
"""Lines of a value that is read whole."""


def said(question: Question, place: Place) -> Said:
    """Give what a definition says that it is or returns."""
    definition = question.definition(place)
    if definition.kind not in CALLABLES and definition.end - definition.start > 1:
        definition = definition._replace(signature=text_of(question, place).strip())
    return question.rules(place.path).said(definition)


def text_of(question: Question, place: Place) -> str:
    """Give the lines of a definition."""
    definition = question.definition(place)
    if definition.end - definition.start <= 1:
        return definition.signature
    last = min(definition.end, definition.start + _LONGEST_VALUE)
    return "\n".join(question.lines(place.path)[definition.start : last])


def scene_of(question: Question, thing: Thing, value: str) -> Scene:
    """Give where the value of a variable or an attribute stands."""
    path, at = thing.place
    filed = question.filed(path)
    definition = filed.definitions[at]
    function = max(
        (
            one
            for one in filed.outline.children.get(definition.parent, ())
            if filed.definitions[one].kind in CALLABLES
            and filed.definitions[one].start <= definition.line < filed.definitions[one].end
        ),
        default=-1,
    )
    if function < 0 or not value:
        return Scene(path, definition.parent, thing.owner)
    whole = Place(path, function)
    parameters = question.rules(path).parameters(filed.definitions[function].signature)
    first = parts(value)[0]
    if whole not in question.locals and first in parameters and parameters[first].type:
        one = parameters[first]
        binding = Binding(first, one.type, one.value, one.element, 0, 0)
        return Scene(path, function, thing.owner, 0, _kept(question, path, at, [binding]))
    if first in filed.outline.top or read(question, whole) is None:
        return Scene(path, function, thing.owner)
    return Scene(path, function, thing.owner, 1, whole)


def returns(question: Question, thing: Thing) -> list[tuple[Binding, Scene]]:
    """Give what the body of a function returns, and where that stands."""
    known = read(question, thing.place)
    if known is None:
        return []
    # The function is the outermost scope in what was read.
    found = known.said.get((1, RETURNED), ())
    return [(one, Scene(*thing.place, thing.owner, 1, thing.place)) for one in found]


def laid_out(found: Uses) -> Local:
    """Group bindings by their scopes and names."""
    said: dict[tuple[int, str], list[Binding]] = {}
    for one in found.bindings:
        said.setdefault((one.scope, one.name), []).append(one)
    return Local(said, found.around)


def _kept(question: Question, path: str, at: int, said: list[Binding]) -> Place:
    place = Place(path, -2 - at)
    question.locals[place] = laid_out(Uses([], said, [-1]))
    return place


def read(question: Question, place: Place) -> Local | None:
    """Read the bindings of a function; None if that is too much."""
    if place in question.locals:
        return question.locals[place]
    definition = question.definition(place)
    language = language_for("", place.path)
    if (
        not has_uses(language)
        or question.parsed >= MOST_PARSED
        or definition.end - definition.start > _LONGEST
        or definition.kind not in CALLABLES
    ):
        return None
    question.parsed += 1
    lines = question.lines(place.path)[definition.start : definition.end]
    text = dedent("\n".join(lines))
    tree = parse_once(language, text)
    if tree is None:
        return None
    question.locals[place] = laid_out(bindings(tree))
    return question.locals[place]
