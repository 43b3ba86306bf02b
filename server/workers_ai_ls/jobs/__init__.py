"""One action from click to edit: run, cancel, supersede, deliver, follow up."""

from .board import Board
from .editor import Applied, Editor, Level, Progress
from .endpoint_of import endpoint_of, is_embedded, timeouts_of
from .job import Job
from .services import Services

__all__ = [
    "Applied",
    "Board",
    "Editor",
    "Job",
    "Level",
    "Progress",
    "Services",
    "endpoint_of",
    "is_embedded",
    "timeouts_of",
]
