"""The journal: one SQLite table of answers, private to the user, shared by all their servers.

`open_journal` always gives a working `Journal`; what is wrong with the disk is a sentence, never a
failed job.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
