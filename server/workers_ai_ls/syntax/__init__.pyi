from .ai_comments import AiComment, ai_comments
from .enclosing import counterpart, enclosing, enclosing_headers, header
from .expand import expand
from .imports import Import, imports
from .language import Language
from .languages import LANGUAGES, language_for
from .lines import Span
from .parameters import parameters
from .scopes import Scope, ScopeKind, scopes, scopes_near
from .tree import Tree, error_count, parse

__all__ = [
    "LANGUAGES",
    "AiComment",
    "Import",
    "Language",
    "Scope",
    "ScopeKind",
    "Span",
    "Tree",
    "ai_comments",
    "counterpart",
    "enclosing",
    "enclosing_headers",
    "error_count",
    "expand",
    "header",
    "imports",
    "language_for",
    "parameters",
    "parse",
    "scopes",
    "scopes_near",
]
