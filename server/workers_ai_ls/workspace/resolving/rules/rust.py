"""Rust."""

import re
from collections.abc import Mapping
from typing import Final

from workers_ai_ls.syntax.symbol import Definition
from workers_ai_ls.syntax.use_tables import Said
from workers_ai_ls.workspace.resolving.rules.rules import Rules
from workers_ai_ls.workspace.resolving.rules.rust_modules import modules, submodule
from workers_ai_ls.workspace.resolving.rules.signatures import around_name, bracketed, divided

_RETURN: Final = re.compile(r"\s*->\s*(.*?)\s*(?:\bwhere\b.*|[;{]\s*)?$", re.DOTALL)
_ALIASED: Final = re.compile(r"=\s*([^;]+)")


def _said(definition: Definition) -> Said:
    """Read what a function returns, what a field holds, what a type or a constant is."""
    _, behind = around_name(definition.signature, definition.name)
    if definition.kind in {"function", "method"}:
        found = _RETURN.match(bracketed(behind)[1])
        return Said("", found[1] if found else "")
    if definition.kind == "type":
        found = _ALIASED.search(behind)
        return Said("", found[1].strip() if found else "")
    if definition.kind in {"field", "constant", "variable"}:
        return Said("", behind.lstrip().removeprefix(":").partition("=")[0].strip(" ;,"))
    if definition.kind == "member" and behind.lstrip().startswith("("):
        # A comma makes it a tuple, of which a pattern takes an element.
        return Said("", f"({bracketed(behind)[0]},)")
    return Said("")


def _parameters(signature: str) -> Mapping[str, Said]:
    pairs = (part.partition(":") for part in divided(bracketed(signature)[0]))
    named = ((name.strip().removeprefix("mut "), said) for name, colon, said in pairs if colon)
    return {name: Said(name, said.strip()) for name, said in named}


RUST: Final = Rules(
    modules=modules,
    submodule=submodule,
    said=_said,
    parameters=_parameters,
    own=frozenset({"self"}),
    own_class=frozenset({"Self"}),
    transparent=frozenset(
        {
            *("Option", "Result", "Box", "Arc", "Rc", "Weak", "Cow", "Pin", "Ref", "RefMut"),
            *("Mutex", "RwLock", "RefCell", "Cell", "MutexGuard", "RwLockReadGuard", "Poll"),
            *("RwLockWriteGuard", "OnceCell", "OnceLock", "ManuallyDrop", "NonNull", "Lazy"),
        }
    ),
    delegates=frozenset({"Target"}),
    elements=("next",),
    passing=frozenset(
        {
            *("unwrap", "expect", "unwrap_or", "unwrap_or_default", "unwrap_or_else", "clone"),
            *("as_ref", "as_mut", "as_deref", "as_deref_mut", "ok", "ok_or", "ok_or_else"),
            *("map_err", "lock", "read", "write", "borrow", "borrow_mut", "into_inner", "upgrade"),
            *("iter", "iter_mut", "into_iter", "take", "get_mut", "cloned", "copied", "to_owned"),
            *("deref", "deref_mut", "by_ref", "filter", "rev", "skip", "peekable", "into"),
            *("as_slice", "to_vec", "and_then", "or_else", "or", "some", "get_ref", "as_pin_mut"),
        }
    ),
    scattered=True,
    unimported=True,
    builtins=frozenset(
        {
            *("Option", "Some", "None", "Result", "Ok", "Err", "Vec", "String", "Box", "Clone"),
            *("Copy", "Default", "Debug", "Drop", "Eq", "PartialEq", "Ord", "PartialOrd", "Hash"),
            *("Iterator", "IntoIterator", "From", "Into", "AsRef", "AsMut", "Send", "Sync"),
            *("Sized", "Fn", "FnMut", "FnOnce", "ToString", "ToOwned", "drop", "str", "bool"),
            *("char", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64"),
            *("i128", "isize", "f32", "f64", "println", "print", "eprintln", "eprint", "format"),
            *("write", "writeln", "vec", "panic", "assert", "assert_eq", "assert_ne", "matches"),
            *("debug_assert", "debug_assert_eq", "debug_assert_ne", "unreachable", "todo"),
            *("unimplemented", "concat", "stringify", "include_str", "include_bytes", "env"),
            *("cfg", "line", "file", "dbg", "try", "thread_local", "derive", "allow", "inline"),
        }
    ),
    common=frozenset(
        {
            *("new", "len", "is_empty", "push", "pop", "get", "get_mut", "insert", "remove"),
            *("iter", "iter_mut", "into_iter", "next", "map", "filter", "collect", "clone"),
            *("unwrap", "expect", "unwrap_or", "ok", "err", "into", "from", "as_ref", "as_mut"),
            *("to_string", "to_owned", "as_str", "as_bytes", "contains", "extend", "default"),
            *("is_some", "is_none", "is_ok", "is_err", "map_err", "and_then", "ok_or", "take"),
            *("replace", "entry", "keys", "values", "clear", "lock", "borrow", "borrow_mut"),
            *("eq", "cmp", "hash", "fmt", "min", "max", "find", "any", "all", "fold", "rev"),
            *("chars", "bytes", "trim", "split", "join", "starts_with", "ends_with", "first"),
            *("last", "chain", "enumerate", "zip", "skip", "cloned", "copied", "to_vec"),
        }
    ),
)
