"""One question to the index: what was asked is remembered until it is answered."""

import time
from collections.abc import Callable, Iterable
from typing import Final

import attrs

from workers_ai_ls.syntax import language_for
from workers_ai_ls.syntax.symbol import Definition, FileSymbols, Imported
from workers_ai_ls.workspace.index import Defined, File, Index
from workers_ai_ls.workspace.resolving.filed import Filed
from workers_ai_ls.workspace.resolving.rules import BY_NAME, RULES, Rules

_MOST_NOW: Final = 8
_SECONDS_NOW: Final = 0.06
"""How many files, and for how long, are read at once because the index does not have them yet."""

Ask = Callable[[Index], Iterable[str]]


@attrs.define(eq=False)
class Asked:
    """The `Places` of one question. Without an index it knows the files that it was given only."""

    index: Index | None
    _filed: dict[str, Filed] = attrs.field(factory=dict, init=False)
    _imports: dict[str, list[Imported]] = attrs.field(factory=dict, init=False)
    _files: dict[str, File | None] = attrs.field(factory=dict, init=False)
    _lists: dict[tuple[str, str], list[str]] = attrs.field(factory=dict, init=False)
    _defined: dict[str, list[Defined]] = attrs.field(factory=dict, init=False)
    _texts: dict[str, str] = attrs.field(factory=dict, init=False)
    _rules: dict[str, Rules] = attrs.field(factory=dict)
    """By path; that of the code itself is put here first, as an editor knows its language better."""
    _read: int = attrs.field(default=0, init=False)
    _ends: float = attrs.field(factory=lambda: time.monotonic() + _SECONDS_NOW, init=False)
    _is_complete: bool | None = attrs.field(default=None, init=False)

    def put(self, path: str, found: FileSymbols) -> None:
        """Take what was read of a file just now for what is known of it, whatever the index says."""
        self._files[path] = File(path, language_for("", path).id, found.package)
        self._filed[path] = Filed(found.definitions)
        self._imports[path] = found.imports

    @property
    def is_complete(self) -> bool:
        """Whether the index has been built once."""
        if self._is_complete is None:
            self._is_complete = self.index is None or self.index.is_complete
        return self._is_complete

    def has(self, path: str) -> bool:
        """Whether there is a file of code at a path."""
        return self.file(path) is not None

    def file(self, path: str) -> File | None:
        """Give language and package of the file at a path."""
        if path not in self._files:
            self._files[path] = self._file(path)
        return self._files[path]

    def named(self, name: str) -> list[str]:
        """Find the files of code with that name, in whatever folder, in order."""
        return self._listed("named", name, lambda it: (one.path for one in it.files_named(name)))

    def folder(self, folder: str) -> list[str]:
        """List the files of code that lie in a folder itself, in order."""
        return self._listed("folder", folder, lambda it: (one.path for one in it.files_in(folder)))

    def packaged(self, package: str) -> list[str]:
        """Find the files that say that they belong to a package."""
        return self._listed(
            "package", package, lambda it: (one.path for one in it.files_of(package))
        )

    def text(self, path: str) -> str:
        """Give the text of any file; "" without one."""
        if path not in self._texts:
            self._texts[path] = self.index.text(path) if self.index else ""
        return self._texts[path]

    def definitions(self, path: str) -> list[Definition]:
        """List the definitions of a file, in order."""
        return self.filed(path).definitions

    def imports(self, path: str) -> list[Imported]:
        """List the imports of a file, in order."""
        self.filed(path)
        if path not in self._imports:
            self._imports[path] = self.index.imports_of(path) if self.index else []
        return self._imports[path]

    def filed(self, path: str) -> Filed:
        """Give what is known of a file, for looking up."""
        if path not in self._filed:
            self._filed[path] = self._file_away(path)
        return self._filed[path]

    def defined(self, name: str) -> list[Defined]:
        """Find the definitions of a name in the whole workspace."""
        if name not in self._defined:
            self._defined[name] = self.index.definitions(name) if self.index else []
        return self._defined[name]

    def rules(self, path: str) -> Rules:
        """Give the rules of a file's language."""
        if path not in self._rules:
            self._rules[path] = RULES.get(language_for("", path).id, BY_NAME)
        return self._rules[path]

    def _file(self, path: str) -> File | None:
        known = self.index.file(path) if self.index else None
        if known is None and self._read_now(path):
            return self._files[path]
        return known

    def _file_away(self, path: str) -> Filed:
        definitions = self.index.definitions_in(path) if self.index else []
        if not definitions and self._read_now(path):
            return self._filed[path]
        return Filed(definitions)

    def _read_now(self, path: str) -> bool:
        """Read a file that the index has not come to yet."""
        if (
            self.index is None
            or self.is_complete
            or self._read >= _MOST_NOW
            or time.monotonic() > self._ends
        ):
            return False
        found: FileSymbols | None = self.index.symbols_now(path)
        if found is None:
            return False
        self._read += 1
        self.put(path, found)
        return True

    def _listed(self, kind: str, value: str, ask: Ask) -> list[str]:
        key = (kind, value)
        if key not in self._lists:
            self._lists[key] = list(ask(self.index)) if self.index else []
        return self._lists[key]
