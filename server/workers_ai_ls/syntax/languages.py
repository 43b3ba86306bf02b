"""Which language a document is in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from .grammatical import GRAMMATICAL
from .plain import PLAIN, UNKNOWN

if TYPE_CHECKING:
    from .language import Language

LANGUAGES = (*GRAMMATICAL, *PLAIN, UNKNOWN)

_BY_ID = {name: language for language in LANGUAGES for name in (language.id, *language.aliases)}
_BY_FILE = {name: language for language in LANGUAGES for name in language.extensions}

_NAME = re.compile(r"[^\w+#.\- ]")
_LONGEST_NAME = 40


def language_for(language_id: str, path: str) -> Language:
    """Find the language by the id that the editor sent, else by the file's name.

    `path` may be a path or URI. An id or file that nobody knows gives a language without grammar
    that goes by that id, so nobody needs to ask whether there is a language.
    """
    name = language_id.strip().lower()
    known = _BY_ID.get(name, UNKNOWN)
    found = _by_file(path)
    # Some editors have one id for TypeScript with and without markup, which parse differently.
    if known.id == "typescript" and found and found.id == "typescriptreact":
        return found
    if known is not UNKNOWN:
        return known
    if found:
        return found
    plain = _NAME.sub("", language_id).strip()[:_LONGEST_NAME]
    if name in _BY_ID or not plain:
        return UNKNOWN
    return attrs.evolve(UNKNOWN, id=name, name=plain, fence=plain.lower().replace(" ", "-"))


def _by_file(path: str) -> Language | None:
    """Look up a file's whole name, then its extension."""
    name = re.split(r"[/\\]", path)[-1].lower()
    _, dot, extension = name.rpartition(".")
    return _BY_FILE.get(name) or (_BY_FILE.get(dot + extension) if dot else None)
