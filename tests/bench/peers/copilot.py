"""GitHub's copilot-language-server; tried with 1.539.0, the program for one system.

It does nothing without an account, so only its start and memory are measured. Source: its README
(`editorInfo` and `editorPluginInfo` are required). The npm package of the platform's name has a
program that needs no Node; the other one needs Node 22.13.
"""

from __future__ import annotations

from .peer import Peer

_SELF = {"name": "poe bench", "version": "1"}

COPILOT = Peer(
    name="copilot-language-server",
    command=("copilot-language-server", "--stdio"),
    install="npm install @github/copilot-language-server",
    options=lambda _: {"editorInfo": _SELF, "editorPluginInfo": _SELF},
    lists=False,
)
