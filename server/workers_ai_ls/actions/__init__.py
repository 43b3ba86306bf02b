"""The code actions: one file each, and their ordered table. Pure."""

from .action import Action, Outcome
from .edit import EDIT
from .explain import EXPLAIN
from .follow_ups import FOLLOW_UPS, FollowUp
from .placing import Placed, placed
from .refactor import REFACTOR
from .tests_written import Written, written
from .write_tests import WRITE_TESTS

ACTIONS: tuple[Action, ...] = (EXPLAIN, REFACTOR, WRITE_TESTS, EDIT)
"""In the order in which editors list them."""

__all__ = [
    "ACTIONS",
    "FOLLOW_UPS",
    "Action",
    "FollowUp",
    "Outcome",
    "Placed",
    "Written",
    "placed",
    "written",
]
