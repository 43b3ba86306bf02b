"""What Go code uses is found by Go's own rules."""

from pathlib import Path

import pytest

from tests.workspace.resolving.resolved import guessed, used

MOD = {"go.mod": "module example.com/app/v2\n\ngo 1.22\n"}

STORE = """package storage

type Base struct{ Name string }

func (b *Base) Close() error { return nil }

type Store struct {
	*Base
	Rows map[string]*Row
	next func() *Row
}

type Row struct{ Cells []Cell }

type Cell int

type Rows []*Row

func (r Rows) First() *Row { return r[0] }

type Reader interface{ Read() (*Row, error) }

type Seeker interface {
	Reader
	Seek(at int) Rows
}

const Limit = 3

var Shared = New()

func New() *Store { return nil }

func (s *Store) All() (rows Rows, err error) { return }
"""

CASES = {
    "a package by its path, called what its files say": (
        "func f() {\n\tstorage.New()\n}",
        ["store/s.go New"],
    ),
    "another name for a package": (
        'import st "example.com/app/v2/store"\nfunc f() {\n\tst.New()\n}',
        ["store/s.go New"],
    ),
    "all names of a package": (
        'import . "example.com/app/v2/store"\nfunc f() int {\n\treturn Limit\n}',
        ["store/s.go Limit"],
    ),
    "a package of the same name that is not the module's": (
        'import "example.com/other/storage"\nfunc f() {\n\tstorage.New()\n}',
        [],
    ),
    "the files of the same package": ("func f() {\n\tbeside()\n}", ["beside.go beside"]),
    "methods of what a function returns": (
        "func f() {\n\ts := storage.New()\n\ts.All()\n}",
        ["store/s.go New", "store/s.go Store.All"],
    ),
    "the first of several results": (
        "func f(s *storage.Store) {\n\trows, err := s.All()\n\trows.First()\n\t_ = err.Error()\n}",
        ["store/s.go Rows.First", "store/s.go Store", "store/s.go Store.All"],
    ),
    "what an embedded struct has": (
        "func f(s *storage.Store) {\n\ts.Close()\n\t_ = s.Name\n}",
        ["store/s.go Base.Close", "store/s.go Base.Name", "store/s.go Store"],
    ),
    "what an embedded interface has": (
        "func f(s storage.Seeker) {\n\trow, _ := s.Read()\n\t_ = row.Cells\n}",
        ["store/s.go Reader.Read", "store/s.go Row.Cells", "store/s.go Seeker"],
    ),
    "fields that a literal names": (
        "func f() {\n\t_ = &storage.Store{Rows: nil}\n\t_ = []storage.Row{{Cells: nil}}\n}",
        ["store/s.go Row", "store/s.go Row.Cells", "store/s.go Store", "store/s.go Store.Rows"],
    ),
    "elements of maps and slices": (
        "func f(s *storage.Store) {\n\tfor _, row := range s.Rows {\n\t\t_ = row.Cells\n\t}\n}",
        ["store/s.go Row.Cells", "store/s.go Store", "store/s.go Store.Rows"],
    ),
    "elements of a type that is a slice": (
        "func f(r storage.Rows) {\n\t_ = r[0].Cells\n}",
        ["store/s.go Row.Cells", "store/s.go Rows"],
    ),
    "elements of an array whose size is counted": (
        "func f(rows [storage.Limit + 1]storage.Row) {\n\t_ = rows[0].Cells\n}",
        ["store/s.go Limit", "store/s.go Row", "store/s.go Row.Cells"],
    ),
    "a type that is asserted": (
        "func f(x any) {\n\tr, ok := x.(*storage.Row)\n\t_, _ = r.Cells, ok\n}",
        ["store/s.go Row", "store/s.go Row.Cells"],
    ),
    "types of a switch": (
        "func f(x any) {\n\tswitch t := x.(type) {\n\tcase *storage.Row:\n\t\t_ = t.Cells\n\t}\n}",
        ["store/s.go Row", "store/s.go Row.Cells"],
    ),
    "a variable of a package, by its value": (
        "func f() {\n\tstorage.Shared.All()\n}",
        ["store/s.go Shared", "store/s.go Store.All"],
    ),
    "members of the receiver, its methods in other files too": (
        "type Own struct{ size int }\nfunc (o *Own) f() {\n\to.grow(o.size)\n}",
        ["beside.go Own.grow", "main.go Own", "main.go Own.size"],
    ),
    "a name of the package, not a method of that name": (
        "func (o *Own) beside() {}\n\nfunc f() {\n\tbeside()\n}",
        ["beside.go beside"],
    ),
    "parameters of a function literal": (
        "func f() {\n\t_ = func(r *storage.Row) { _ = r.Cells }\n}",
        ["store/s.go Row", "store/s.go Row.Cells"],
    ),
    "names that the language has": ("func f() {\n\t_ = len(make([]string, 1))\n}", []),
}


@pytest.mark.parametrize("case", CASES)
def test_a_rule_of_go(case: str, tmp_path: Path) -> None:
    code, expected = CASES[case]
    files = {
        **MOD,
        "store/s.go": STORE,
        "beside.go": "package app\n\nfunc beside() {}\n\nfunc (o *Own) grow(by int) {}\n",
        "other/storage/s.go": "package storage\n\nfunc New() {}\n",
    }
    if "storage." in code and "import" not in code:
        code = f'import "example.com/app/v2/store"\n\n{code}'
    head, _, body = code.rpartition("func ") if "func(" not in code else code.partition("func ")
    files["main.go"] = f"package app\n\n{head}┃func {body}┃\n"
    assert used(tmp_path, files) == expected


def test_a_module_that_another_replaces_and_a_work_file_uses(tmp_path: Path) -> None:
    files = {
        "a/go.mod": "module example.com/a\n\nreplace example.com/b v1.0.0 => ../b // here\n",
        "b/b.go": "package b\n\nfunc Replaced() {}\n",
        "c/go.mod": "module example.com/c\n",
        "c/in/c.go": "package in\n\nfunc Used() {}\n",
        "go.work": "go 1.22\n\nuse (\n\t./a\n\t./c\n)\n",
    }
    files["a/a.go"] = (
        'package a\n\nimport (\n\t"example.com/b"\n\t"example.com/c/in"\n)\n\n'
        "┃func f() {\n\tb.Replaced()\n\tin.Used()\n}┃\n"
    )
    assert used(tmp_path, files) == ["b/b.go Replaced", "c/in/c.go Used"]


def test_tests_are_seen_by_tests_only(tmp_path: Path) -> None:
    files = {**MOD, "a_test.go": "package app\n\nfunc helpTest() {}\n"}
    code = "package app\n\n┃func f() {\n\thelpTest()\n}┃\n"
    assert used(tmp_path / "1", {**files, "b_test.go": code}) == ["a_test.go helpTest"]
    assert used(tmp_path / "2", {**files, "b.go": code}) == []


def test_a_name_that_many_types_have_is_not_looked_for_alone(tmp_path: Path) -> None:
    code = "package app\n\n┃func f() {\n\t_ = unknown.Cells\n\t_ = unknown.Name\n}┃\n"
    found = guessed(tmp_path, {**MOD, "store/s.go": STORE, "main.go": code})
    assert found == ["store/s.go Row.Cells"]
