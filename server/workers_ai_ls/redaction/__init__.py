"""Secrets of known formats are taken out of what is sent, and put back into what comes back. Pure.

Not looked for is what only looks random: a false alarm costs the model a word that it needs.
"""

from .hiding import Hidden, hide
from .restoring import Restorer

__all__ = ["Hidden", "Restorer", "hide"]
