"""One table per language: which nodes use names, and which bind them. Nothing here imports tree-sitter."""

from .c import CPP, C
from .go import GO
from .java import JAVA
from .javascript import JAVASCRIPT, TYPESCRIPT, TYPESCRIPT_REACT
from .others import BASH, C_SHARP, LUA, PHP, RUBY
from .python import PYTHON
from .rust import RUST
from .table import OWN, Member, Said, Shape, UseTable

USE_TABLES = {
    "python": PYTHON,
    "javascript": JAVASCRIPT,
    "javascriptreact": JAVASCRIPT,
    "typescript": TYPESCRIPT,
    "typescriptreact": TYPESCRIPT_REACT,
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

__all__ = ["OWN", "USE_TABLES", "Member", "Said", "Shape", "UseTable"]
