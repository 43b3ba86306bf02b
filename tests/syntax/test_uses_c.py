"""Which names C and C++ code uses, and what it says about them."""

import pytest

from tests.syntax.use_reading import bindings, used

FUNCTION = "static int run(struct in *in, size_t n)\n{{\n    {}\n}}\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("helper(in->row.size, LIMIT);", {"helper()", "in.row", "in.row.size", "LIMIT"}),
        ("in->ops->read(in);", {"in.ops", "in.ops.read()"}),
        (
            "struct row x = { .size = 1, .cell = { .a = 2 } };",
            {"row", "row().size", "row().cell", "row().cell.a"},
        ),
        ("in = (row_t){ .size = 1 };", {"row_t", "row_t().size"}),
        ("((struct row *) in)->size = 1;", {"row", "row().size"}),
        ("(*in).size = 1;", {"in.size"}),
        ("n = sizeof(struct row) + offsetof(struct row, size);", {"row", "row().size"}),
        ("switch (n) { case RED: break; }", {"RED"}),
        ("goto out; out: return 1;", set()),
        ("in->rows[n].size = 1;", {"in.rows", "in.rows[].size"}),
    ],
)
def test_names_that_c_uses(code: str, expected: set[str]) -> None:
    found = used("c", FUNCTION.format(f"┃{code}┃"))
    assert found == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", {"in: in", "n: size_t"}),
        ("struct row a = x, *b, c[3];", {"a: row", "b: row", "c: row[]"}),
        ("const row_t *a;", {"a: row_t"}),
        ("for (struct row *r = x; r; r = r->next) {}", {"r: row"}),
        ("int (*read)(struct row *);", {"read: int"}),
    ],
)
def test_what_c_says_of_names(code: str, expected: set[str]) -> None:
    assert expected <= bindings("c", FUNCTION.format(f"┃int first; {code}┃"))


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("ns::make<Row>(1);", {"ns", "ns.make()", "Row"}),
        ("Rows::Kind::A.go();", {"Rows", "Rows.Kind", "Rows.Kind.A", "Rows.Kind.A.go()"}),
        ("this->rows_.size();", {"this.rows_", "this.rows_.size()"}),
        ("new Row(1);", {"Row()"}),
        ("static_cast<Row*>(in)->size();", {"static_cast()", "Row", "Row().size"}),
        ("for (auto& row : rows_) { row->go(); }", {"rows_", "row.go()"}),
        ("auto go = [this](int k) { return k + n_; };", {"n_"}),
        ("using Other = ns::Row;", {"ns", "ns.Row"}),
    ],
)
def test_names_that_cpp_uses(code: str, expected: set[str]) -> None:
    found = used("cpp", FUNCTION.format(f"┃{code}┃"))
    assert {one for one in found if not one.startswith("static_cast().")} == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("auto a = make()->row;", {"a = make().row"}),
        ("auto a = new Row(1);", {"a = Row()"}),
        ("auto a = std::make_shared<Row>(1);", {"a = Row()"}),
        ("auto a = static_cast<Row*>(x);", {"a = Row()"}),
        ("auto [a, b] = pair();", {"a = pair() each", "b = pair() each"}),
        ("Row a(1), b{2};", {"a: Row", "b: Row"}),
        ("std::vector<Row> a;", {"a: std::vector<Row>"}),
        ("for (auto& a : rows()) {}", {"a = rows() each"}),
        ("try {} catch (const Row& a) {}", {"a: Row"}),
        ("if (auto a = find(); a) {}", {"a = find()"}),
    ],
)
def test_what_cpp_says_of_names(code: str, expected: set[str]) -> None:
    assert expected <= bindings("cpp", FUNCTION.format(f"┃int first; {code}┃"))


def test_a_constructor_sets_fields_of_its_own() -> None:
    assert used("cpp", "Row::Row(int a) ┃: size_(a), Base(1)┃ {}\n") == {"this.size_", "this.Base"}
