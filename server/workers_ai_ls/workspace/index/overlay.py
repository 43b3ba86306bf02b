"""What an index knows better than its tables: open buffers, which win over the disk."""

from collections.abc import Iterator

import attrs

from workers_ai_ls.syntax import Language, language_for
from workers_ai_ls.syntax.symbol import FileSymbols
from workers_ai_ls.syntax.symbol_references import may_use
from workers_ai_ls.syntax.symbols_known import known_symbols
from workers_ai_ls.syntax.tree import at_hand
from workers_ai_ls.workspace.index.choosing import LARGEST, language_of
from workers_ai_ls.workspace.index.extracting import NOTHING, symbols_of
from workers_ai_ls.workspace.index.found import Defined, File, Importing, User
from workers_ai_ls.workspace.index.storing import tail_of


@attrs.define
class Buffer:
    """A text that is open; it is read when somebody asks, so a key pressed costs nothing."""

    path: str
    text: str
    _found: FileSymbols | None = None
    _language: Language | None = None
    """Once that was found; None where the text is not worth indexing."""

    @property
    def file(self) -> File:
        """The file that it is the text of."""
        return File(self.path, language_for("", self.path).id, self.symbols.package)

    @property
    def symbols(self) -> FileSymbols:
        """What is in it; marks may be left out."""
        if self._found is None:
            # Half of a character may come over JSON; it is none of anybody's names.
            content = self.text.encode(errors="replace")
            language = language_of(self.path, content) if len(content) <= LARGEST else None
            tree = at_hand(language, self.text) if language else None
            found = known_symbols(tree) if tree else None
            if found is None:
                found = symbols_of(language, content) if language else NOTHING
            self._found, self._language = found, language
        return self._found

    def defined(self, name: str) -> Iterator[Defined]:
        """Find the definitions of a name."""
        return (Defined(self.path, one) for one in self.symbols.definitions if one.name == name)

    def importing(self, column: str, value: str) -> Iterator[Importing]:
        """Find the imports by the last part of their module (`tail`), or by the `name` in it."""
        language = language_for("", self.path).id
        for one in self.symbols.imports:
            tail = tail_of(language, one.module) or one.name
            if (tail if column == "tail" else one.name) == value:
                yield Importing(self.path, one)

    def user(self, name: str) -> User | None:
        """Give it as one that uses a name, if it may."""
        bones = self.symbols.bones
        grammar = self._language.grammar if self._language else None
        if grammar is None or not may_use(grammar, bones, name):
            return None
        own = frozenset(one.line for one in self.symbols.definitions if one.name == name)
        return User(self.path, name, bones, own)
