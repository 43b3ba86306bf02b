"""What a line stands in, and that what was laid out once is laid out for the right file."""

from hypothesis import given
from hypothesis import strategies as st

from workers_ai_ls.syntax.symbol import Definition
from workers_ai_ls.workspace.resolving.filed import Filed

LINES = 30
kinds = st.sampled_from(("class", "function", "variable", "namespace"))
extents = st.tuples(kinds, st.integers(0, LINES), st.integers(1, LINES))


def defined(kind: str, name: str, start: int, end: int, parent: int = -1) -> Definition:
    return Definition(kind, name, name, start, start, start + 1, end, "", "", parent, True, "")  # noqa: FBT003 - its own order


@given(st.lists(extents, max_size=8).map(lambda them: sorted(them, key=lambda one: one[1])))
def test_a_line_stands_in_the_last_definition_that_holds_it(
    listed: list[tuple[str, int, int]],
) -> None:
    filed = Filed([defined(kind, "a", start, start + size) for kind, start, size in listed])
    for line in range(2 * LINES):
        holding = [
            at
            for at, (kind, start, size) in enumerate(listed)
            if start <= line < start + size and kind != "variable"
        ]
        assert filed.inside(line) == (holding[-1] if holding else -1)
        assert list(filed.around(line)) == holding[::-1]


def test_lines_that_move_change_nothing_else() -> None:
    before = Filed([defined("class", "A", 0, 5), defined("function", "f", 1, 2, parent=0)])
    after = Filed([defined("class", "A", 3, 9), defined("function", "f", 4, 6, parent=0)])

    assert before.outline is after.outline
    assert after.outline.by_name == {"A": [0], "f": [1]}
    assert after.outline.children == {-1: [0], 0: [1]}
    assert (before.inside(4), after.inside(4)) == (0, 1)


def test_another_kind_name_or_place_is_laid_out_anew() -> None:
    one = defined("namespace", "A", 0, 5)
    for listed in (
        [one, defined("function", "f", 1, 2)],
        [one, defined("function", "g", 1, 2, parent=0)],
        [one, defined("class", "f", 1, 2, parent=0)],
        [one._replace(kind="class"), defined("function", "f", 1, 2, parent=0)],
    ):
        known = Filed([one, defined("function", "f", 1, 2, parent=0)]).outline
        assert Filed(listed).outline is not known


def test_a_file_may_define_nothing() -> None:
    filed = Filed([])
    assert filed.inside(0) == -1
    assert filed.outline.top == {}
    assert list(filed.lines) == []
