"""What is carried through the search for what one piece of code uses."""

import re
from collections.abc import Callable
from typing import Final, NamedTuple, TypeVar

import attrs

from workers_ai_ls.syntax.symbol import Definition
from workers_ai_ls.syntax.uses import Binding
from workers_ai_ls.workspace.resolving.asked import Asked
from workers_ai_ls.workspace.resolving.filed import Filed
from workers_ai_ls.workspace.resolving.rules import Rules
from workers_ai_ls.workspace.resolving.values import Place, Value

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


@attrs.define(eq=False)
class Question:
    """What is known on the way to an answer."""

    asked: Asked
    locals: dict[Place, Local] = attrs.field(factory=dict)
    values: dict[tuple[Scene, str], list[Value]] = attrs.field(factory=dict)
    bases: dict[Place, list[Place]] = attrs.field(factory=dict)
    active: set[object] = attrs.field(factory=set)
    """What is being looked for: to come to it again leads in circles."""
    texts: dict[str, list[str]] = attrs.field(factory=dict)
    reached: dict[Place, set[str]] = attrs.field(factory=dict)
    """Which files another file imports."""
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

    def definition(self, place: Place) -> Definition:
        """Give the definition at a place."""
        return self.asked.filed(place.path).definitions[place.at]

    def lines(self, path: str) -> list[str]:
        """Give the lines of a file, without their ends."""
        if path not in self.texts:
            self.texts[path] = _LINE_END.split(self.asked.text(path))
        return self.texts[path]
