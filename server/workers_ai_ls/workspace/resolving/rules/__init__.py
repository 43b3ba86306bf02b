"""One value per language: what tells it from others when a name is looked for."""

from typing import Final

from workers_ai_ls.workspace.resolving.rules.c import CPP, C
from workers_ai_ls.workspace.resolving.rules.go import GO
from workers_ai_ls.workspace.resolving.rules.java import JAVA
from workers_ai_ls.workspace.resolving.rules.javascript import JAVASCRIPT
from workers_ai_ls.workspace.resolving.rules.others import BASH, C_SHARP, LUA, PHP, RUBY
from workers_ai_ls.workspace.resolving.rules.places import Places
from workers_ai_ls.workspace.resolving.rules.python import PYTHON
from workers_ai_ls.workspace.resolving.rules.rules import Rules
from workers_ai_ls.workspace.resolving.rules.rust import RUST
from workers_ai_ls.workspace.resolving.rules.type_names import TypeName, type_names

RULES: Final = {
    "python": PYTHON,
    "javascript": JAVASCRIPT,
    "javascriptreact": JAVASCRIPT,
    "typescript": JAVASCRIPT,
    "typescriptreact": JAVASCRIPT,
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

BY_NAME: Final = Rules()
"""For a language without rules of its own: a file's own names, then names alone."""

__all__ = ["BY_NAME", "RULES", "Places", "Rules", "TypeName", "type_names"]
