"""C and C++."""

import re
from collections.abc import Mapping
from typing import Final

import attrs

from workers_ai_ls.syntax.symbol import Definition, Imported
from workers_ai_ls.syntax.use_tables import Said
from workers_ai_ls.workspace.resolving.rules.c_includes import modules, twins
from workers_ai_ls.workspace.resolving.rules.places import Places
from workers_ai_ls.workspace.resolving.rules.rules import Rules
from workers_ai_ls.workspace.resolving.rules.signatures import around_name, bracketed, divided

_WORDS: Final = re.compile(
    r"\b(?:static|inline|extern|const|constexpr|consteval|constinit|virtual|explicit|friend|mutable"
    r"|typedef|struct|union|enum|class|typename|volatile|register|thread_local|restrict|noexcept"
    r"|[A-Z][A-Z\d]*(?:_[A-Z\d]+)+)\b|__\w+(?:\s*\(\([^()]*(?:\([^()]*\))?\)\))?|\[\[[^\]]*\]\]"
)
"""What a declaration says beside its type, among it macros such as `LIB_API`."""
_TEMPLATE: Final = re.compile(r"^\s*template\s*<(?:[^<>]|<[^<>]*>)*>")
_OWNER: Final = re.compile(r"(?:[\w~]+(?:<[^<>]*>)?::)+\s*$")
_TRAILING: Final = re.compile(r"\)[^()]*->\s*([^{;]+)")


def _said(definition: Definition) -> Said:
    """Read what a function returns, what a variable holds, what a type's other name stands for."""
    kind, signature = definition.kind, definition.signature
    if kind == "type" and signature.startswith("using"):
        return Said("", signature.partition("=")[2].strip(" ;"))
    if kind == "member":
        return Said("", "Self")
    if kind not in {"function", "method", "field", "variable", "constant", "type"}:
        return Said("")
    before, behind = around_name(signature, definition.name)
    if "auto" in before and (trailing := _TRAILING.search(behind)):
        return Said("", trailing[1].strip())
    if "auto" in before and "=" in behind:
        return Said("", value=behind.partition("=")[2].strip(" ;"))
    many = "[]" if behind.lstrip().startswith("[") else ""
    return Said("", _type_of(before) + many)


def _type_of(before: str) -> str:
    """Give the type in what stands before a name: `static const struct foo *` is a `foo`."""
    plain = _OWNER.sub("", _WORDS.sub(" ", _TEMPLATE.sub("", before))).strip()
    # Of several names in one declaration, the type stands before the first: `foo *a, b`.
    parts = divided(plain)
    if len(parts) > 1 or (plain.endswith(",") and parts):
        plain = re.sub(r"[\s*&]+\w+(?:\[[^\]]*\])?$", "", parts[0])
    return plain.partition("(")[0].strip(" *&")


def _parameters(signature: str) -> Mapping[str, Said]:
    found: dict[str, Said] = {}
    for part in divided(bracketed(_TEMPLATE.sub("", signature))[0]):
        plain = part.partition("=")[0].strip()
        name = re.search(r"(\w+)\s*(?:\[[^\]]*\])?$", plain)
        if name and name.start():
            found[name[1]] = Said(name[1], _type_of(plain[: name.start()]))
    return found


def _bound(_places: Places, _path: str, imported: Imported) -> str:
    """Give `*` for an include; what `using` says is found where it is included from."""
    return "*" if imported.reexport else ""


C: Final = Rules(
    modules=modules,
    bound=_bound,
    twins=twins,
    open_enums=True,
    said=_said,
    parameters=_parameters,
    builtins=frozenset(
        {
            *("NULL", "size_t", "ssize_t", "int8_t", "int16_t", "int32_t", "int64_t", "uint8_t"),
            *("uint16_t", "uint32_t", "uint64_t", "uintptr_t", "intptr_t", "bool", "true", "false"),
            *("malloc", "calloc", "realloc", "free", "memcpy", "memset", "memmove", "memcmp"),
            *("strlen", "strcmp", "strncmp", "strcpy", "strncpy", "strdup", "strchr", "strstr"),
            *("printf", "fprintf", "snprintf", "sprintf", "assert", "abort", "exit", "errno"),
            *("va_list", "va_start", "va_end", "va_arg", "FILE", "stderr", "stdout", "stdin"),
        }
    ),
)

CPP: Final = attrs.evolve(
    C,
    own=frozenset({"this"}),
    bare_members=True,
    delegates=frozenset({"operator->"}),
    unimported=True,
    scattered=True,
    transparent=frozenset(
        {
            *("unique_ptr", "shared_ptr", "weak_ptr", "optional", "reference_wrapper", "atomic"),
            *("std.unique_ptr", "std.shared_ptr", "std.weak_ptr", "std.optional"),
            *("std.reference_wrapper", "std.atomic"),
        }
    ),
    passing=frozenset({"get", "lock", "value", "begin", "end", "load", "release"}),
    builtins=C.builtins | {"std", "nullptr", "static_cast", "dynamic_cast", "reinterpret_cast"},
    common=frozenset(
        {
            *("size", "empty", "begin", "end", "push_back", "emplace_back", "pop_back", "front"),
            *("back", "insert", "erase", "find", "clear", "get", "reset", "data", "c_str", "str"),
            *("length", "substr", "append", "at", "count", "first", "second", "resize", "reserve"),
            *("emplace", "swap", "release", "lock", "unlock", "load", "store", "value", "open"),
            *("close", "read", "write", "push", "pop", "top", "assign", "compare"),
        }
    ),
)
