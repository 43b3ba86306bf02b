"""ai-lsp, diagnoses by a model with fixes for them; tried with 0.1.0 and pygls 1.3.1.

It asks for Python 3.12, and runs on 3.11 where pip is told `--ignore-requires-python`.

A second after a document is opened it asks the model, and what that says becomes diagnostics, each
with edits: it offers nothing earlier, and no click of its user asks a model. Source: its only
module, `ai_lsp/main.py`. The model that it has by default is none that pydantic-ai knows any more.
"""

from __future__ import annotations

import json
import os

from tests.scripted_endpoint import raw_answer

from .peer import Peer
from .problem import EXPRESSION, WANTED_EXPRESSION

_TITLE = "Round down"

_ISSUES = {
    "issues": [
        {
            "issue_snippet": EXPRESSION,
            "severity": "warning",
            "message": "This rounds up.",
            "suggested_fixes": [
                {
                    "title": _TITLE,
                    "target_snippet": EXPRESSION,
                    "replacement_snippet": WANTED_EXPRESSION,
                }
            ],
        }
    ]
}
_CALL = {"name": "final_result", "arguments": json.dumps(_ISSUES)}
_MESSAGE = {
    "role": "assistant",
    "content": None,
    "tool_calls": [{"id": "call_1", "type": "function", "function": _CALL}],
}
_COMPLETION = {
    "id": "1",
    "object": "chat.completion",
    "created": 1,
    "model": "gpt-4o",
    "choices": [{"index": 0, "message": _MESSAGE, "finish_reason": "tool_calls"}],
    "usage": {"prompt_tokens": 9, "completion_tokens": 4, "total_tokens": 13},
}

AI_LSP = Peer(
    name="ai-lsp",
    command=("ai-lsp", "--log-file", os.devnull),
    install='pip install ai-lsp "pygls<2"',
    environment=lambda base_url: {
        "AI_LSP_MODEL": "openai-chat:gpt-4o",
        "OPENAI_BASE_URL": base_url,
        "OPENAI_API_KEY": "made-up-key",
    },
    after="textDocument/publishDiagnostics",
    title=_TITLE,
    answer=raw_answer(json.dumps(_COMPLETION).encode()),
)
