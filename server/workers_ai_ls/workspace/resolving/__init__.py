"""What code of a workspace has to do with: found by the rules of its language in the symbol index.

`knowledge_of` takes a range of a text and the index, and gives what the code uses, who uses it and
what is like it.
"""

from workers_ai_ls.workspace.resolving.code import Code
from workers_ai_ls.workspace.resolving.knowing import knowledge_of

__all__ = ["Code", "knowledge_of"]
