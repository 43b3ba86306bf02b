"""Java."""

import re
from collections.abc import Mapping
from typing import Final

from workers_ai_ls.syntax.symbol import Definition
from workers_ai_ls.syntax.use_tables import Said
from workers_ai_ls.workspace.resolving.rules.java_packages import modules, neighbours
from workers_ai_ls.workspace.resolving.rules.rules import Rules
from workers_ai_ls.workspace.resolving.rules.signatures import around_name, bracketed, divided

_WORDS: Final = re.compile(
    r"@\w+(?:\.\w+)*(?:\([^)]*\))?|\b(?:public|protected|private|static|final|abstract|default"
    r"|synchronized|native|strictfp|transient|volatile|sealed)\b"
)
_OWN_TYPES: Final = re.compile(r"^\s*<(?P<inner>(?:[^<>]|<[^<>]*>)*)>")


def _said(definition: Definition) -> Said:
    """Read what a method returns and what a field holds."""
    if definition.kind == "member":
        # A member of an enumeration is one of its objects.
        return Said("", "Self")
    if definition.kind not in {"method", "field", "constant", "variable", "function"}:
        return Said("")
    before, behind = around_name(definition.signature, definition.name)
    plain = _WORDS.sub(" ", before).strip()
    bounds = _OWN_TYPES.match(plain)
    said = plain[bounds.end() :].strip() if bounds else plain
    if bounds and (bound := _bound(bounds["inner"], said)):
        said = bound
    many = "[]" if behind.lstrip().startswith("[") else ""
    # Several fields of one declaration: `Foo a, b`.
    parts = divided(said)
    first = parts[0].rpartition(" ")[0] if len(parts) > 1 else said
    return Said("", (first if "=" not in first else first.partition(" ")[0]) + many)


def _bound(parameters: str, said: str) -> str:
    """Give what a type parameter of the method itself extends, if that is what it returns."""
    for one in divided(parameters):
        name, _, bound = one.partition(" extends ")
        if name.strip() == said:
            return bound
    return ""


def _parameters(signature: str) -> Mapping[str, Said]:
    parts = (_WORDS.sub(" ", one).strip() for one in divided(bracketed(_unmarked(signature))[0]))
    pairs = (part.replace("...", "[] ").rpartition(" ") for part in parts)
    return {name: Said(name, said.strip()) for said, _, name in pairs if said}


def _unmarked(signature: str) -> str:
    return _WORDS.sub(" ", signature)


JAVA: Final = Rules(
    modules=modules,
    neighbours=neighbours,
    said=_said,
    parameters=_parameters,
    own=frozenset({"this"}),
    base=frozenset({"super"}),
    bare_members=True,
    unimported=True,
    transparent=frozenset(
        {"Optional", "Supplier", "AtomicReference", "WeakReference", "CompletableFuture", "Future"}
    ),
    metatypes=frozenset({"Class"}),
    elements=("next", "iterator"),
    passing=frozenset({"get", "orElse", "orElseThrow", "orElseGet", "join", "filter"}),
    builtins=frozenset(
        {
            *("String", "Object", "Integer", "Long", "Short", "Byte", "Double", "Float", "Boolean"),
            *("Character", "Number", "Math", "System", "Thread", "Runnable", "Class", "Void"),
            *("Exception", "RuntimeException", "Throwable", "Error", "IllegalArgumentException"),
            *("IllegalStateException", "NullPointerException", "IndexOutOfBoundsException"),
            *("UnsupportedOperationException", "ClassCastException", "NumberFormatException"),
            *("InterruptedException", "StringBuilder", "StringBuffer", "CharSequence", "Iterable"),
            *("Comparable", "Cloneable", "AutoCloseable", "Override", "Deprecated", "Enum"),
            *("SuppressWarnings", "SafeVarargs", "FunctionalInterface", "Record", "var"),
        }
    ),
    common=frozenset(
        {
            *("get", "set", "put", "add", "remove", "size", "length", "isEmpty", "contains"),
            *("equals", "hashCode", "toString", "iterator", "next", "hasNext", "stream", "map"),
            *("filter", "collect", "forEach", "append", "charAt", "substring", "indexOf", "trim"),
            *("split", "join", "format", "valueOf", "parseInt", "getClass", "getName", "clear"),
            *("containsKey", "keySet", "values", "entrySet", "getKey", "getValue", "close"),
            *("read", "write", "run", "call", "apply", "accept", "test", "compareTo", "compare"),
            *("clone", "name", "ordinal", "asList", "toArray", "getMessage", "orElse"),
        }
    ),
)
