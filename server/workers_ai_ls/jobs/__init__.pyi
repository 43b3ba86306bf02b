from .board import Board
from .editor import Applied, Editor, Level, Progress
from .endpoint_of import endpoint_of, is_embedded, timeouts_of
from .job import Job
from .preparing import offsets_of_lines
from .services import Services
from .showing_prompt import show_prompt

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
    "offsets_of_lines",
    "show_prompt",
    "timeouts_of",
]
