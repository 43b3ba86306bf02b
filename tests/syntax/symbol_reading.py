"""How tests ask what symbols a text has, and what they compare."""

from textwrap import dedent

from workers_ai_ls.syntax import language_for
from workers_ai_ls.syntax.symbol import Definition, FileSymbols
from workers_ai_ls.syntax.symbol_references import references
from workers_ai_ls.syntax.symbols import symbols


def read(language_id: str, text: str) -> FileSymbols:
    """Read the symbols of an indented text."""
    found = symbols(language_for(language_id, ""), dedent(text).strip("\n").encode())
    assert found is not None
    return found


def outline(language_id: str, text: str) -> list[str]:
    """List kinds and full names; a hyphen leads what other files can't see."""
    return [
        f"{'' if one.exported else '-'}{one.kind} {one.qualified}"
        for one in read(language_id, text).definitions
    ]


def the(found: FileSymbols, qualified: str) -> Definition:
    """Give the one definition of that name."""
    (one,) = [each for each in found.definitions if each.qualified == qualified]
    return one


def imported(language_id: str, text: str) -> list[str]:
    """List imports as `module:name=alias`, with Python's dots before and ` >` after what is handed on."""
    return [
        f"{'.' * one.level}{one.module}:{one.name}"
        f"{f'={one.alias}' if one.alias else ''}{' >' if one.reexport else ''}"
        for one in read(language_id, text).imports
    ]


def uses(language_id: str, text: str, name: str) -> list[str]:
    """List the uses of a name as `line`, `line()` for a call and `line receiver.` before it."""
    return [
        f"{'' if one.receiver is None else one.receiver + '.'}{one.line}{'()' if one.call else ''}"
        for one in references(read(language_id, text).bones, name)
    ]
