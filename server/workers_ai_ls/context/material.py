"""What an action works on: the selection as the editor gave it, and what belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from workers_ai_ls.syntax import (
    Language,
    Scope,
    enclosing,
    enclosing_headers,
    expand,
    imports,
    parse,
    scopes_near,
)

from .knowledge import Knowledge

if TYPE_CHECKING:
    from workers_ai_ls.syntax import Tree
    from workers_ai_ls.text import Snapshot

_MOST_NAMES = 20
"""Definitions of a selection to look for in the answer; a whole file may have thousands."""


@attrs.frozen
class Diagnostic:
    """A problem that some server reported in the document; `line` counts from 1."""

    start: int
    end: int
    line: int
    severity: str
    message: str


@attrs.frozen
class Selection:
    """What is selected in the editor: `start` and `end` are offsets, equal for a mere cursor."""

    snapshot: Snapshot
    start: int
    end: int
    language: Language
    path: str = ""
    """As people know the file: relative to the workspace."""
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is only a cursor."""
        return self.start == self.end


@attrs.frozen
class TestPlace:
    """Where tests for the selection go."""

    __test__ = False

    path: str
    """Absolute."""
    name: str
    """As people know the file: relative to the workspace."""
    framework: str
    text: str | None = None
    """What the file holds; None while there is no such file."""
    import_hint: str | None = None
    """How the file's code reaches the code under test; `…` stands for the names."""
    run_command: str = ""
    """A line for a shell that runs all of the file's tests from `folder`; empty where unknown."""
    folder: str = ""
    """The folder of the project, absolute; empty where nothing marks one."""
    inside: bool = False
    """Whether the tests stand in a module of the very file that holds the code, as in Rust."""
    sample: str = ""
    """The text of a neighbouring test file whose style is to be followed, where this one is new."""
    sample_name: str = ""
    """As people know that file."""


@attrs.frozen
class Material:
    """All that is known about the code that an action works on; `start` and `end` are offsets."""

    selection: Selection
    start: int
    end: int
    code: str
    """What the model sees as the code: `original`, or that without an `AI:` comment."""
    scope: Scope | None = None
    """The definition that the code is, or stands in."""
    defines: tuple[str, ...] = ()
    """The names of the outermost definitions in the code."""
    headers: tuple[str, ...] = ()
    """Of the definitions around the code, outermost first."""
    header_lines: tuple[int, ...] = ()
    """The first line of each of them, from 0."""
    imports: tuple[str, ...] = ()
    """The file's import statements outside of the code."""
    import_lines: tuple[int, ...] = ()
    """The first line of each of them, from 0."""
    instruction: str = ""
    extra: str = ""
    """What the user's settings add to the prompt of this action."""
    answer_language: str = ""
    tests: TestPlace | None = None
    knowledge: Knowledge = attrs.field(factory=Knowledge)

    @property
    def language(self) -> Language:
        """The language of the document."""
        return self.selection.language

    @property
    def path(self) -> str:
        """The document's file as what is known calls it; else as people do."""
        return self.knowledge.path or self.selection.path

    @property
    def text(self) -> str:
        """The whole document."""
        return self.selection.snapshot.text

    @property
    def original(self) -> str:
        """The text that stands between `start` and `end`; `code` may leave parts of it out."""
        return self.text[self.start : self.end]

    @property
    def symbol(self) -> str | None:
        """The definition that the code is or stands in, from the outside: `URL.join`."""
        names, scope = [], self.scope
        while scope:
            names.append(scope.name)
            scope = scope.parent
        return ".".join(name for name in reversed(names) if name) or None


def gather(selection: Selection, *, instruction: str = "") -> Material:
    """Find the code that the selection means, and what the file says around it."""
    text = selection.snapshot.text
    tree = parse(selection.language, text)
    start, end = expand(tree, text, selection.start, selection.end)
    return narrowed(
        Material(selection=selection, start=start, end=end, code="", instruction=instruction),
        start,
        end,
    )


def narrowed(material: Material, start: int, end: int) -> Material:
    """Give the material for another range of the same document."""
    tree = parse(material.language, material.text)
    material = attrs.evolve(material, start=start, end=end, code=material.text[start:end])
    if tree is None:
        return material
    line_at = material.selection.snapshot.line_at
    outside = [each for each in imports(tree) if each.end <= start or end <= each.start]
    return attrs.evolve(
        material,
        scope=enclosing(tree, start, end),
        defines=_defined(tree, start, end),
        headers=tuple(enclosing_headers(tree, start, end)),
        header_lines=tuple(line_at(scope.start) for scope in _around(tree, start, end)),
        imports=tuple(each.text for each in outside),
        import_lines=tuple(line_at(each.start) for each in outside),
    )


def _around(tree: Tree, start: int, end: int) -> list[Scope]:
    """List the definitions whose headers `enclosing_headers` gives."""
    code = tree.text[start:end]
    bare = code.strip()
    first = start + code.index(bare)
    last = first + len(bare)
    near = scopes_near(tree, first, last)
    return [scope for scope in near if scope.start < first and last <= scope.end]


def _defined(tree: Tree, start: int, end: int) -> tuple[str, ...]:
    names: list[str] = []
    done = start
    for scope in scopes_near(tree, start, end):
        if len(names) == _MOST_NAMES or scope.start >= end:
            break
        if done <= scope.start and scope.end <= end:
            done = scope.end
            names += [scope.name] if scope.name else []
    return tuple(names)
