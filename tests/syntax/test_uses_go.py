"""Which names Go code uses, and what it says about them."""

import pytest

from tests.syntax.use_reading import bindings, used

METHOD = "package a\n\nfunc (c *Client) Do(in In) (out *Out, err error) {{\n\t{}\n}}\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("c.parent.Run(in)", {"c.parent.Run()", "c.parent"}),
        ("x := &Options{Limit: limit}", {"Options()", "Options().Limit", "limit"}),
        ("x := pkg.Options{Limit: 1}", {"pkg.Options()", "pkg.Options().Limit", "pkg"}),
        ('x := map[string]Row{key: {Cells: 1}, "b": {}}', {"Row", "key", "Row().Cells", "string"}),
        ("x := []*Row{{Cells: 1}}", {"Row", "Row().Cells"}),
        ("x := in.(*Special)", {"Special"}),
        ("for _, one := range c.items { one.Use() }", {"c.items", "one.Use()"}),
        ("run := func(q *Query) *Row { return q.First() }", {"Query", "Row", "q.First()"}),
        ("return Make[Row](c)", {"Make()", "Row"}),
        ("loop: for { break loop }", set()),
        ("if err := c.check(); err != nil { fail(err) }", {"c.check()", "fail()"}),
    ],
)
def test_names_that_are_used(code: str, expected: set[str]) -> None:
    assert used("go", METHOD.format(f"┃{code}┃")) - {"nil"} == expected


def test_parameters_of_types_are_no_uses() -> None:
    found = used("go", "package a\n┃func (s *Set[T]) Add(one T) { s.all = one }┃\n")
    assert found == {"Set", "s.all"}
    assert used("go", "package a\n┃func Map[K Key, V any](k K) V { return k.Get() }┃\n") == {
        "Key",
        "any",
        "k.Get()",
    }


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("x := 1", {"c: *Client", "in: In", "out: *Out", "err: error"}),
        ("x := &Options{}", {"x: Options"}),
        ("x := new(Options)", {"x: Options"}),
        ("x := make([]Row, 3)", {"x: []Row"}),
        ("x := []Row{}", {"x: []Row"}),
        ("var a, b Row", {"a: Row", "b: Row"}),
        ("a, b := one(), c.two", {"a = one()", "b = c.two"}),
        ("a, b := c.both()", {"a = c.both() each", "b = c.both() each"}),
        ("a, ok := in.(*Row)", {"a: *Row", "ok"}),
        ("a, ok := c.items[1]", {"a = c.items[]", "ok"}),
        ("a := <-c.rows", {"a = c.rows each"}),
        ("for k, v := range c.items {}", {"k = c.items each", "v = c.items each"}),
        ("switch t := in.(type) { case *A: case B, C: }", {"t: *A", "t: B", "t: C"}),
        ("select { case m := <-c.rows: _ = m }", {"m = c.rows each"}),
        ("run := func(xs ...Row) {}", {"xs: []Row"}),
    ],
)
def test_what_is_said_of_names(code: str, expected: set[str]) -> None:
    assert bindings("go", METHOD.format(f"┃{code}┃")) >= expected


def test_a_parameter_of_types_is_what_it_is_bound_to() -> None:
    found = bindings("go", "package a\n┃func Map[K Key, V any](k K) V { return k.Get() }┃\n")
    assert found >= {"K: Key", "k: K"}
