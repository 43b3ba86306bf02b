"""What a name stands for that a file has from others."""

from typing import Final

from workers_ai_ls.syntax.symbol import Imported
from workers_ai_ls.workspace.resolving import names
from workers_ai_ls.workspace.resolving.question import Question
from workers_ai_ls.workspace.resolving.values import Foreign, Module, Value

_MOST_INCLUDED: Final = 3
"""Definitions of one name that come by different includes: `#ifdef` chooses among them."""


def brought(
    question: Question, path: str, name: str, seen: frozenset[str] = frozenset()
) -> list[Value]:
    """Find what a file has by a name that it imports, or that comes with all names of a module.

    `seen` is what has been looked at on the way here, as a module may hand on what it has from
    the one that asks.
    """
    if seen:
        return _handed_on(question, path, name, seen) or _starred(question, path, name, seen)
    key = (path, name)
    if key not in question.brought:
        found = _handed_on(question, path, name, seen)
        question.brought[key] = found or _starred(question, path, name, seen)
    return question.brought[key]


def leads_to(
    question: Question, path: str, imported: Imported, seen: frozenset[str] = frozenset()
) -> list[Value]:
    """Find what an import brings in; `Foreign` for what is not of the workspace."""
    if not imported.module and imported.reexport and not imported.level:
        return names.tops(question, path, imported.name)
    files = question.modules(path, imported)
    if not files:
        return [Foreign()]
    last = imported.module.replace("::", ".").replace("/", ".").rpartition(".")[2]
    module = Module(tuple(files), last)
    if imported.name in {"", "*"}:
        return [module]
    return names.of_module(question, module, imported.name, seen)


def _handed_on(question: Question, path: str, name: str, seen: frozenset[str]) -> list[Value]:
    """Look at the imports of a file that give it a name."""
    found: list[Value] = []
    for imported in question.imported(path).get(name, ()):
        found += [one for one in leads_to(question, path, imported, seen) if one not in found]
    # One of several ways to come by a name may lead into the workspace.
    return [one for one in found if not isinstance(one, Foreign)] or found


def _starred(question: Question, path: str, name: str, seen: frozenset[str]) -> list[Value]:
    """Look in the modules of which a file has all names; of those that it includes, in several."""
    is_open = question.rules(path).open_enums
    found: list[Value] = []
    for module in _all_of(question, path):
        inner = names.of_module(question, module, name, seen)
        found += [one for one in inner if one not in found]
        if found and (not is_open or len(found) >= _MOST_INCLUDED):
            break
    return found


def _all_of(question: Question, path: str) -> list[Module]:
    """List the modules of which a file has all names, each once."""
    if path not in question.starred:
        starred = (one for one in question.imported(path).get("*", ()) if one.name == "*")
        led = (value for one in starred for value in leads_to(question, path, one))
        question.starred[path] = list(dict.fromkeys(it for it in led if isinstance(it, Module)))
    return question.starred[path]
