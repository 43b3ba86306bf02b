"""All peers for which there is an adapter."""

from __future__ import annotations

from .ai_lsp import AI_LSP
from .copilot import COPILOT
from .lsp_ai import LSP_AI

ADAPTERS = (COPILOT, AI_LSP, LSP_AI)
