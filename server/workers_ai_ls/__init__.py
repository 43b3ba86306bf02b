"""AI code actions for every editor that speaks LSP, answered by Workers AI."""

__version__ = "0.1.0"
