"""Which names Rust code uses, and what it says about them."""

import pytest

from tests.syntax.use_reading import bindings, used

FUNCTION = "impl Client {{\n    fn run(&self, input: In) -> Out {{\n        {}\n    }}\n}}\n"
LANGUAGE = {"None", "Some()", "vec()", "u8", "Vec"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a::b::c(input)", {"a", "a.b", "a.b.c()"}),
        ("Self::make()", {"Self", "Self.make()"}),
        ("self.inner.send(LIMIT)", {"self.inner", "self.inner.send()", "LIMIT"}),
        ("Vec::<Row>::new()", {"Vec.new()", "Row"}),
        ("self.rows()?.first", {"self.rows()", "self.rows().first"}),
        ("self.rows().await.first", {"self.rows()", "self.rows().first"}),
        ("Row { size: 1, input }", {"Row()", "Row().size", "Row().input"}),
        ("let Row { size, cells: c } = make();", {"Row", "Row().size", "Row().cells", "make()"}),
        (
            "match input { Kind::A(x) => x.go(), LIMIT => 1, other => 2 }",
            {"Kind", "Kind.A", "x.go()", "LIMIT"},
        ),
        (
            "check!(self.rows.len(), Kind::A)",
            {"check()", "self.rows", "self.rows.len()", "Kind", "Kind.A"},
        ),
        ("rows().map(|row| row.size)", {"rows()", "rows().map()", "row.size"}),
        ("'outer: loop { break 'outer; }", set()),
        ("use a::b;", set()),
        ("let x: &'a Row = input;", {"Row"}),
    ],
)
def test_names_that_are_used(code: str, expected: set[str]) -> None:
    assert used("rust", FUNCTION.format(f"┃{code}┃")) - LANGUAGE == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", {"input: In"}),
        ("let x: Row = y;", {"x: Row"}),
        ("let x = self.make()?;", {"x = self.make()"}),
        ("let (a, b) = pair();", {"a = pair() each", "b = pair() each"}),
        ("let (a, b): (A, B) = pair();", {"a: A", "b: B"}),
        ("if let Some(row) = self.row() {}", {"row = self.row()"}),
        ("while let Ok(row) = rows.next() {}", {"row = rows.next()"}),
        ("let Row { size, cells: c } = y;", {"size = Row().size", "c = Row().cells"}),
        ("match y { Kind::A(x) => 1, Kind::B { n } => 2 }", {"x = Kind.A each", "n = Kind.B().n"}),
        ("for row in &self.rows {}", {"row = self.rows each", "row = self.rows"}),
        ("rows.iter().map(|row| 1);", {"row = rows.iter() each", "row = rows.iter()"}),
        ("let x = y as Row;", {"x: Row"}),
        ("let x = if a { b() } else { c() };", {"x = b()", "x = c()"}),
        ("let x = match a { A => b(), _ => c() };", {"x = b()", "x = c()"}),
        (
            "fn inner<T: Read + Seek>(from: T) where T: Go {}",
            {"T: Read", "T: Seek", "T: Go", "from: T"},
        ),
    ],
)
def test_what_is_said_of_names(code: str, expected: set[str]) -> None:
    assert expected <= bindings("rust", FUNCTION.format(f"┃let _ = 1; {code}┃"))


def test_a_name_of_a_macro_that_is_bound_is_no_use() -> None:
    assert "input" not in used("rust", FUNCTION.format("┃check!(input)┃"))
