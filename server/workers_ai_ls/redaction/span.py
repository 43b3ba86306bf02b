"""Where a secret stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class Span(NamedTuple):
    """A secret from `start` to `end` (offsets); `kind` says in capitals what it is: `AWS_KEY`."""

    start: int
    end: int
    kind: str


def united(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, with those that overlap made one; the kind is that of the longest.

    >>> united([Span(4, 6, "B"), Span(0, 5, "A"), Span(8, 9, "C")])
    [Span(start=0, end=6, kind='A'), Span(start=8, end=9, kind='C')]
    """
    done: list[Span] = []
    longest = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        if done and span.start < done[-1].end:
            last = done.pop()
            kind = span.kind if span.end - span.start > longest else last.kind
            done.append(Span(last.start, max(last.end, span.end), kind))
        else:
            longest = 0
            done.append(span)
        longest = max(longest, span.end - span.start)
    return done
