"""Definitions chosen for a prompt, each under its class and its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from .knowledge import Known
from .tokens import weight
from .wording import comment, worded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workers_ai_ls.syntax import Language

    from .source import SourceKind
    from .wording import Form, Wording

Key = tuple[str, int, str]
"""What tells definitions apart: file, line, name."""

_FORMS: tuple[Form, ...] = ("header", "documented", "body")


@attrs.frozen
class Entry:
    """A definition as it is listed."""

    known: Known
    form: Form
    kind: SourceKind


@attrs.define
class Listing:
    """What has been chosen so far; `most` is what the header of one definition may take, in tokens.

    `hidden` are definitions that the prompt shows anyway: those around the code.
    """

    language: Language
    most: int
    hidden: frozenset[Key] = frozenset()
    _wordings: dict[tuple[Key, Form], tuple[Wording, int]] = attrs.field(factory=dict)
    """With what each takes, in tokens: to count is what a prompt's making takes longest for."""
    entries: dict[Key, Entry] = attrs.field(factory=dict, init=False)
    _headings: dict[str, int] = attrs.field(factory=dict, init=False)
    _files: set[str] = attrs.field(factory=set, init=False)

    def anew(self) -> Listing:
        """Give one in which nothing is listed yet."""
        return Listing(self.language, self.most, self.hidden, self._wordings)

    def take(
        self, wanted: Sequence[Known], form: Form, room: int, kind: SourceKind = "header"
    ) -> tuple[list[Known], int]:
        """List definitions in turn, up to the first without room; also gives what they take."""
        taken: list[Known] = []
        left = room
        for known in wanted:
            size = self.cost(known, form)
            if size > left:
                break
            self.add(known, form, kind)
            taken.append(known)
            left -= size
        return taken, room - left

    def wording(self, known: Known, form: Form) -> Wording:
        """Word a definition."""
        return self._worded(known, form)[0]

    def cost(self, known: Known, form: Form) -> int:
        """Tokens for listing a definition so, beyond what it is listed with already."""
        before = self.entries.get(key_of(known))
        if before is not None and _FORMS.index(before.form) >= _FORMS.index(form):
            return 0
        spent = self.weight(known, before.form) if before else 0
        more = sum(self.weight(each, "header") for each in self._above(known))
        return self._heading(known.path) + more + max(0, self.weight(known, form) - spent)

    def add(self, known: Known, form: Form, kind: SourceKind) -> None:
        """List a definition, under the headers of what it stands in."""
        for each in self._above(known):
            self.entries[key_of(each)] = Entry(each, "header", kind)
        self._files.add(known.path)
        self.entries[key_of(known)] = Entry(known, form, kind)

    def _above(self, known: Known) -> list[Known]:
        return [
            each
            for each in outer(known)
            if (key := key_of(each)) not in self.entries and key not in self.hidden
        ]

    def _heading(self, path: str) -> int:
        """Tokens for saying in which file what follows stands, unless that is said already."""
        if path in self._files:
            return 0
        if path not in self._headings:
            self._headings[path] = weight(f"\n{heading(path, self.language)}\n")
        return self._headings[path]

    def weight(self, known: Known, form: Form) -> int:
        """Tokens of a definition worded so."""
        return self._worded(known, form)[1]

    def _worded(self, known: Known, form: Form) -> tuple[Wording, int]:
        key = (key_of(known), form)
        if key not in self._wordings:
            wording = worded(known, form, self.language, self.most)
            self._wordings[key] = (wording, weight(f"{wording.text}\n"))
        return self._wordings[key]


def key_of(known: Known) -> Key:
    """What tells the definition from others."""
    return (known.path, known.definition.line, known.definition.name)


def outer(known: Known) -> list[Known]:
    """List what a definition stands in, outermost first."""
    return [
        Known(known.path, outer, distance=known.distance, inside=known.inside[:at])
        for at, outer in enumerate(known.inside)
    ]


def heading(path: str, language: Language) -> str:
    """The line above what a file defines."""
    return f"{comment(language)} {path}"
