"""What is known about code beyond its own lines: what it uses, who uses it, how its project does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from workers_ai_ls.syntax.symbol import Definition


@attrs.frozen
class Known:
    """A definition of the workspace that the code has to do with."""

    path: str
    """From the root of the workspace, with slashes."""
    definition: Definition
    uses: int = 0
    """How often the code uses it."""
    certainty: float = 1.0
    """1 where the rules of the language lead to it, less where its name is all that fits."""
    distance: int = 3
    """0 in the class around the code, 1 in its file, 2 in a file that this one imports, 3 elsewhere."""
    text: str = ""
    """Its lines from `start` to `end`; empty where they are many."""
    inside: tuple[Definition, ...] = ()
    """The definitions around it in its file, outermost first."""


@attrs.frozen
class Caller:
    """A place that uses what the code defines. Lines count from 0."""

    path: str
    line: int
    code: str
    """The statement's lines, from `line` on."""
    inside: Definition | None = None
    """The definition that it stands in."""


@attrs.frozen
class ProjectWords:
    """What the project says to whoever changes it, such as its AGENTS.md; nobody has vouched for it."""

    path: str
    text: str


@attrs.frozen
class Knowledge:
    """All of it, each list with the most telling first."""

    used: tuple[Known, ...] = ()
    """What the code uses and does not define itself."""
    members: tuple[Known, ...] = ()
    """The class around the code and its members, in order; those in `used` too."""
    callers: tuple[Caller, ...] = ()
    sibling: Known | None = None
    """A definition of the same sort beside the code, for its style."""
    words: ProjectWords | None = None
    path: str = ""
    """What these call the code's own file, if that differs from what people call it."""
    incomplete: str = ""
    """Why there could be more, in words that follow "because"; empty when this is all."""
