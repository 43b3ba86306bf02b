"""lsp-ai, completions, chats and actions as its settings define them; tried with 0.7.0.

`codeAction/resolve` asks the model, waits for the whole answer, and puts it in place of the
selection as it is, so the answer here is bare code. Source: `config.rs`, `transformer_worker.rs`.
"""

from __future__ import annotations

from tests.scripted_endpoint import json_answer

from .peer import Peer
from .problem import WANTED_CODE

_TITLE = "Refactor"
_MODEL = "model"
_PROMPT = "Refactor this code and answer with nothing but code:\n\n{SELECTED_TEXT}"


def _options(base_url: str) -> dict[str, object]:
    model = {
        "type": "open_ai",
        "chat_endpoint": f"{base_url}/chat/completions",
        "model": "gpt-4o",
        "auth_token": "made-up-key",
    }
    messages = [{"role": "user", "content": _PROMPT}]
    action = {
        "action_display_name": _TITLE,
        "model": _MODEL,
        "parameters": {"max_context": 4_096, "max_tokens": 1_024, "messages": messages},
    }
    return {"memory": {"file_store": {}}, "models": {_MODEL: model}, "actions": [action]}


LSP_AI = Peer(
    name="lsp-ai",
    command=("lsp-ai",),
    install="cargo install --locked lsp-ai",
    options=_options,
    environment=lambda _: {"LSP_AI_LOG": "error"},
    title=_TITLE,
    answer=json_answer(WANTED_CODE, shape="bare"),
)
