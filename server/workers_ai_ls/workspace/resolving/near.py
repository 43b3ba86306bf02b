"""How far definitions are from a piece of code."""

from functools import cached_property

from workers_ai_ls.syntax.symbol import Definition
from workers_ai_ls.workspace.resolving import imports
from workers_ai_ls.workspace.resolving.question import Question
from workers_ai_ls.workspace.resolving.values import Module, Place, Thing


class Near:
    """What is near to the code whose first line is given."""

    def __init__(self, question: Question, first: int) -> None:
        self._question = question
        self._path = question.code.path
        filed = question.filed(self._path)
        self._house = filed.house(filed.inside(first))

    def distance(self, place: Place) -> int:
        """Give a `Known.distance`."""
        if place.path != self._path:
            return 2 if place.path in self._imported else 3
        outward = self._question.filed(place.path).outward(place.at)
        return 0 if self._house >= 0 and self._house in outward else 1

    def inside(self, place: Place) -> tuple[Definition, ...]:
        """Give the definitions around one, outermost first."""
        filed = self._question.filed(place.path)
        around = list(filed.outward(filed.definitions[place.at].parent))
        return tuple(filed.definitions[at] for at in reversed(around))

    @cached_property
    def _imported(self) -> set[str]:
        """The files that the code's file imports."""
        found: set[str] = set()
        for imported in self._question.asked.imports(self._path):
            for value in imports.leads_to(self._question, self._path, imported):
                if isinstance(value, Module):
                    found.update(value.paths)
                elif isinstance(value, Thing):
                    found.add(value.place.path)
        return found
