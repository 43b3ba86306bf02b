"""From the bytes of a response's body to events, without I/O and however the bytes are cut."""

import json
from collections.abc import Iterator

from workers_ai_ls.workers_ai.errors import (
    BrokenStream,
    ModelError,
    NotAnApi,
    OnlyReasoning,
)
from workers_ai_ls.workers_ai.events import Event, Finish, FinishReason, Reasoning, Text, Usage
from workers_ai_ls.workers_ai.refusals import Asked, told_failure
from workers_ai_ls.workers_ai.shapes import Said, finish_reason, said, unwrapped
from workers_ai_ls.workers_ai.sse import SseDecoder
from workers_ai_ls.workers_ai.usage import UsageCount

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class AnswerReader:
    """Read one answer; `feed` every chunk, then `end` once.

    What the body is, is seen from its first character and not from `content-type`: `{` opens one
    JSON body, which comes even where a stream was asked for, `<` a web page, and the rest is a
    stream. Both methods yield what came before they raise the `WireFailure` that follows it.
    """

    def __init__(self, asked: Asked, *, max_tokens: int, neurons: float | None = None) -> None:
        self._asked = asked
        self._max_tokens = max_tokens
        self._usage = UsageCount(neurons)
        self._stream = SseDecoder()
        self._head: bytes | None = b""  # what came before the kind of body was known, then None
        self._body: bytearray | None = None  # the JSON body so far, where it is one
        self._finish: str | None = None
        self._texts_from: str | None = None  # "choices" or "response"
        self._said = False  # more than white space
        self._thought = False
        self._done = False

    @property
    def is_done(self) -> bool:
        """Whether the stream said that it ended; only padding can follow."""
        return self._done

    def feed(self, chunk: bytes) -> Iterator[Event]:
        """Yield the text and reasoning that `chunk` completes."""
        if self._head is not None:
            self._head += chunk
            start = self._head.removeprefix(_BYTE_ORDER_MARK).lstrip()
            if not start or _BYTE_ORDER_MARK.startswith(self._head):
                return
            chunk, self._head = self._head, None
            if start.startswith(b"<"):
                raise NotAnApi(self._asked.refusal(status=200))
            if start.startswith(b"{"):
                self._body = bytearray()
        if self._body is not None:
            self._body += chunk
            return
        for data in self._stream.feed(chunk):
            yield from self._event(data)

    def end(self) -> Iterator[Event]:
        """Yield what was still open, the usage, and `Finish`.

        Raises `BrokenStream` when the answer has neither `[DONE]` nor a finish reason, and
        `OnlyReasoning` when thinking took all the tokens before the model had said anything.
        """
        if self._head is not None:
            raise self._broken("it is empty")
        if self._body is not None:
            yield from self._whole(bytes(self._body))
        for data in self._stream.end():
            yield from self._event(data)
        if not self._done and self._finish is None:
            raise self._broken("it stops in the middle")
        usage = self._usage.total()
        if usage is not None:
            yield usage
        reason = self._reason(usage)
        if reason not in ("tool_calls", "content_filter") and self._only_thought(usage):
            raise OnlyReasoning(self._asked.refusal())
        yield Finish(reason)

    def _whole(self, body: bytes) -> Iterator[Event]:
        payload = self._json(body.decode("utf-8-sig", "replace"))
        answer = said(unwrapped(payload))
        if not answer.known:
            raise self._broken("it holds no text where text is known to stand")
        yield from self._events(answer)
        self._done = True

    def _event(self, data: str) -> list[Event]:
        data = data.strip()
        if data == "[DONE]":
            self._done = True
            return []
        return self._events(said(self._json(data))) if data else []

    def _events(self, answer: Said) -> list[Event]:
        events: list[Event] = []
        self._usage.add(answer)
        if answer.finish == "error":
            raise ModelError(self._asked.refusal(detail=answer.text))
        self._finish = self._finish or answer.finish
        if answer.reasoning:
            self._thought = True
            events.append(Reasoning(answer.reasoning))
        if answer.text and self._is_first_telling(answer):
            self._said = self._said or not answer.text.isspace()
            events.append(Text(answer.text))
        return events

    def _is_first_telling(self, answer: Said) -> bool:
        """Whether the text is no repetition: it comes by the same way as before, before the end."""
        way = "choices" if answer.from_choice else "response"
        self._texts_from = self._texts_from or way
        return self._texts_from == way and not self._done

    def _reason(self, usage: Usage | None) -> FinishReason:
        if self._finish is not None:
            return finish_reason(self._finish)
        if usage is None or usage.completion_tokens is None:
            return "unknown"
        return "length" if self._is_used_up(usage) else "stop"

    def _only_thought(self, usage: Usage | None) -> bool:
        """Whether an answer without text was thinking until its tokens were used up.

        Models whose thinking is not sent show it by their usage alone. A model that stopped by
        itself and said nothing is none of these.
        """
        if self._said:
            return False
        if usage is not None and self._is_used_up(usage):
            return True
        thought = self._thought or bool(usage and usage.reasoning_tokens)
        return thought and self._reason(usage) == "length"

    def _is_used_up(self, usage: Usage) -> bool:
        return (usage.completion_tokens or 0) >= self._max_tokens

    def _json(self, text: str) -> dict[str, object]:
        """Return a payload that is no error; raise the failure that it tells otherwise."""
        try:
            payload = json.loads(text)
        except ValueError:
            raise self._broken("a part of it is not JSON") from None
        if not isinstance(payload, dict):
            raise self._broken("a part of it is no JSON object")
        failure = told_failure(payload, self._asked, status=200)
        if failure is not None:
            raise failure
        return payload

    def _broken(self, detail: str) -> BrokenStream:
        return BrokenStream(self._asked.refusal(detail=detail))
