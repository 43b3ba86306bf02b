from .action import Action, Outcome
from .follow_ups import FOLLOW_UPS, PROMPT, Entry, FollowUp
from .placing import Placed, placed
from .table import ACTIONS
from .tests_written import Written, written

__all__ = [
    "ACTIONS",
    "FOLLOW_UPS",
    "PROMPT",
    "Action",
    "Entry",
    "FollowUp",
    "Outcome",
    "Placed",
    "Written",
    "placed",
    "written",
]
