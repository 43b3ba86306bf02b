"""A project whose functions are asked about: its lines, its definitions and its gold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workers_ai_ls.context import Selection, gather
from workers_ai_ls.syntax import language_for
from workers_ai_ls.text import snapshot_of

from .context_judging import Header, Lines

if TYPE_CHECKING:
    from pathlib import Path

    from workers_ai_ls.context import Material
    from workers_ai_ls.workspace.index import Index

    from .gold.corpora import Corpus, Row


class Project:
    """The files of a corpus and the headers that they have, read once each."""

    def __init__(self, corpus: Corpus, index: Index) -> None:
        self.corpus, self.index = corpus, index
        files = sorted(
            {row.file for row in corpus.gold}
            | {one.file for row in corpus.gold for one in row.gold}
        )
        self.lines = Lines({file: read(corpus.root / file).split("\n") for file in files})
        self._headers: dict[str, dict[tuple[int, str], Header]] = {}

    def headers(self, file: str) -> dict[tuple[int, str], Header]:
        """All definitions of a file, by line and name, as the index has them."""
        if file not in self._headers:
            listed = self.index.definitions_in(file)
            self._headers[file] = {
                (each.line + 1, each.name): Header(
                    file,
                    each.line + 1,
                    each.name,
                    listed[each.parent].line + 1 if each.parent >= 0 else 0,
                )
                for each in listed
            }
        return self._headers[file]

    def gold(self, row: Row) -> set[Header]:
        """The headers of what a function uses."""
        return {
            self.headers(each.file).get(
                (each.line, each.name), Header(each.file, each.line, each.name)
            )
            for each in row.gold
        }


def material_of(corpus: Corpus, row: Row) -> Material:
    """Select a function, as an editor does that selects its lines."""
    text = read(corpus.root / row.file)
    language = language_for(corpus.language, row.file)
    snapshot = snapshot_of((corpus.root / row.file).as_uri(), language.id, 1, text)
    start = snapshot.line_start(row.start - 1)
    end = snapshot.line_end(row.end - 1)
    return gather(Selection(snapshot, start, end, language, path=row.file))


def read(path: Path) -> str:
    """Give a file's text with plain line ends."""
    return path.read_bytes().decode(errors="replace").replace("\r\n", "\n")
