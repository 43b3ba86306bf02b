"""Which names Java code uses, and what it says about them."""

import pytest

from tests.syntax.use_reading import bindings, used

METHOD = "class A {{\n    Out run(In in) {{\n        {}\n    }}\n}}\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("this.rows.first();", {"this.rows", "this.rows.first()"}),
        ("super.run(in);", {"super.run()"}),
        ("helper(LIMIT);", {"helper()", "LIMIT"}),
        ("new Row<Cell>(1).size();", {"Row()", "Cell", "Row().size()"}),
        ("Rows.Kind.A.go();", {"Rows", "Rows.Kind", "Rows.Kind.A", "Rows.Kind.A.go()"}),
        ("((Row) in).size();", {"Row", "Row().size()"}),
        ("((Row) in).cells = 1;", {"Row", "Row().cells"}),
        ("rows.forEach(row -> row.go());", {"rows", "rows.forEach()", "row.go()"}),
        ("map(Row::size);", {"map()", "Row", "Row.size"}),
        ("switch (in) { case RED: break; }", {"in.RED", "RED"}),
        ("Map<Key, Row> all = null;", {"Map", "Key", "Row"}),
        ("@Seen(value = LIMIT) Row row;", {"Seen()", "LIMIT", "Row"}),
        ("outer: while (true) { continue outer; }", set()),
        ("if (in instanceof Row row && row.go()) {}", {"Row", "row.go()"}),
    ],
)
def test_names_that_are_used(code: str, expected: set[str]) -> None:
    assert used("java", METHOD.format(f"┃{code}┃")) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", {"in: In"}),
        ("Row a = make(), b;", {"a: Row", "b: Row"}),
        ("var a = make().row;", {"a = make().row"}),
        ("var a = x ? b() : (Row) c;", {"a = b()", "a: Row"}),
        ("for (Row row : rows) {}", {"row: Row"}),
        ("for (var row : rows) {}", {"row = rows each"}),
        ("try (Reader from = open()) {} catch (A | B e) {}", {"from: Reader", "e: A | B"}),
        ("if (in instanceof Row row) {}", {"row: Row"}),
        ("rows.map(row -> 1);", {"row = rows each", "row = rows"}),
        ("rows.map((a, b) -> 1);", {"a = rows each", "b = rows each"}),
        ("Row[] many; Row few[];", {"many: Row[]", "few: Row[]"}),
    ],
)
def test_what_is_said_of_names(code: str, expected: set[str]) -> None:
    assert expected <= bindings("java", METHOD.format(f"┃int first; {code}┃"))


def test_parameters_of_a_method_say_their_types_and_bounds() -> None:
    found = bindings(
        "java", "class A {\n┃<T extends Row & Seen> void run(T one, Cell... rest) {}┃\n}\n"
    )
    assert found == {"T: Row", "T: Seen", "one: T", "rest: Cell[]"}
