"""What a reply means: blocks, prose, the code that answers, refusals, indentation.

Pure and incremental: `Reader` takes the model's text as it comes, in any pieces, and `finish` gives
a `Reply`. `code_in` picks the code that answers, or says why there is none (`Refusal`); `reindent`
fits it to the text that it replaces. Nothing here raises, whatever the model wrote.
"""

from workers_ai_ls.reply.answer import code_in, is_already_fine
from workers_ai_ls.reply.blocks import Block
from workers_ai_ls.reply.defining import defined, defines, uses
from workers_ai_ls.reply.fitting import reindent
from workers_ai_ls.reply.flaws import breaks_off, elided, is_patch
from workers_ai_ls.reply.invisible import strip_invisible
from workers_ai_ls.reply.matching import LineEdit, line_edits
from workers_ai_ls.reply.mending import mended
from workers_ai_ls.reply.patches import Change, changes_in
from workers_ai_ls.reply.reading import Finish, Reader, Reply, finish_of
from workers_ai_ls.reply.refusals import Reason, Refusal

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
