"""What signatures of Go say: types and values."""

import re
from typing import Final

from workers_ai_ls.syntax.chains import chain
from workers_ai_ls.syntax.symbol import Definition
from workers_ai_ls.syntax.use_tables import USE_TABLES, Said
from workers_ai_ls.workspace.resolving.rules.brackets import closing, divided, outside
from workers_ai_ls.workspace.resolving.rules.type_names import TypeName, type_names

_USES: Final = USE_TABLES["go"]
_REMARK: Final = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
_SIZED: Final = re.compile(r"(?<!\w)\[[^\[\]]+\]")
_NAMED: Final = re.compile(r"(\w+)\s+(?=\S)")
_TYPE_WORDS: Final = frozenset({"func", "chan", "map", "interface", "struct"})
_EMBEDDED: Final = re.compile(r"^\*?[\w.]+(?:\[.*\])?$")
_NAMES: Final = re.compile(r"^(?:(?:var|const|type)\s+)?(\w+(?:\s*,\s*\w+)*)\s*")
_TAG: Final = re.compile(r"""\s*(?:`[^`]*`?|"[^"]*"?)?\s*(?://.*)?$""", re.DOTALL)
_MADE: Final = re.compile(r"^(?:new|make)\(\s*([^,)]+)")
_LITERAL: Final = re.compile(r"^&?\s*([\w.\[\]*]*\w(?:\[[\w.*\[\], ]+\])?)\s*\{")


def said(definition: Definition) -> Said:
    """Read what a definition gives: the types that it returns or is of, or what it is set to."""
    text = _REMARK.sub(" ", definition.signature)
    if definition.kind in {"function", "method"}:
        return Said("", _results(_after_parameters(text)))
    if definition.kind == "field":
        return Said("", _field(text))
    if definition.kind == "type":
        return Said("", _stood_for(text))
    if definition.kind in {"variable", "constant"}:
        return _set(text, definition.name)
    return Said("")


def types(text: str) -> list[TypeName]:
    """Read types as written; `[size + 1]Row` is a list as `[]Row` is."""
    return type_names(_SIZED.sub("[]", text))


def _after_parameters(text: str) -> str:
    plain = text.removeprefix("func").lstrip()
    if plain.startswith("("):
        plain = plain[closing(plain, 0) :].lstrip()
    plain = re.sub(r"^\w+\s*", "", plain)
    if plain.startswith("["):
        plain = plain[closing(plain, 0) :].lstrip()
    return plain[closing(plain, 0) :] if plain.startswith("(") else ""


def _results(text: str) -> str:
    """Leave the names out of results: `(n int, err error)` → `(int, error)`."""
    plain = text.strip()
    if not plain.startswith("("):
        return plain
    parts = divided(plain[1 : closing(plain, 0) - 1])
    if any(_is_named(part) for part in parts):
        parts = [_NAMED.sub("", part, count=1) for part in parts if _is_named(part)]
    return f"({', '.join(parts)})"


def _is_named(part: str) -> bool:
    found = _NAMED.match(part)
    return found is not None and found[1] not in _TYPE_WORDS


def _field(text: str) -> str:
    plain = _TAG.sub("", text)
    if _EMBEDDED.match(plain):
        return plain
    return _NAMES.sub("", plain, count=1)


def _stood_for(text: str) -> str:
    """Give what a type is made of: `[]Route` for `type Routes []Route`."""
    rest = _NAMES.sub("", text, count=1)
    if rest.startswith("[") and re.match(r"\[\s*\w+\s+\S", rest):
        rest = rest[closing(rest, 0) :]
    rest = rest.lstrip("= ")
    return "" if rest.startswith(("struct", "interface")) else rest


def _set(text: str, name: str) -> Said:
    """Read `var a, b T = f()`."""
    found = _NAMES.match(text)
    if not found:
        return Said("")
    names, rest = re.split(r"\s*,\s*", found[1]), text[found.end() :]
    at = outside(rest, "=")
    written = (rest if at < 0 else rest[:at]).strip()
    if written or at < 0:
        return Said("", written)
    values = divided(rest[at + 1 :])
    place = names.index(name) if name in names else 0
    if len(values) != len(names) and len(values) == 1:
        return Said("", value=chain(values[0], _USES), element=True)
    return _valued(values[place]) if place < len(values) else Said("")


def _valued(value: str) -> Said:
    if made := _MADE.match(value):
        return Said("", made[1])
    if literal := _LITERAL.match(value):
        return Said("", literal[1])
    return Said("", value=chain(value, _USES))
