from .budget import Budget, SelectionTooLong, budget_for
from .compose import compose
from .fences import fenced
from .knowledge import Caller, Knowledge, Known, ProjectWords
from .material import Diagnostic, Material, Selection, TestPlace, gather, narrowed
from .pieces import Piece
from .prompt import Prompt, Turn, render_raw, render_unscoped
from .source import Source, SourceKind
from .tokens import estimate, fits

__all__ = [
    "Budget",
    "Caller",
    "Diagnostic",
    "Knowledge",
    "Known",
    "Material",
    "Piece",
    "ProjectWords",
    "Prompt",
    "Selection",
    "SelectionTooLong",
    "Source",
    "SourceKind",
    "TestPlace",
    "Turn",
    "budget_for",
    "compose",
    "estimate",
    "fenced",
    "fits",
    "gather",
    "narrowed",
    "render_raw",
    "render_unscoped",
]
