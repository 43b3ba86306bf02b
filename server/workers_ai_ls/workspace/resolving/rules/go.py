"""Go."""

from typing import Final

from workers_ai_ls.workspace.resolving.rules.go_modules import bound, modules, neighbours
from workers_ai_ls.workspace.resolving.rules.go_signatures import said, types
from workers_ai_ls.workspace.resolving.rules.rules import Rules

_BUILTINS: Final = frozenset(
    {
        *("any", "bool", "byte", "comparable", "complex64", "complex128", "error", "float32"),
        *("float64", "int", "int8", "int16", "int32", "int64", "rune", "string", "uint", "uint8"),
        *("uint16", "uint32", "uint64", "uintptr", "true", "false", "iota", "nil", "append", "cap"),
        *("clear", "close", "complex", "copy", "delete", "imag", "len", "make", "max", "min"),
        *("new", "panic", "print", "println", "real", "recover", "_"),
    }
)
_COMMON: Final = frozenset(
    {
        *("Error", "String", "Close", "Read", "Write", "Len", "Less", "Swap", "Lock", "Unlock"),
        *("RLock", "RUnlock", "Add", "Done", "Wait", "Name", "Value", "Get", "Set", "Err", "Is"),
        *("As", "Unwrap", "Header", "Context", "WriteString", "WriteHeader", "Printf", "Flush"),
    }
)

GO: Final = Rules(
    modules=modules,
    bound=bound,
    neighbours=neighbours,
    said=said,
    types=types,
    scattered=True,
    builtins=_BUILTINS,
    common=_COMMON,
)
