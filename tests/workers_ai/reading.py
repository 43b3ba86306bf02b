"""Read a recorded body as the client does, cut as a test likes."""

import itertools
from collections.abc import Iterable

from workers_ai_ls.workers_ai.errors import WireFailure
from workers_ai_ls.workers_ai.events import Event, Finish, Reasoning, Text, Usage
from workers_ai_ls.workers_ai.reader import AnswerReader
from workers_ai_ls.workers_ai.refusals import Asked

ASKED = Asked("@cf/a/b", "api.example", ("s3cret",))


def read(body: bytes, size: int = 0, *, max_tokens: int = 100) -> list[Event]:
    """Return all events of a body that comes in chunks of `size` bytes (0: in one)."""
    events, failure = read_on(body, size, max_tokens=max_tokens)
    if failure is not None:
        raise failure
    return events


def read_on(
    body: bytes, size: int = 0, *, max_tokens: int = 100
) -> tuple[list[Event], WireFailure | None]:
    """Return the events that come before a failure, and the failure."""
    step = size or len(body) or 1
    return read_cut(body, range(step, len(body), step), max_tokens=max_tokens)


def read_cut(
    body: bytes, cuts: Iterable[int], *, max_tokens: int = 100
) -> tuple[list[Event], WireFailure | None]:
    """As `read_on`, of a body that is cut before each of these bytes, in rising order."""
    reader = AnswerReader(ASKED, max_tokens=max_tokens)
    events: list[Event] = []
    try:
        for start, end in itertools.pairwise([0, *cuts, len(body)]):
            events.extend(reader.feed(body[start:end]))
        events.extend(reader.end())
    except WireFailure as failure:
        return events, failure
    return events, None


def text_of(events: Iterable[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Text))


def reasoning_of(events: Iterable[Event]) -> str:
    return "".join(event.text for event in events if isinstance(event, Reasoning))


def usage_of(events: Iterable[Event]) -> Usage | None:
    return next((event for event in events if isinstance(event, Usage)), None)


def finish_of(events: list[Event]) -> str:
    last = events[-1]
    assert isinstance(last, Finish)
    return last.reason
