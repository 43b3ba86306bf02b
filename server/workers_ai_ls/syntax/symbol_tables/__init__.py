"""One table per language: which nodes define, import and refer. Nothing here imports tree-sitter."""

from .c import CPP, C
from .go import GO
from .java import JAVA
from .javascript import JAVASCRIPT, TYPESCRIPT
from .others import BASH, C_SHARP, LUA, PHP, RUBY
from .python import PYTHON
from .rust import RUST
from .table import SymbolTable

TABLES = {
    "python": PYTHON,
    "javascript": JAVASCRIPT,
    "javascriptreact": JAVASCRIPT,
    "typescript": TYPESCRIPT,
    "typescriptreact": TYPESCRIPT,
    "go": GO,
    "rust": RUST,
    "java": JAVA,
    "c": C,
    "cpp": CPP,
    "csharp": C_SHARP,
    "ruby": RUBY,
    "php": PHP,
    "lua": LUA,
    "shellscript": BASH,
}
"""By the id of a `Language`."""

__all__ = ["TABLES", "SymbolTable"]
