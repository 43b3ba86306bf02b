"""The command line: one file for each subcommand."""

from .app import main

__all__ = ["main"]
