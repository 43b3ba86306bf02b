"""What `setup` changes in the configuration of each editor, and how it is undone."""

from __future__ import annotations

from .change import Change, Plan, make, shown
from .emacs import emacs_plan
from .helix import helix_plan
from .neovim import neovim_plan
from .vscode import vscode_plan

PLANS = {
    "helix": helix_plan,
    "neovim": neovim_plan,
    "emacs": emacs_plan,
    "vscode": vscode_plan,
}
"""By the editor's name: from whether it is to be undone, the plan."""

__all__ = ["PLANS", "Change", "Plan", "make", "shown"]
