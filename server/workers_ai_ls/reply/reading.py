"""Read a reply while it arrives."""

import re
from typing import Literal

import attrs

from workers_ai_ls.reply.blocks import Block, split_blocks
from workers_ai_ls.reply.visible import Place, see, without_tokens_at_end

Finish = Literal["stop", "length", "unknown"]
_LINE_END = re.compile(r"\r\n|\r|\n")
_LEADING_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")


@attrs.frozen
class Reply:
    r"""A model's whole text, taken apart.

    `finish` is why the model stopped: "stop" of its own accord, "length" at the token limit.
    Line ends are `\n` everywhere but in `raw`.
    """

    raw: str
    text: str
    """Without reasoning sections and leaked special tokens."""
    blocks: tuple[Block, ...]
    prose: str
    """The text outside of the blocks."""
    finish: Finish


def finish_of(reason: str, tokens: int | None, most: int) -> Finish:
    """Tell why a model stopped, also where the wire does not: by the tokens of its answer.

    `tokens` is what was counted at the end, if anything; `most` is what was asked for at most.

    >>> finish_of("unknown", 1024, 1024), finish_of("unknown", 9, 1024), finish_of("unknown", None, 9)
    ('length', 'stop', 'unknown')
    """
    if reason == "length" or (tokens is not None and tokens >= most):
        return "length"
    if reason == "stop" or tokens:
        return "stop"
    return "unknown"


class Reader:
    r"""Reads a reply piece by piece; the result is the same however the text is cut.

    >>> reader = Reader()
    >>> for piece in ("<thi", "nk>Hm.</think>Sure:\n``", "`py\nx = 1\n```"):
    ...     reader.feed(piece)
    >>> reader.finish("stop").blocks[0].code
    'x = 1'
    """

    def __init__(self) -> None:
        self._raw: list[str] = []
        self._line: list[str] = []
        self._kept: list[str] = []
        self._place = Place()

    def feed(self, text: str) -> None:
        """Take the next piece of the reply, which may end anywhere."""
        self._raw.append(text)
        self._line.append(text)
        after_return = len(self._line) > 1 and self._line[-2].endswith("\r")
        # A line is put together only where it ends: a reply may be one line of 100,000 characters.
        if not (after_return or "\n" in text or "\r" in text):
            return
        whole = "".join(self._line)
        # The line feed of a final carriage return may still be on its way.
        held = whole.endswith("\r")
        *lines, rest = _LINE_END.split(whole[:-1] if held else whole)
        self._line = [rest + "\r" if held else rest]
        for line in lines:
            self._take(line)

    def visible(self) -> str:
        """Give the visible text so far; it only ever grows at its end, with one exception.

        Some models' reasoning has no opening tag: where its closing tag comes, all text before
        it turns out to be reasoning, and is gone from then on.
        """
        return self._visible(unfinished=True)

    def finish(self, reason: Finish) -> Reply:
        """Take the reply apart, now that no more of it comes."""
        text = self._visible(unfinished=False).rstrip()
        blocks, prose = split_blocks(text)
        return Reply("".join(self._raw), text, blocks, prose, reason)

    def _take(self, line: str) -> None:
        seen = see(self._place, line)
        self._place = seen.place
        if seen.forgets:
            self._kept = []
        if seen.text is not None:
            self._kept.append(seen.text + "\n")

    def _visible(self, *, unfinished: bool) -> str:
        self._kept = ["".join(self._kept)]
        seen = see(self._place, "".join(self._line).removesuffix("\r"))
        text = seen.text or "" if seen.forgets else self._kept[0] + (seen.text or "")
        text = _LEADING_BLANK_LINES.sub("", text)
        return without_tokens_at_end(text, unfinished=unfinished)
