"""What is known about code between marks, in a small workspace."""

from pathlib import Path

from tests.marked import MARK, marked
from tests.workspace.index.workspaces import write
from workers_ai_ls.context import Knowledge
from workers_ai_ls.syntax import language_for
from workers_ai_ls.workspace.index import open_index
from workers_ai_ls.workspace.resolving import Code, knowledge_of


def knowledge(root: Path, files: dict[str, str]) -> Knowledge:
    """Ask about the code between the marks, in the one file that has any; all files are open."""
    (asked,) = (path for path, text in files.items() if MARK in text)
    code = marked(files[asked])
    plain = files | {asked: code.text}
    index = open_index(write(root / "project", plain), cache=root / "cache")
    for path, text in plain.items():
        index.update(root / "project" / path, text)
    try:
        language = language_for("", asked)
        return knowledge_of(index, Code(asked, language, code.text, code.start, code.end))
    finally:
        index.close()


def used(root: Path, files: dict[str, str]) -> list[str]:
    """Name what the code uses by the rules of its language, sorted: `a.py Client.send`."""
    found = knowledge(root, files).used
    return sorted(
        f"{one.path} {one.definition.qualified}" for one in found if one.certainty > GUESSED
    )


def guessed(root: Path, files: dict[str, str]) -> list[str]:
    """Name what fits by its name alone."""
    found = knowledge(root, files).used
    return sorted(
        f"{one.path} {one.definition.qualified}" for one in found if one.certainty <= GUESSED
    )


GUESSED = 0.5
