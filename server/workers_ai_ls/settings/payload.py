"""Finds settings in whatever an editor or a file holds, and names them by their dotted path."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from workers_ai_ls.settings.table import BY_NAME

SECTION = "workersAI"
GROUPS = frozenset(name.rpartition(".")[0] for name in BY_NAME if "." in name)


def from_editor(payload: object) -> Iterator[tuple[str, object]]:
    """Name and value of every setting that an LSP payload holds, known or not; later ones win.

    Editors send `{"workersAI": {…}}`, the bare section, dotted keys, `null`, or a list with one of
    these for each item asked for. Whatever stands beside our section belongs to another server, as
    does a bare object without one key that resembles ours (Eglot sends everybody everything).
    What is none of these is named as if it stood for the whole section.
    """
    pending = [payload]
    while pending:
        one = pending.pop(0)
        if isinstance(one, list | tuple):
            pending[:0] = one
        elif isinstance(one, Mapping):
            yield from _from_object(one)
        elif one is not None:
            yield SECTION, one


def from_file(table: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Name and value of every setting in a file of ours, with or without the section's name."""
    for key, value in table.items():
        if key == SECTION:
            yield from _flat(value) if isinstance(value, Mapping) else _ill_shaped(key, value)
        else:
            yield from _flat({key.removeprefix(f"{SECTION}."): value})


def nearest(name: str) -> str:
    """The setting or group that an unknown name most resembles, or "".

    >>> nearest("prompts.sytem")
    'prompts.system'
    """
    known = {one.lower(): one for one in (*BY_NAME, *GROUPS, SECTION)}
    close = get_close_matches(name[:80].lower(), known, n=1, cutoff=0.75)
    return known[close[0]] if close else ""


def _from_object(one: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    marked = {key: value for key, value in one.items() if _is_marked(key)}
    if marked:
        yield from from_file(marked)
    elif any(nearest(key) for key in one):
        yield from _flat(one)


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        name = f"{prefix}{key}"
        if name in GROUPS and isinstance(value, Mapping):
            yield from _flat(value, f"{name}.")
        elif name in GROUPS:
            yield from _ill_shaped(name, value)
        elif value is not None or name not in BY_NAME:
            # JSON's null is how an editor says that a setting is not set.
            yield name, value


def _ill_shaped(name: str, value: object) -> Iterator[tuple[str, object]]:
    # Lua and Emacs Lisp cannot tell an empty object from an empty list.
    if value is not None and value != []:
        yield name, value


def _is_marked(key: str) -> bool:
    return key == SECTION or key.startswith(f"{SECTION}.")
