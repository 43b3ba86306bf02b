"""One action from click to edit: run, cancel, supersede, deliver, follow up."""

from .board import Board
from .editor import Applied, Editor, Level, Progress
from .job import Job
from .services import Services

__all__ = ["Applied", "Board", "Editor", "Job", "Level", "Progress", "Services"]
