"""How a command ends: the exit codes, and the failure that is the caller's own."""

from __future__ import annotations

from typing import Final

from workers_ai_ls.errors import Failure

DONE: Final = 0
"""Done, or there was nothing to do."""

FAILED: Final = 1
"""The sentence on standard error says what to do."""

WRONG_USAGE: Final = 2
"""As the command line's own parser has it."""

NOT_USED: Final = 3
"""The model answered, and its answer was refused or held back."""

INTERRUPTED: Final = 130
"""128 and the number of SIGINT, as shells have it."""

EXIT_CODES = (
    "Exit codes: 0 done or nothing to do, 1 failed (the sentence on standard error says what to do), "
    "2 wrong usage, 3 the model's answer was not used, 130 interrupted."
)


class WrongUsage(Failure):
    """The command was called with something that it can't work on: exit code 2."""
