"""What a piece of code has to do with, as prompts take it."""

import re
from typing import Final

import attrs

from workers_ai_ls.context import Knowledge, Known
from workers_ai_ls.syntax import parse
from workers_ai_ls.syntax.symbol import Definition
from workers_ai_ls.syntax.symbols import symbols
from workers_ai_ls.syntax.uses import uses
from workers_ai_ls.workspace.index import Index
from workers_ai_ls.workspace.resolving import bodies, names
from workers_ai_ls.workspace.resolving.asked import Asked
from workers_ai_ls.workspace.resolving.callers import callers
from workers_ai_ls.workspace.resolving.code import Code
from workers_ai_ls.workspace.resolving.filed import HOUSES, Filed
from workers_ai_ls.workspace.resolving.question import Question, Scene
from workers_ai_ls.workspace.resolving.rules import BY_NAME, RULES
from workers_ai_ls.workspace.resolving.siblings import sibling
from workers_ai_ls.workspace.resolving.targets import targets
from workers_ai_ls.workspace.resolving.values import Module, Place, Thing

_MOST_TEXTS: Final = 25
_LONGEST_TEXT: Final = 40
"""How many definitions come with their text, and how many lines that may have."""
_UNFINISHED: Final = "the workspace is still being read"

_LINE_END: Final = re.compile(r"\r\n|\r|\n")


def knowledge_of(index: Index | None, code: Code) -> Knowledge:
    """Find what a piece of code uses, who uses it, and what is like it.

    It takes milliseconds, and never fails: what can't be found is not in the answer. Without an
    index it knows the code's own file.
    """
    rules = RULES.get(code.language.id, BY_NAME)
    asked = Asked(index, {code.path: _own_file(index, code)}, {code.path: rules})
    question = Question(asked)
    question.texts[code.path] = _LINE_END.split(code.text)
    first, last = _line(code.text, code.start), _line(code.text, max(code.start, code.end - 1))
    incomplete = "" if asked.is_complete else _UNFINISHED
    return Knowledge(
        _used(question, code, first, last),
        _members(question, code, first, last),
        callers(question, code, first, last),
        sibling(question, code, first, last),
        incomplete=incomplete,
    )


def _own_file(index: Index | None, code: Code) -> Filed:
    """Give the symbols of the text itself, from the index if it has that text already."""
    found = index.symbols_of(code.path, code.text) if index else None
    found = found or symbols(code.language, code.text.encode(errors="replace"))
    return Filed(found.definitions, found.imports, found.package) if found else Filed([], [])


def _used(question: Question, code: Code, first: int, last: int) -> tuple[Known, ...]:
    tree = parse(code.language, code.text)
    if tree is None:
        return ()
    found = uses(tree, code.start, code.end)
    whole = Place(code.path, -1)
    question.locals[whole] = bodies.laid_out(found)
    filed = question.filed(code.path)
    counted: dict[Place, tuple[int, float]] = {}
    for use in found.uses:
        inside = filed.inside(_line(code.text, use.start))
        scene = Scene(code.path, inside, None, use.scope, whole)
        for place, certainty in targets(question, scene, use):
            times, known = counted.get(place, (0, 0.0))
            counted[place] = (times + use.times, max(known, certainty))
    near = _Near(question, code, first)
    listed = [
        Known(
            place.path,
            question.definition(place),
            times,
            certainty,
            near.distance(place),
            inside=near.inside(place),
        )
        for place, (times, certainty) in counted.items()
        if place.path != code.path or not first <= question.definition(place).line <= last
    ]
    listed.sort(
        key=lambda one: (
            one.certainty < 0.5,  # noqa: PLR2004 - what rules led to
            -one.uses,
            one.distance,
            -one.certainty,
            one.path,
            one.definition.line,
        )
    )
    return tuple(
        attrs.evolve(one, text=_text(question, one)) if at < _MOST_TEXTS else one
        for at, one in enumerate(listed)
    )


@attrs.frozen
class _Near:
    """How far definitions are from the code."""

    question: Question
    code: Code
    first: int

    def distance(self, place: Place) -> int:
        """Give a `Known.distance`."""
        if place.path != self.code.path:
            return 2 if place.path in self.imported else 3
        filed = self.question.filed(place.path)
        house = filed.house(filed.inside(self.first))
        return 0 if house >= 0 and house in filed.outward(place.at) else 1

    @property
    def imported(self) -> set[str]:
        """Give the files that the code's file imports."""
        key = Place(self.code.path, -1)
        if key not in self.question.reached:
            found: set[str] = set()
            for imported in self.question.filed(self.code.path).imports:
                for value in names.of_import(self.question, self.code.path, imported):
                    if isinstance(value, Module):
                        found.update(value.paths)
                    elif isinstance(value, Thing):
                        found.add(value.place.path)
            self.question.reached[key] = found
        return self.question.reached[key]

    def inside(self, place: Place) -> tuple[Definition, ...]:
        """Give the definitions around one, outermost first."""
        filed = self.question.filed(place.path)
        around = list(filed.outward(filed.definitions[place.at].parent))
        return tuple(filed.definitions[at] for at in reversed(around))


def _members(question: Question, code: Code, first: int, last: int) -> tuple[Known, ...]:
    """List the class around the code and its members, but for what is in the code."""
    filed = question.filed(code.path)
    house = _house_around(filed, first, last)
    if house < 0:
        return ()
    near = _Near(question, code, first)
    return tuple(
        Known(
            code.path, filed.definitions[at], distance=0, inside=near.inside(Place(code.path, at))
        )
        for at in (house, *filed.children.get(house, ()))
        if not first <= filed.definitions[at].line <= last
    )


def _house_around(filed: Filed, first: int, last: int) -> int:
    """Give the innermost class that holds all of the lines and more; -1 for none."""
    return max(
        (
            at
            for at, one in enumerate(filed.definitions)
            if one.kind in HOUSES
            and one.start <= first
            and last < one.end
            and not first <= one.line <= last
        ),
        default=-1,
    )


def _text(question: Question, known: Known) -> str:
    start, end = known.definition.start, known.definition.end
    if end - start > _LONGEST_TEXT:
        return ""
    return "\n".join(question.lines(known.path)[start:end])


def _line(text: str, offset: int) -> int:
    """Count the lines before an offset."""
    return text.count("\n", 0, offset) + text.count("\r", 0, offset) - text.count("\r\n", 0, offset)
