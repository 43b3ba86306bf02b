"""Trying something out: a folder that looks like the user's, and a command that is run in it.

Apart from the rest of the room because the index's own process imports that, and has no use for
asyncio.
"""

from workers_ai_ls.workspace.trials.folder import Trial, trial, trials_dir
from workers_ai_ls.workspace.trials.running import CannotRun, Ran, can_run, run_command

__all__ = ["CannotRun", "Ran", "Trial", "can_run", "run_command", "trial", "trials_dir"]
