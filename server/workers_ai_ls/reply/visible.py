"""What a person may see of a reply: no reasoning sections, no leaked special tokens.

Read line by line, because both are recognised by where they stand: code may well hold `</s>` or
`"<|im_end|>"` itself, and then they have to stay. So tokens go only at the start and at the end of
the reply, on a closing fence, and on lines of their own outside of fences.
"""

import re
from typing import NamedTuple

_ROLE = r"(?:system|user|assistant)?"
_TOKEN = (
    r"(?:"
    rf"<\|(?:im_start|start_header_id)\|>{_ROLE}"
    r"|<\|[A-Za-z_][\w ]{0,38}\|>"
    r"|<｜[^｜<>\n]{1,40}｜>"  # noqa: RUF001 - DeepSeek's tokens are written with full-width bars
    r"|</?s>|<(?:eos|bos|pad|unk|EOT|end_of_turn|start_of_turn)>"
    r"|\[/?INST\]|<</?SYS>>"
    r")"
)
_TOKENS_ONLY = re.compile(rf"\s*(?:{_TOKEN}\s*)+")
_AT_START = re.compile(rf"\s*(?:{_TOKEN}[ \t]*)+")
_AT_END = re.compile(rf"(?:\s*{_TOKEN})+\s*\Z")
# Behind the end of its turn, a model may go on with another.
_TURN_ENDS = re.compile(
    r"(?P<kept>.*\S)[ \t]*(?:<\|(?:im_end|eot_id|eom_id|end|end_of_text|endoftext|EOT)\|>|<end_of_turn>|<EOT>)\s*"
)
_MAYBE_TOKEN = re.compile(r"(?:<[^\s<>]{0,40}|\[/?[A-Z]{0,4})\Z")
_FENCE = re.compile(
    rf"[ \t]*(?P<fence>`{{3,}}|~{{3,}})(?P<info>[^`]*?)(?P<leak>(?:\s*{_TOKEN})*)\s*"
)
_REASONING = r"think|thinking|thought|reasoning"
_OPENS = re.compile(rf"\s*<(?P<tag>{_REASONING})>")
_CLOSES = re.compile(rf"(?P<before>.*?)</(?:{_REASONING})>(?P<after>.*)")
# The longest run of leaked tokens at the end that is looked for, in characters.
_TAIL = 600


class Place(NamedTuple):
    """Where the reader stands between two lines of a reply."""

    awaits: str = ""
    """The tag that ends the reasoning section it is in, or nothing."""
    fence: str = ""
    """The fence that is open, as it was written, or nothing."""
    began: bool = False
    """Whether anything visible came before."""


class Seen(NamedTuple):
    """What one line of a reply adds to what is visible."""

    place: Place
    text: str | None = None
    """The visible line without its end; None where the whole line is hidden."""
    forgets: bool = False
    """Whether all text before was reasoning whose opening tag was part of the prompt."""


def see(place: Place, line: str) -> Seen:
    """Read one line (without its end) of a reply."""
    if place.awaits:
        _, tag, line = line.partition(place.awaits)
        if not tag:
            return Seen(place)
        place = place._replace(awaits="")
        return see(place, line) if line.strip() else Seen(place)
    if place.fence:
        return _see_in_fence(place, line)
    if opened := _OPENS.match(line):
        return see(place._replace(awaits=f"</{opened['tag']}>"), line[opened.end() :])
    if closed := _orphan(line):
        after = see(Place(), closed["after"]) if closed["after"].strip() else Seen(Place())
        return after._replace(forgets=True)
    return _see_plain(place, line)


def without_tokens_at_end(text: str, *, unfinished: bool = False) -> str:
    """Take leaked tokens off the end of a reply, and, of one that goes on, what may become one."""
    start = max(0, len(text) - _TAIL)
    tail = text[start:]
    if unfinished:
        tail = _MAYBE_TOKEN.sub("", tail)
    found = _AT_END.search(tail)
    # `<s>old</s>` is markup: its end tag belongs to it.
    if found and not (found.group().strip() == "</s>" and "<s>" in text):
        tail = tail[: found.start()]
    return text[:start] + tail


def _see_in_fence(place: Place, line: str) -> Seen:
    fence = _FENCE.fullmatch(line)
    if fence and not fence["info"].strip() and fence["fence"].startswith(place.fence):
        return Seen(place._replace(fence=""), line[: fence.end("fence")])
    return Seen(place, line)


def _see_plain(place: Place, line: str) -> Seen:
    if not place.began and (leaked := _AT_START.match(line)):
        line = line[leaked.end() :]
        return see(place, line) if line.strip() else Seen(place)
    if _TOKENS_ONLY.fullmatch(line):
        return Seen(place)
    if fence := _FENCE.fullmatch(line):
        place = place._replace(fence=fence["fence"])
        line = line[: fence.start("leak")]
    elif ended := _TURN_ENDS.fullmatch(line):
        line = ended["kept"]
    return Seen(place._replace(began=place.began or bool(line.strip())), line)


def _orphan(line: str) -> re.Match[str] | None:
    """Find the end of a reasoning section that the prompt opened, at either end of a line."""
    closed = _CLOSES.fullmatch(line)
    at_an_end = closed and (not closed["before"].strip() or not closed["after"].strip())
    return closed if at_an_end else None
