"""How a window is shared."""

import pytest

from workers_ai_ls.context import SelectionTooLong, budget_for, estimate

SMALL = "def half(x):\n    return x / 2\n"
LARGE = SMALL * 200


def test_a_small_selection_gets_the_least_answer() -> None:
    assert budget_for(SMALL, window=32_768).answer == 1024


def test_a_large_selection_gets_twice_itself_and_some_more() -> None:
    assert budget_for(LARGE, window=32_768).answer == 2 * estimate(LARGE) + 512 > 1024


@pytest.mark.parametrize(
    ("window", "answer"),
    [(4096, 2048), (8192, 4096), (32_768, 2 * 3096 + 512), (1_000_000, 2 * 3096 + 512)],
)
def test_the_answer_never_takes_more_than_half_of_the_window(window: int, answer: int) -> None:
    assert estimate(LARGE) == 3096
    budget = budget_for(LARGE, window=window)
    assert budget.answer == answer
    assert budget.prompt == window - answer - 64


def test_the_models_limit_goes_before() -> None:
    assert budget_for(LARGE, window=32_768, most_answer=2000).answer == 2000
    assert budget_for(SMALL, window=32_768, most_answer=256).answer == 256


def test_no_window_is_too_small_to_share() -> None:
    assert budget_for(SMALL, window=100).prompt == 0


def test_the_sentence_says_how_much_there_is_and_what_to_do() -> None:
    assert str(SelectionTooLong(123_456, 1984)) == (
        "The selected code needs about 123,456 tokens, but the model has room for 1,984; select "
        "less, or choose a model with a larger context window."
    )
