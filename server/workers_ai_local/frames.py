"""The four shapes of an answer on the wire, as PROTOCOL.md's frames have them."""

import json
import secrets
import time

import attrs

from workers_ai_local.engine import Finish, Shape, Text, Usage

DONE = b"data: [DONE]\n\n"


@attrs.frozen
class Framing:
    """What all frames of one answer share."""

    shape: Shape
    model: str
    request_id: str

    def opening(self) -> bytes:
        """What comes before the first piece."""
        if self.shape != "openai":
            return b""
        return _data(self._chunk({"role": "assistant", "content": ""}))

    def text(self, text: Text) -> bytes:
        """One piece of the answer."""
        if self.shape == "openai":
            key = "reasoning_content" if text.reasoning else "content"
            return _data(self._chunk({key: text.value}))
        native = {"response": text.value, "p": _padding()}
        if self.shape == "dual":
            return _data(self._chunk({"content": text.value}) | native)
        return _data(native)

    def closing(self, finish: Finish) -> bytes:
        """The end of a whole answer: finish reason where the shape has one, usage, `[DONE]`."""
        frames = b""
        usage = {} if finish.usage is None else {"usage": usage_json(finish.usage)}
        if self.shape == "native":
            frames += _data({"tool_calls": [], "p": _padding()})
        else:
            frames += _data(self._chunk({}, finish.reason))
        if self.shape == "openai" and usage:
            frames += _data(self._chunk({}) | {"choices": []} | usage)
        if usage:
            frames += _data({"response": ""} | usage)
        return frames + DONE

    def whole(self, text: object, finish: Finish) -> dict[str, object]:
        """The answer as one JSON body."""
        usage = {} if finish.usage is None else {"usage": usage_json(finish.usage)}
        result: dict[str, object] = {"response": text, "tool_calls": []} | usage
        if self.shape == "openai":
            message = {"role": "assistant", "content": text}
            choice = {"index": 0, "message": message, "finish_reason": finish.reason}
            result = self._head("chat.completion") | {"choices": [choice]} | usage
        return {"result": result, "success": True, "errors": [], "messages": []}

    def _chunk(self, delta: dict[str, object], reason: str | None = None) -> dict[str, object]:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        return self._head("chat.completion.chunk") | {"choices": [choice]}

    def _head(self, kind: str) -> dict[str, object]:
        return {
            "id": f"chatcmpl-{self.request_id}",
            "object": kind,
            "created": int(time.time()),
            "model": self.model,
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


def _data(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"data: {text}\n\n".encode()


def _padding() -> str:
    """Cloudflare pads frames, so that their length does not give the token away."""
    return secrets.token_urlsafe(24)[: 1 + secrets.randbelow(32)]
