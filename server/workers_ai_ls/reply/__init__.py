"""What a reply means: blocks, prose, the code that answers, refusals, indentation.

Pure and incremental: `Reader` takes the model's text as it comes, in any pieces, and `finish` gives
a `Reply`. `code_in` picks the code that answers, or says why there is none (`Refusal`); `reindent`
fits it to the text that it replaces. Nothing here raises, whatever the model wrote.
"""

from workers_ai_ls.reply.answer import code_in, is_already_fine
from workers_ai_ls.reply.blocks import Block
from workers_ai_ls.reply.fitting import reindent
from workers_ai_ls.reply.invisible import strip_invisible
from workers_ai_ls.reply.reading import Finish, Reader, Reply
from workers_ai_ls.reply.refusals import Reason, Refusal

__all__ = [
    "Block",
    "Finish",
    "Reader",
    "Reason",
    "Refusal",
    "Reply",
    "code_in",
    "is_already_fine",
    "reindent",
    "strip_invisible",
]
