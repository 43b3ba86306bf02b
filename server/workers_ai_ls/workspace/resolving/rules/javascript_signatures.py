"""What signatures of JavaScript and TypeScript say: types, values and parameters."""

import re
from collections.abc import Mapping
from typing import Final

from workers_ai_ls.syntax.chains import chain
from workers_ai_ls.syntax.symbol import Definition
from workers_ai_ls.syntax.use_tables import USE_TABLES, Said
from workers_ai_ls.workspace.resolving.rules.brackets import closing, divided, opening, outside
from workers_ai_ls.workspace.resolving.rules.javascript_types import REMARK, typed

_USES: Final = USE_TABLES["typescript"]
_CALLABLE: Final = frozenset({"function", "method", "property"})
_VALUED: Final = frozenset({"variable", "constant", "field"})
_MODIFIERS: Final = re.compile(
    r"(?:(?:public|private|protected|readonly|static|override|declare|abstract|accessor)\s+)+"
)
_FUNCTION: Final = re.compile(r"^\s*(?:async\b\s*)?(?:function\b\s*\*?\s*[\w$]*\s*)?")
_CAST: Final = re.compile(r"\s(?:as|satisfies)\s+(?!const\b)([\w$.<>\[\], |&]+?)\s*;?$")
_CONST: Final = re.compile(r"\s+as\s+const\b\s*;?$")


def said(definition: Definition) -> Said:
    """Read what a definition gives: the type that it returns or is of, or what it is set to."""
    text = REMARK.sub(" ", definition.signature)
    if definition.kind == "type":
        at = outside(text, "=")
        return typed(text[at + 1 :]) if at >= 0 else Said("")
    rest = _after_name(text, definition.name)
    if definition.kind in _CALLABLE:
        return _returned(rest)
    return _set(rest) if definition.kind in _VALUED else Said("")


def parameters(signature: str) -> Mapping[str, Said]:
    """Read the parameters of a function by name, with those that are taken apart."""
    at = opening(signature)
    if at < 0:
        return {}
    found: dict[str, Said] = {}
    for part in divided(signature[at + 1 : closing(signature, at) - 1]):
        plain = _MODIFIERS.sub("", part.removeprefix("..."))
        if plain.startswith("{"):
            end = closing(plain, 0)
            given = _set(plain[end:])
            found |= {name: _member(given, key) for key, name in _taken(plain[1 : end - 1])}
        elif name := re.match(r"[\w$]+", plain):
            found[name[0]] = _set(plain[name.end() :])
    return found


def _after_name(text: str, name: str) -> str:
    found = re.search(rf"(?:(?<![\w$.])|(?<=this\.)|(?<=this\.#)){re.escape(name)}(?![\w$])", text)
    if not found:
        return text.partition("default")[2]
    return text[found.end() :]


def _returned(rest: str) -> Said:
    """Read what follows a function's name: `<T>(a: A): B`, `: H = (a) =>`, `= async (a): B =>`."""
    plain = rest.strip().removesuffix("=>").rstrip().lstrip("?!").lstrip()
    if not plain.startswith(("<", "(")):
        # A variable, `default`, or a key of an object.
        at = outside(plain, "=")
        plain = plain[at + 1 :] if at >= 0 else plain.removeprefix(":")
        plain = _FUNCTION.sub("", plain, count=1)
    if plain.startswith("<"):
        plain = plain[closing(plain, 0) :].lstrip()
    after = plain[closing(plain, 0) :].lstrip() if plain.startswith("(") else ""
    return typed(after[1:]) if after.startswith(":") else Said("")


def _set(rest: str) -> Said:
    """Read what follows the name of a variable, a field or a parameter."""
    plain = rest.strip().lstrip("?!").lstrip()
    end = outside(plain, ",")
    plain = (plain if end < 0 else plain[:end]).rstrip(";").rstrip()
    at = outside(plain, "=")
    if plain.startswith(":"):
        return typed(plain[1:at] if at >= 0 else plain[1:])
    if at < 0:
        return Said("")
    value = _CONST.sub("", plain[at + 1 :])
    if cast := _CAST.search(value):
        return typed(cast[1])
    return Said("", value=chain(value, _USES))


def _taken(inside: str) -> list[tuple[str, str]]:
    """List key and name of what is taken out of an object."""
    pairs = []
    for part in divided(inside):
        key, _, name = part.partition("=")[0].partition(":")
        if key.strip().isidentifier() and (name.strip() or key.strip()).isidentifier():
            pairs.append((key.strip(), name.strip() or key.strip()))
    return pairs


def _member(given: Said, key: str) -> Said:
    name = re.match(r"[\w$.]+", given.type)
    return Said("", value=f"{name[0]}().{key}") if name else Said("")
