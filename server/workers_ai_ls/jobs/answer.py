"""The model's answer as it grows, event by event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import attrs

from workers_ai_ls.redaction import Restorer
from workers_ai_ls.reply import Reader, Reply, finish_of
from workers_ai_ls.workers_ai import Finish, Reasoning, Retrying, Served, Text, Usage

if TYPE_CHECKING:
    from workers_ai_ls.context import Prompt
    from workers_ai_ls.workers_ai import Event, Model


@attrs.define
class Answer:
    """What `model` has answered to `prompt` so far.

    The prompt is as it was sent; secrets that were taken out of it are back in the answer's text.
    `tokens` and `thinking` count the pieces of text and of reasoning, each about one token.
    """

    prompt: Prompt
    model: Model
    restorer: Restorer = attrs.field(factory=lambda: Restorer({}), repr=False)
    reader: Reader = attrs.field(factory=Reader)
    served: Served = attrs.field(factory=Served)
    usage: Usage | None = None
    finish: Literal["stop", "length", "unknown"] = "unknown"
    tokens: int = 0
    thinking: int = 0
    text: str = ""

    def take(self, event: Event) -> str:
        """Add an event; returns how the answer stands now, for the progress display."""
        match event:
            case Text(text):
                self.tokens += 1
                self._grow(self.restorer.feed(text))
            case Reasoning():
                self.thinking += 1
            case Served():
                self.served = event
            case Usage():
                self.usage = event
            case Finish(reason):
                self.finish = reason if reason in ("stop", "length") else "unknown"
            case Retrying(delay_s, reason):
                when = f"in {delay_s:.0f} s" if round(delay_s) else "now"
                return f"{reason}, trying again {when}"
        return self.status()

    def complete(self) -> bool:
        """Take note that nothing more comes; returns whether the text has grown by what was held."""
        rest = self.restorer.finish()
        self._grow(rest)
        return bool(rest)

    def _grow(self, text: str) -> None:
        self.text += text
        self.reader.feed(text)

    def reply(self) -> Reply:
        """Read what the answer means, once it has ended."""
        counted = self.usage.completion_tokens if self.usage else None
        return self.reader.finish(finish_of(self.finish, counted, self.prompt.max_tokens))

    def status(self) -> str:
        """How the answer stands, for the progress display; "" before its first piece."""
        if self.tokens:
            return f"{self.tokens} {'token' if self.tokens == 1 else 'tokens'}"
        return "thinking" if self.thinking else ""
