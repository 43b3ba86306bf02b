"""What types of TypeScript say, as they are written: parameters, arguments, bases, functions."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from workers_ai_ls.syntax.chains import chain
from workers_ai_ls.syntax.use_tables import USE_TABLES, Said
from workers_ai_ls.workspace.resolving.rules.brackets import closing, divided, opening, outside
from workers_ai_ls.workspace.resolving.rules.type_names import TypeName, type_names

REMARK: Final = re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.DOTALL)
_USES: Final = USE_TABLES["typescript"]
_INDEXED: Final = re.compile(
    r"""^([\w$.]+)(?:<[^\[\]]*>)?((?:\[\s*(?:"[\w$]+"|'[\w$]+')\s*\])+)$""", re.DOTALL
)
_KEY: Final = re.compile(r"[\w$]+")
_TAKEN: Final = re.compile(r"""[\w$.]+(?:<[^<>]*>)?(?:\[\s*(["'])[^"']*\1\s*\])+""")
_STRING: Final = re.compile(r"""(["'`])(?:(?!\1).)*\1""")
_RETURNED: Final = re.compile(r"^ReturnType<\s*typeof\s+([\w$.]+)\s*>$")
_INSTANCE: Final = re.compile(r"^InstanceType<\s*typeof\s+([\w$.]+)\s*>$")
_TYPEOF: Final = re.compile(r"^typeof\s+([\w$.]+)$")
_PREDICATE: Final = re.compile(r"(?:^|\)\s*(?::|=>)\s*)(?:asserts\s+)?[\w$]+\s+is\s")
_CONDITIONAL: Final = re.compile(r"\sextends\s")
_HERITAGE: Final = re.compile(r"\b(?:extends|implements)\b\s*")
_PARAMETER: Final = re.compile(r"(?:(?:const|in|out)\s+)*([\w$]+)")
_INTERFACE: Final = re.compile(r"\binterface\b[^{]*\{")
_CALLED: Final = re.compile(r"(?:(?<=^)|(?<=[;,\n]))\s*[<(][^;]*")


def typed(text: str) -> Said:
    """Read a type as written; what it takes from a value or from another type becomes a value."""
    plain = text.strip().rstrip(";").strip()
    if _PREDICATE.match(plain) or plain.startswith("keyof "):
        return Said("")
    if plain == "this":
        return Said("", "Self")
    for pattern, form in ((_TYPEOF, "{}"), (_RETURNED, "{}()"), (_INSTANCE, "new {}()")):
        if found := pattern.match(plain):
            return Said("", value=chain(form.format(found[1]), _USES))
    if found := _INDEXED.match(plain):
        return Said("", value=".".join((f"{found[1]}()", *_KEY.findall(found[2]))))
    if _CONDITIONAL.search(plain) and (at := outside(plain, "?")) >= 0:
        return Said("", plain[at + 1 :].replace(":", "|"))
    return Said("", plain)


def types(text: str) -> list[TypeName]:
    """Read the types that are named: a string is none, and what is taken from another is not that one."""
    return type_names(_STRING.sub("", _TAKEN.sub("unknown", text)))


@lru_cache(512)
def type_parameters(signature: str) -> Mapping[str, Said]:
    """Read `<T extends A, U = B>`: each is at least what it extends, else what it is unless said."""
    found: dict[str, Said] = {}
    at = signature.find("<")
    before = signature[:at]
    if at < 0 or "(" in before or "{" in before or _HERITAGE.search(before):
        return found
    for part in divided(signature[at + 1 : closing(signature, at) - 1]):
        if name := _PARAMETER.match(part):
            rest = part[name.end() :].strip()
            equal = outside(rest, "=")
            bound, default = (rest, "") if equal < 0 else (rest[:equal], rest[equal + 1 :])
            # What it is unless said is nearer to what it is than what it must extend.
            found[name[1]] = typed(default or bound.removeprefix("extends"))
    return found


def extended(signature: str) -> list[str]:
    """List the bases of a class or an interface, with their arguments.

    >>> extended("class A<T> extends B<T, C> implements D")
    ['B<T, C>', 'D']
    """
    at = _heritage_at(signature)
    listed = _HERITAGE.split(signature[at:].partition("{")[0]) if at >= 0 else []
    return [one for part in listed for one in divided(part) if one]


def arguments(written: str) -> list[str]:
    """List the arguments of a type as written."""
    at = written.find("<")
    return divided(written[at + 1 : closing(written, at) - 1]) if at >= 0 else []


def _heritage_at(signature: str) -> int:
    """Give where the list of bases begins, past the parameters of types; -1 without one."""
    start = 0
    first = signature.find("<")
    named = _HERITAGE.search(signature)
    if named and 0 <= first < named.start():
        start = closing(signature, first)
    found = _HERITAGE.search(signature, start)
    return found.end() if found else -1


@lru_cache(512)
def calls(text: str) -> list[str]:
    """List the functions that a type, as written, may be called as.

    >>> calls("((a: A) => B) | undefined"), calls("interface C { (d: D): E; f(g: G): H }")
    (['(a: A) => B'], ['(d: D): E'])
    """
    plain = REMARK.sub(" ", text).strip().lstrip("|").strip()
    if found := _INTERFACE.search(plain):
        plain = plain[found.end() - 1 :]
    if plain.startswith("{"):
        inner = plain[1 : closing(plain, 0) - 1]
        return [each[0] for each in _CALLED.finditer(inner) if _stands_out(inner, each.start())]
    if plain.startswith("("):
        end = closing(plain, 0)
        if not plain[end:].lstrip().startswith("=>"):
            return calls(plain[1 : end - 1]) if "=>" in plain[:end] else []
    return [plain] if plain.startswith(("(", "<", "new ")) and "=>" in plain else []


def given(signature: str) -> Said:
    """Read what one of them gives.

    >>> given("<T>(a: () => T) => B").type, given("(d: D): E").type
    ('B', 'E')
    """
    at = opening(signature)
    rest = signature[closing(signature, at) :].lstrip() if at >= 0 else ""
    return typed(rest.removeprefix("=>").removeprefix(":")) if rest[:1] in {"=", ":"} else Said("")


def _stands_out(text: str, at: int) -> bool:
    return not any(text[:at].count(a) - text[:at].count(b) for a, b in ("{}", "()", "[]"))


def guarded(signature: str) -> str:
    """Read of which type a function says that its argument is: `(a): a is Row`.

    >>> guarded("function isRow(a: unknown): a is Row")
    'Row'
    """
    found = _PREDICATE.search(REMARK.sub(" ", signature))
    return signature[found.end() :].strip().rstrip(";") if found else ""
