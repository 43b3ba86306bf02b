from .answer import code_in, is_already_fine
from .blocks import Block
from .defining import defined, defines, uses
from .fitting import reindent
from .flaws import breaks_off, elided, is_patch
from .invisible import strip_invisible
from .matching import LineEdit, line_edits
from .mending import mended
from .patches import Change, changes_in
from .reading import Finish, Reader, Reply, finish_of
from .refusals import Reason, Refusal

__all__ = [
    "Block",
    "Change",
    "Finish",
    "LineEdit",
    "Reader",
    "Reason",
    "Refusal",
    "Reply",
    "breaks_off",
    "changes_in",
    "code_in",
    "defined",
    "defines",
    "elided",
    "finish_of",
    "is_already_fine",
    "is_patch",
    "line_edits",
    "mended",
    "reindent",
    "strip_invisible",
    "uses",
]
