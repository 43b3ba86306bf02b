"""The only reader of the user's files: text, addresses, where tests live, the files of answers.

Nothing here knows the protocol, and nothing else opens a file of the workspace. What can go wrong
with a file is a `Failure` that names it.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
