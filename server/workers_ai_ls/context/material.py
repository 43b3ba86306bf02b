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
)

if TYPE_CHECKING:
    from workers_ai_ls.text import Snapshot


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


@attrs.frozen
class Material:
    """All that is known about the code that an action works on; `start` and `end` are offsets."""

    selection: Selection
    start: int
    end: int
    code: str
    scope: Scope | None = None
    headers: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()
    instruction: str = ""
    extra: str = ""
    """What the user's settings add to the prompt of this action."""
    answer_language: str = ""
    tests: TestPlace | None = None

    @property
    def language(self) -> Language:
        """The language of the document."""
        return self.selection.language

    @property
    def original(self) -> str:
        """The text that stands between `start` and `end`; `code` may leave parts of it out."""
        return self.selection.snapshot.text[self.start : self.end]

    @property
    def before(self) -> str:
        """The document above the code."""
        return self.selection.snapshot.text[: self.start]

    @property
    def after(self) -> str:
        """The document below the code."""
        return self.selection.snapshot.text[self.end :]


def gather(selection: Selection, *, instruction: str = "") -> Material:
    """Find the code that the selection means, and what the file says around it."""
    text = selection.snapshot.text
    tree = parse(selection.language, text)
    start, end = expand(tree, text, selection.start, selection.end)
    material = Material(
        selection=selection, start=start, end=end, code=text[start:end], instruction=instruction
    )
    if tree is None:
        return material
    return attrs.evolve(
        material,
        scope=enclosing(tree, start, end),
        headers=tuple(enclosing_headers(tree, start, end)),
        imports=tuple(each.text for each in imports(tree)),
    )
