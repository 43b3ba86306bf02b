"""What Rust code uses is found by Rust's own rules."""

from pathlib import Path

import pytest

from tests.workspace.resolving.resolved import used

FILES = {
    "app/Cargo.toml": '[package]\nname = "my-app"\n',
    "app/src/lib.rs": """mod store;
pub mod wire;
pub use store::row::Row;
pub use crate::store::Store as Shelf;
mod inner { pub fn deep() -> u8 { 1 } }
pub fn root() -> Shelf { todo!() }
""",
    "app/src/store/mod.rs": """pub mod row;
use self::row::Row;
use std::sync::{Arc, Mutex};
pub struct Store { rows: Vec<Row>, shared: Arc<Mutex<Row>>, pub last: Option<Box<Row>> }
impl Store {
    pub fn new() -> Self { todo!() }
    pub fn first(&self) -> Result<Row, Fault> { todo!() }
}
pub enum Fault { Lost { at: Row }, Full(Row), Closed }
impl Fault { pub fn text(&self) -> String { todo!() } }
""",
    "app/src/store/row.rs": """pub struct Row { pub size: u8 }
impl Row { pub fn area(&self) -> u8 { 1 } }
pub trait Paint { fn paint(&self); }
impl Paint for Row { fn paint(&self) {} }
pub const LIMIT: u8 = 3;
pub struct Guard { row: Row }
impl std::ops::Deref for Guard { type Target = Row; fn deref(&self) -> &Row { &self.row } }
""",
    "app/src/wire.rs": "pub fn send() {}\npub(crate) fn guard() -> super::store::row::Guard { todo!() }\n",
    "tool/Cargo.toml": '[package]\nname = "tool"\n',
    "tool/src/lib.rs": "pub fn saw() {}\n",
}
ROW = "app/src/store/row.rs"
STORE = "app/src/store/mod.rs"

CASES = {
    "a path from the crate": ("fn f() {\n    crate::wire::send();\n}", ["app/src/wire.rs send"]),
    "an import": ("use crate::wire::send;\nfn f() {\n    send();\n}", ["app/src/wire.rs send"]),
    "a tree of imports": (
        (
            "use crate::{wire::{self, send as out}, store::row::LIMIT};\n"
            "fn f() {\n    out();\n    wire::guard();\n    let _ = LIMIT;\n}"
        ),
        ["app/src/wire.rs guard", "app/src/wire.rs send", f"{ROW} LIMIT"],
    ),
    "all names of a module": (
        "use crate::store::row::*;\nfn f() -> u8 {\n    LIMIT\n}",
        [f"{ROW} LIMIT"],
    ),
    "what the crate hands on by another name": (
        "fn f() {\n    crate::Shelf::new();\n}",
        [f"{STORE} Store", f"{STORE} Store.new"],
    ),
    "the module around": ("fn f() {\n    super::root();\n}", ["app/src/lib.rs root"]),
    "a module within a file": (
        "fn f() {\n    crate::inner::deep();\n}",
        ["app/src/lib.rs inner", "app/src/lib.rs inner.deep"],
    ),
    "another crate of the workspace": ("fn f() {\n    tool::saw();\n}", ["tool/src/lib.rs saw"]),
    "the crate by its own name, as examples use it": (
        "fn f() {\n    my_app::root();\n}",
        ["app/src/lib.rs root"],
    ),
    "a crate that is not in the workspace": ("fn f() {\n    serde::saw();\n}", []),
    "what a method of a new value returns": (
        "use crate::store::Store;\nfn f() {\n    let s = Store::new();\n    s.first()?.size;\n}",
        [f"{ROW} Row.size", f"{STORE} Store", f"{STORE} Store.first", f"{STORE} Store.new"],
    ),
    "what is held by types that stand for it": (
        (
            "use crate::store::Store;\nfn f(s: &mut Store) {\n"
            "    s.shared.lock().unwrap().paint();\n    s.last.as_ref();\n}"
        ),
        [f"{ROW} Row.paint", f"{STORE} Store", f"{STORE} Store.last", f"{STORE} Store.shared"],
    ),
    "an element of a list, in a loop": (
        "use crate::store::Store;\nfn f(s: &Store) {\n    for r in s.rows.iter() { r.paint(); }\n}",
        [f"{ROW} Row.paint", f"{STORE} Store", f"{STORE} Store.rows"],
    ),
    "an element of a list, in a closure": (
        "use crate::store::Store;\nfn f(s: &Store) {\n    s.rows.iter().map(|r| r.paint());\n}",
        [f"{ROW} Row.paint", f"{STORE} Store", f"{STORE} Store.rows"],
    ),
    "a bound of a type parameter": (
        "use crate::store::row::Paint;\nfn f<T: Paint>(t: T) {\n    t.paint();\n}",
        [f"{ROW} Paint", f"{ROW} Paint.paint"],
    ),
    "what stands for another by Deref": (
        "use crate::wire::guard;\nfn f() {\n    guard().paint();\n}",
        ["app/src/wire.rs guard", f"{ROW} Row.paint"],
    ),
    "members of an enumeration, and what they hold": (
        (
            "use crate::store::Fault;\nfn f(x: Fault) {\n    match x {\n"
            "        Fault::Full(row) => row.paint(),\n        Fault::Closed => {}\n    }\n}"
        ),
        [f"{ROW} Row.paint", f"{STORE} Fault", f"{STORE} Fault.Closed", f"{STORE} Fault.Full"],
    ),
    "fields of a literal and of a pattern": (
        "use crate::Row;\nfn f(x: Row) {\n    let Row { size } = x;\n    let _ = Row { size };\n}",
        [f"{ROW} Row", f"{ROW} Row.size"],
    ),
    "names in the arguments of a macro": (
        "use crate::store::Store;\nfn f(s: &Store) {\n    assert!(s.first().is_ok(), crate::root());\n}",
        ["app/src/lib.rs root", f"{STORE} Store", f"{STORE} Store.first"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_code_uses(tmp_path: Path, case: str) -> None:
    code, expected = CASES[case]
    path = "app/examples/show.rs" if "my_app" in code else "app/src/show.rs"
    before, _, function = code.rpartition("fn f")
    text = f"{before}┃fn f{function}┃\n"
    assert used(tmp_path, {**FILES, path: text}) == sorted(expected)


def test_methods_see_the_type_of_their_block_and_its_other_blocks(tmp_path: Path) -> None:
    text = (
        "pub struct Job { id: u8 }\nimpl Job { fn make() -> Self { todo!() } }\nimpl Job {\n"
        "┃fn run(&self) {\n    let _ = self.id;\n    Self::make().stop();\n}┃\nfn stop(&self) {}\n}\n"
    )
    assert used(tmp_path, {**FILES, "app/src/job.rs": text}) == [
        "app/src/job.rs Job",
        "app/src/job.rs Job.id",
        "app/src/job.rs Job.make",
        "app/src/job.rs Job.stop",
    ]


def test_tests_in_a_file_see_what_stands_around_them(tmp_path: Path) -> None:
    text = "fn helper() {}\nmod tests {\n    use super::*;\n    ┃fn t() {\n        helper();\n    }┃\n}\n"
    files = {**FILES, "app/src/show.rs": text}
    assert used(tmp_path, files) == ["app/src/show.rs helper"]
