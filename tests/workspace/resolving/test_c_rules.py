"""What C and C++ code uses is found by their own rules."""

from pathlib import Path

import pytest

from tests.workspace.resolving.resolved import used

C_FILES = {
    "include/lib/row.h": """#ifndef ROW_H
#define ROW_H
#include "lib/cell.h"
#define ROW_LIMIT 3
#define ROW_AT(r, i) ((r)->cells + (i))
typedef struct row_s row_t;
struct ops { int (*paint)(row_t *row); };
struct row_s {
  ROW_PRIVATE_FIELDS
  struct cell *cells, spare[2];
  const struct ops *ops;
  struct { int depth; } inner;
};
enum row_kind { ROW_SMALL, ROW_LARGE };
LIB_API row_t *row_open(int size);
extern int row_count;
#endif
""",
    "include/lib/cell.h": "struct cell { int width; struct cell *next; };\nint cell_fill(struct cell *c);\n",
    "src/row.c": '#include "lib/row.h"\nrow_t *row_open(int size)\n{\n  return 0;\n}\nstatic int hidden(void)\n{\n  return 1;\n}\n',
    "src/paint/cell.c": '#include "lib/cell.h"\nint cell_fill(struct cell *c)\n{\n  return 0;\n}\n',
    "other/row.h": "struct other { int x; };\n",
}
ROW, CELL = "include/lib/row.h", "include/lib/cell.h"

C_CASES = {
    "a prototype, and what implements it": (
        "row_open(1);",
        [f"{ROW} row_open", "src/row.c row_open"],
    ),
    "an implementation in a file of another folder": (
        "cell_fill(0);",
        [f"{CELL} cell_fill", "src/paint/cell.c cell_fill"],
    ),
    "macros": ("ROW_AT(0, ROW_LIMIT);", [f"{ROW} ROW_AT", f"{ROW} ROW_LIMIT"]),
    "members of an enumeration": ("int k = ROW_SMALL;", [f"{ROW} row_kind.ROW_SMALL"]),
    "a variable of another file": ("row_count++;", [f"{ROW} row_count"]),
    "fields by a type's other name, and theirs": (
        "row_t *r = 0; r->cells->next->width = 1;",
        [f"{CELL} cell.next", f"{CELL} cell.width", f"{ROW} row_s.cells", f"{ROW} row_t"],
    ),
    "a field behind others in one declaration": (
        "struct row_s r; r.spare[1].width = 2;",
        [f"{CELL} cell.width", f"{ROW} row_s", f"{ROW} row_s.spare"],
    ),
    "a pointer to a function in a field": (
        "row_t *r = 0; r->ops->paint(r);",
        [f"{ROW} ops.paint", f"{ROW} row_s.ops", f"{ROW} row_t"],
    ),
    "what a function returns": (
        "row_open(1)->ops;",
        [f"{ROW} row_open", f"{ROW} row_s.ops", "src/row.c row_open"],
    ),
    "fields that an initialiser names": (
        "struct cell c = { .width = 1 };",
        [f"{CELL} cell", f"{CELL} cell.width"],
    ),
    "a cast": (
        "void *p = 0; ((struct cell *) p)->width = 1;",
        [f"{CELL} cell", f"{CELL} cell.width"],
    ),
    "a static function of another file": ("hidden();", []),
}


@pytest.mark.parametrize("case", C_CASES)
def test_what_c_uses(tmp_path: Path, case: str) -> None:
    code, expected = C_CASES[case]
    text = f'#include "lib/row.h"\n\n┃static void run(void)\n{{\n  {code}\n}}┃\n'
    assert used(tmp_path, {**C_FILES, "src/main.c": text}) == sorted(expected)


def test_an_include_beside_the_file_comes_first(tmp_path: Path) -> None:
    text = '#include "row.h"\n\n┃static void run(struct other *o)\n{\n  o->x = ROW_LIMIT;\n}┃\n'
    assert used(tmp_path, {**C_FILES, "other/main.c": text}) == [
        "other/row.h other",
        "other/row.h other.x",
    ]


CPP_FILES = {
    "src/row.h": """#pragma once
#include <memory>
#include <vector>
namespace app {
class Cell { public: int width() const; int raw; };
class Base { public: virtual void tidy(); protected: int id_; };
class Row : public Base {
 public:
  Row(int size);
  std::shared_ptr<Cell> first() const;
  static Row* open();
  Cell& operator[](int at);
  enum class Kind { Small, Large };
 private:
  std::vector<Cell> cells_;
  void grow(int by);
};
template <typename T> T* make(int size);
using Alias = Row;
}
""",
    "src/row.cc": (
        '#include "row.h"\nnamespace app {\nRow::Row(int size) {}\n'
        "std::shared_ptr<Cell> Row::first() const {\n  return nullptr;\n}\n}\n"
    ),
}
HEAD, BODY = "src/row.h app.", "src/row.cc app."

CPP_CASES = {
    "a class in a namespace, and its members": (
        "app::Row* r = app::Row::open();",
        [f"{HEAD}Row", f"{HEAD}Row.open"],
    ),
    "what a pointer holds": (
        "app::Row r(1); r.first()->raw;",
        [f"{BODY}Row.first", f"{HEAD}Cell.raw", f"{HEAD}Row", f"{HEAD}Row.first"],
    ),
    "members of bases": ("app::Row* r; r->tidy();", [f"{HEAD}Base.tidy", f"{HEAD}Row"]),
    "a variable without a type": (
        "auto r = app::Row::open(); r->tidy();",
        [f"{HEAD}Base.tidy", f"{HEAD}Row", f"{HEAD}Row.open"],
    ),
    "a function with type arguments": ("app::make<int>(1);", [f"{HEAD}make"]),
    "a type's other name": ("app::Alias* a; a->tidy();", [f"{HEAD}Alias", f"{HEAD}Base.tidy"]),
    "members of an enumeration with a scope": (
        "app::Row::Kind::Small;",
        [f"{HEAD}Row", f"{HEAD}Row.Kind", f"{HEAD}Row.Kind.Small"],
    ),
    "an element of a list": (
        "std::vector<app::Cell> all; for (auto& c : all) { c.raw = 1; }",
        [f"{HEAD}Cell", f"{HEAD}Cell.raw"],
    ),
}


@pytest.mark.parametrize("case", CPP_CASES)
def test_what_cpp_uses(tmp_path: Path, case: str) -> None:
    code, expected = CPP_CASES[case]
    text = f'#include "row.h"\n\n┃void run() {{\n  {code}\n}}┃\n'
    found = used(tmp_path, {**CPP_FILES, "src/main.cc": text})
    assert [one for one in found if not one.endswith(" app")] == sorted(expected)


def test_a_method_outside_of_its_class_sees_the_members(tmp_path: Path) -> None:
    text = (
        '#include "row.h"\nnamespace app {\nvoid help() {}\n'
        "┃void Row::grow(int by) {\n  cells_.clear();\n  id_ = by;\n  this->tidy();\n  help();\n}┃\n}\n"
    )
    assert used(tmp_path, {**CPP_FILES, "src/grow.cc": text}) == [
        "src/grow.cc app.help",
        f"{HEAD}Base.id_",
        f"{HEAD}Base.tidy",
        f"{HEAD}Row",
        f"{HEAD}Row.cells_",
        f"{HEAD}Row.grow",
    ]
