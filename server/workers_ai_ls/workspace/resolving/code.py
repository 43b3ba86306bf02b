"""The code that a question is about."""

from typing import NamedTuple

from workers_ai_ls.syntax import Language


class Code(NamedTuple):
    """A range of a text."""

    path: str
    """From the root of the workspace, with slashes; the name alone of a file outside of it."""
    language: Language
    text: str
    start: int
    end: int
    """Offsets of the code that an action works on."""
