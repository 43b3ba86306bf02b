"""The four shapes of an answer on the wire, as Cloudflare's frames have them."""

import secrets
import time
from collections.abc import Mapping
from typing import Literal

import attrs

from workers_ai_local.compact import compact
from workers_ai_local.engine import Finish, ServedModel, Shape, Text, Usage

DONE = b"data: [DONE]\n\n"

Dialect = Literal["run", "chat", "completion"]
"""Who is spoken to: `…/ai/run`, or `…/v1/chat/completions` and `…/v1/completions`, which know no
envelope and no native frame."""

_NOTHING = Usage(0, 0)
_ONE_TOKEN = Usage(0, 1)


@attrs.frozen
class Framing:
    """What all frames of one answer share."""

    shape: Shape
    model: ServedModel
    request_id: str
    dialect: Dialect = "run"

    @property
    def is_openai(self) -> bool:
        """Whether there are only OpenAI's frames, but for the last one."""
        return self.dialect != "run" or self.shape == "openai"

    def opening(self) -> bytes:
        """What comes before the first piece."""
        if not self.is_openai or self.dialect == "completion":
            return b""
        return _data(self._chunk({"role": "assistant", "content": ""}) | _usage(_NOTHING))

    def text(self, text: Text) -> bytes:
        """One piece of the answer."""
        if self.is_openai:
            key = "reasoning_content" if text.reasoning else "content"
            # The usage of a chunk is what this chunk adds; only the last event has the sum.
            return _data(self._chunk({key: text.value}) | _usage(_ONE_TOKEN))
        native = {"response": text.value, "p": _padding()}
        if self.shape == "dual":
            return _data(self._chunk({"content": text.value}) | native)
        return _data(native)

    def closing(self, finish: Finish) -> bytes:
        """The end of a whole answer: finish reason where the shape has one, usage, `[DONE]`."""
        if self.is_openai or self.shape == "dual":
            frames = _data(self._chunk({}, finish.reason)) * finish.finishes
        else:
            frames = _data({"tool_calls": [], "p": _padding()}) * finish.finishes
        if finish.usage is not None:
            usage, priced = _usage(finish.usage), self._priced(finish.usage)
            is_run = self.dialect == "run"
            if self.is_openai:
                last = usage if is_run else priced
                frames += _data(self._chunk({}) | {"choices": []} | last)
            if is_run:
                frames += _data({"response": ""} | (priced if self.is_openai else usage))
        return frames + DONE * finish.dones

    def whole(self, text: object, finish: Finish, reasoning: str = "") -> Mapping[str, object]:
        """The answer as one JSON body."""
        usage = {} if finish.usage is None else _usage(finish.usage)
        result: dict[str, object] = {"response": text} | usage | {"tool_calls": []}
        if self.is_openai:
            message = {"role": "assistant", "content": text}
            if reasoning:
                message["reasoning_content"] = reasoning
            said = {"text": text} if self.dialect == "completion" else {"message": message}
            choice = {"index": 0, **said, "finish_reason": finish.reason}
            result = self._head("chat.completion") | {"choices": [choice]} | usage
        if self.dialect != "run":
            return result
        return {"result": result, "success": True, "errors": [], "messages": []}

    def neurons(self, usage: Usage) -> float:
        """What an answer cost: all zeros on this machine, Cloudflare's price in a recording."""
        per_million_in, per_million_out = self.model.neurons
        cost = usage.prompt * per_million_in + usage.completion * per_million_out
        return round(cost / 1e6, 6)

    def _priced(self, usage: Usage) -> dict[str, object]:
        return {"usage": usage_json(usage) | {"neurons": self.neurons(usage)}}

    def _chunk(self, delta: dict[str, object], reason: str | None = None) -> dict[str, object]:
        said: dict[str, object] = {"delta": delta}
        if self.dialect == "completion":
            said = {"text": delta.get("content", "")}
        choice = {"index": 0, **said, "finish_reason": reason}
        return self._head("chat.completion.chunk") | {"choices": [choice]}

    def _head(self, kind: str) -> dict[str, object]:
        return {
            "id": f"chatcmpl-{self.request_id}",
            "object": "text_completion" if self.dialect == "completion" else kind,
            "created": int(time.time()),
            "model": self.model.id,
        }


def error_frame(envelope: dict[str, object]) -> bytes:
    """An error after the first token: the envelope as an event."""
    return _data(envelope)


def usage_json(usage: Usage) -> dict[str, object]:
    """Write token counts as the wire has them."""
    return {
        "prompt_tokens": usage.prompt,
        "completion_tokens": usage.completion,
        "total_tokens": usage.prompt + usage.completion,
        "prompt_tokens_details": {"cached_tokens": usage.cached},
    }


def _usage(usage: Usage) -> dict[str, object]:
    return {"usage": usage_json(usage)}


def _data(value: object) -> bytes:
    return b"data: " + compact(value) + b"\n\n"


def _padding() -> str:
    """Cloudflare pads frames, so that their length does not give the token away."""
    return secrets.token_urlsafe(24)[: 1 + secrets.randbelow(32)]
