"""What a reply means: blocks, prose, the code that answers, refusals, indentation.

Pure and incremental: `Reader` takes the model's text as it comes, in any pieces, and `finish` gives
a `Reply`. `code_in` picks the code that answers, or says why there is none (`Refusal`); `reindent`
fits it to the text that it replaces. Nothing here raises, whatever the model wrote.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
