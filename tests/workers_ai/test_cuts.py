from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workers_ai.reading import read_cut, reasoning_of, text_of, usage_of
from tests.workers_ai.recorded import RECORDED
from workers_ai_ls.workers_ai import Event, Finish

Read = tuple[list[Event], str | None]


def whole(body: bytes, cuts: Iterable[int] = ()) -> Read:
    events, failure = read_cut(body, cuts)
    return events, None if failure is None else f"{type(failure).__name__}: {failure}"


UNCUT = {name: whole(recorded.body) for name, recorded in RECORDED.items()}


@pytest.mark.parametrize("name", RECORDED)
def test_a_recorded_body_says_what_it_said(name: str) -> None:
    recorded = RECORDED[name]

    events, failure = UNCUT[name]

    usage = usage_of(events)
    assert text_of(events) == recorded.text
    assert reasoning_of(events) == recorded.reasoning
    if failure is None:
        assert events[-1] == Finish(recorded.end)  # type: ignore[arg-type] # a word of the table
    else:
        assert failure.startswith(f"{recorded.end}: ")
    assert (usage and usage.prompt_tokens, usage and usage.completion_tokens) == recorded.tokens


@pytest.mark.parametrize("name", RECORDED)
def test_a_cut_at_any_byte_changes_no_event(name: str) -> None:
    body = RECORDED[name].body

    for cut in range(len(body) + 1):
        assert whole(body, [cut]) == UNCUT[name], cut


@pytest.mark.parametrize("name", RECORDED)
def test_a_cut_at_every_byte_changes_no_event(name: str) -> None:
    body = RECORDED[name].body

    assert whole(body, range(len(body))) == UNCUT[name]


@given(st.sampled_from(sorted(RECORDED)), st.data())
def test_any_cuts_change_no_event(name: str, data: st.DataObject) -> None:
    body = RECORDED[name].body
    cuts = data.draw(st.lists(st.integers(0, len(body))))

    assert whole(body, sorted(cuts)) == UNCUT[name]
