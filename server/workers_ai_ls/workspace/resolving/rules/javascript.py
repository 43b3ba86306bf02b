"""JavaScript and TypeScript."""

from typing import Final

from workers_ai_ls.syntax.symbol import Definition
from workers_ai_ls.workspace.resolving.rules.javascript_modules import modules
from workers_ai_ls.workspace.resolving.rules.javascript_signatures import parameters, said
from workers_ai_ls.workspace.resolving.rules.javascript_types import (
    arguments,
    calls,
    extended,
    given,
    guarded,
    type_parameters,
    types,
)
from workers_ai_ls.workspace.resolving.rules.places import Places
from workers_ai_ls.workspace.resolving.rules.rules import Rules

_BUILTINS: Final = frozenset(
    {
        *("Array", "ArrayBuffer", "Boolean", "DataView", "Date", "Error", "EvalError", "Function"),
        *("Infinity", "Intl", "JSON", "Map", "Math", "NaN", "Number", "Object", "Promise", "Proxy"),
        *("RangeError", "ReferenceError", "Reflect", "RegExp", "Set", "String", "Symbol"),
        *("SyntaxError", "TypeError", "URIError", "Uint8Array", "WeakMap", "WeakRef", "WeakSet"),
        *("BigInt", "globalThis", "undefined", "console", "process", "window", "document", "self"),
        *("setTimeout", "clearTimeout", "setInterval", "clearInterval", "queueMicrotask", "fetch"),
        *("structuredClone", "isNaN", "isFinite", "parseInt", "parseFloat", "encodeURIComponent"),
        *("decodeURIComponent", "require", "module", "exports", "arguments", "AbortController"),
        *("AbortSignal", "URL", "URLSearchParams", "TextEncoder", "TextDecoder", "Buffer"),
        *("Partial", "Required", "Readonly", "Record", "Pick", "Omit", "Exclude", "Extract"),
        *("NonNullable", "Parameters", "ConstructorParameters", "ReturnType", "InstanceType"),
        *("Awaited", "NoInfer", "ReadonlyArray", "ReadonlyMap", "ReadonlySet", "PromiseLike"),
        *("Iterable", "Iterator", "IterableIterator", "AsyncIterable", "AsyncIterator"),
        *("Generator", "AsyncGenerator", "ArrayLike", "PropertyKey", "ThisType", "Uppercase"),
        *("Lowercase", "Capitalize", "Uncapitalize", "const", "any", "unknown", "never", "void"),
    }
)
_COMMON: Final = frozenset(
    {
        *("length", "push", "pop", "shift", "unshift", "slice", "splice", "concat", "join", "map"),
        *("filter", "forEach", "reduce", "find", "findIndex", "some", "every", "includes", "sort"),
        *("indexOf", "keys", "values", "entries", "flat", "flatMap", "fill", "reverse", "at"),
        *(
            "get",
            "set",
            "has",
            "delete",
            "clear",
            "add",
            "size",
            "next",
            "then",
            "catch",
            "finally",
        ),
        *("toString", "valueOf", "apply", "call", "bind", "split", "replace", "replaceAll", "trim"),
        *("match", "matchAll", "test", "exec", "startsWith", "endsWith", "charAt", "charCodeAt"),
        *("toLowerCase", "toUpperCase", "padStart", "padEnd", "repeat", "name", "message", "stack"),
        *("constructor", "prototype", "hasOwnProperty", "log", "error", "warn", "value", "done"),
        *("key", "type", "id", "data", "index", "signal", "abort", "addEventListener", "on"),
    }
)


def _also(definition: Definition) -> str:
    """Give the name that other files import a file's own thing by."""
    return "default" if definition.signature.startswith("export default") else ""


def _is_shared(places: Places, path: str) -> bool:
    """Whether a file is no module: it neither imports nor exports."""
    return not places.imports(path) and not any(
        one.parent < 0 and one.signature.startswith(("export", "module.", "exports."))
        for one in places.definitions(path)
    )


JAVASCRIPT: Final = Rules(
    modules=modules,
    said=said,
    parameters=parameters,
    type_parameters=type_parameters,
    extended=extended,
    arguments=arguments,
    calls=calls,
    given=given,
    guarded=guarded,
    types=types,
    own=frozenset({"this"}),
    base=frozenset({"super"}),
    constructors=("constructor",),
    builtins=_BUILTINS,
    common=_COMMON,
    is_shared=_is_shared,
    also=_also,
    whole="default",
)
