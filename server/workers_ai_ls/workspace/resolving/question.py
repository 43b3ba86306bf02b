"""What is carried through the search for what one piece of code uses."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple, TypeVar

import attrs

from workers_ai_ls.syntax.symbol import Definition, Imported
from workers_ai_ls.syntax.uses import Binding
from workers_ai_ls.workspace.resolving.asked import Asked
from workers_ai_ls.workspace.resolving.code import Code
from workers_ai_ls.workspace.resolving.filed import Filed
from workers_ai_ls.workspace.resolving.rules import Rules
from workers_ai_ls.workspace.resolving.values import Module, Place, Value

_MOST_STEPS: Final = 20_000
"""Expressions, types and members that are looked at for one question."""
_DEEPEST: Final = 60
"""Things that are being looked for, each for the one before."""
MOST_PARSED: Final = 24
"""Functions that are read because they don't say what they return."""


T = TypeVar("T")

_LINE_END: Final = re.compile(r"\r\n|\r|\n")


class Local(NamedTuple):
    """What the scopes of a function or a piece of code say of names."""

    said: dict[tuple[int, str], list[Binding]]
    around: list[int]
    """By the number of a scope, that of the one around it."""


class Scene(NamedTuple):
    """Where an expression stands."""

    path: str
    inside: int
    """The innermost definition around it, by its number in the file; -1 for none."""
    owner: Place | None = None
    """The class that `self` is of, where it may be a subclass of the one around."""
    scope: int = -1
    code: Place | None = None
    """Of which function the scopes are, among `Question.locals`; None for none."""
    held: tuple[Value, ...] = ()
    """What parameters of the types around may stand for."""


@attrs.define(eq=False)
class Question:
    """What is known on the way to an answer."""

    asked: Asked
    code: Code
    locals: dict[Place, Local] = attrs.field(factory=dict)
    values: dict[tuple[Scene, str], list[Value]] = attrs.field(factory=dict)
    bases: dict[Place, list[Place]] = attrs.field(factory=dict)
    active: set[object] = attrs.field(factory=set)
    """What is being looked for: to come to it again leads in circles."""
    brought: dict[tuple[str, str], list[Value]] = attrs.field(factory=dict)
    """What a file has by a name that it does not define, by path and name."""
    starred: dict[str, list[Module]] = attrs.field(factory=dict)
    """The modules of which a file has all names, by path."""
    _texts: dict[str, list[str]] = attrs.field(factory=dict, init=False)
    _first: int = attrs.field(default=-1, init=False)
    """The line where the code starts, once that was asked for."""
    _imported: dict[str, dict[str, list[Imported]]] = attrs.field(factory=dict, init=False)
    _modules: dict[tuple[str, Imported], list[str]] = attrs.field(factory=dict, init=False)
    steps: int = 0
    parsed: int = 0

    def once(self, key: object, find: Callable[[], list[T]]) -> list[T]:
        """Find something, unless it is being found already, or much else that it is needed for."""
        self.steps += 1
        if key in self.active or len(self.active) > _DEEPEST or self.steps > _MOST_STEPS:
            return []
        self.active.add(key)
        try:
            return find()
        finally:
            self.active.discard(key)

    def filed(self, path: str) -> Filed:
        """Give what a file holds."""
        return self.asked.filed(path)

    def rules(self, path: str) -> Rules:
        """Give the rules of a file."""
        return self.asked.rules(path)

    def imported(self, path: str) -> dict[str, list[Imported]]:
        """Give the imports of a file, by the names by which it has what they bring in."""
        if path not in self._imported:
            bound = self.rules(path).bound
            known = self._imported[path] = {}
            for one in self.asked.imports(path):
                known.setdefault(bound(self.asked, path, one), []).append(one)
        return self._imported[path]

    def modules(self, path: str, imported: Imported) -> list[str]:
        """Give the files that an import of a file leads to."""
        key = (path, imported)
        if key not in self._modules:
            self._modules[key] = self.rules(path).modules(self.asked, path, imported)
        return self._modules[key]

    def definition(self, place: Place) -> Definition:
        """Give the definition at a place."""
        return self.asked.filed(place.path).definitions[place.at]

    def lines(self, path: str) -> list[str]:
        """Give the lines of a file, without their ends."""
        if path not in self._texts:
            text = self.code.text if path == self.code.path else self.asked.text(path)
            self._texts[path] = _LINE_END.split(text) if "\r" in text else text.split("\n")
        return self._texts[path]

    def line(self, offset: int) -> int:
        """Give the line of the code's text that has an offset."""
        text, start = self.code.text, self.code.start
        if self._first < 0:
            self._first = _breaks(text, 0, start)
        # What is asked for lies in the code, a few lines from where it starts.
        if offset >= start:
            return self._first + _breaks(text, start, offset)
        return _breaks(text, 0, offset)


def _breaks(text: str, start: int, end: int) -> int:
    r"""Count the line breaks that end between two offsets.

    >>> _breaks("a\r\nb\rc\n", 0, 2), _breaks("a\r\nb\rc\n", 2, 7)
    (0, 3)
    """
    feeds = text.count("\n", start, end)
    if "\r" not in text:
        return feeds
    pairs = text.count("\r\n", start, end)
    split = end > start and text.startswith("\r\n", end - 1)
    return feeds + text.count("\r", start, end) - pairs - split
