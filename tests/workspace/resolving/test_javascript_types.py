"""What types of TypeScript say is understood: parameters of types, callbacks, guards, signatures."""

from pathlib import Path

import pytest

from tests.workspace.resolving.resolved import used

TYPES = """
export interface Row { width: number }
export interface Cell { text: string }
export interface Shape { height: number }
export type Check = { kind: 1 } | { kind: 2 } | { kind: 3 } | { kind: 4 } | { kind: 5 }
export class Base<Out, Def extends Shape = Shape> { def!: Def; out!: Out }
export class Rows extends Base<Cell, Row> {}
export class Lines<T> extends Base<T, Row> {}
export class Deep extends Lines<Cell> {}
export interface Picker { <T>(row: Row): Cell }
export interface Handlers { onRow: (row: Row) => void; onCell?(cell: Cell): void; pick: Picker }
export type Maker = (row: Row) => Cell
export function make<T, D = T["width"]>(name: string, call: (given: T, more: D) => void) {}
export function listen(handlers: Handlers) {}
export function isRow(given: unknown): given is Row { return true }
export const isCell = ((given) => true) as (given: unknown) => given is Cell
export function plain(given: unknown): boolean { return true }
export interface Wide<in out T> extends Shape { wide: T }
export const both: {
  <A>(a: A): (b: string) => Cell
  /** The other one. */
  <A, B>(a: A, b: B): Cell
} = null!
export const after = 1
"""

CASES = {
    "what a class gives its base": ("const f = (r: s.Rows) => r.def.width;", ["Row.width"]),
    "what the base of its base is given": (
        "const f = (r: s.Deep) => [r.def.width, r.out.text];",
        ["Cell.text", "Row.width"],
    ),
    "what a type is made with": (
        "const f = (b: s.Base<s.Cell, s.Row>) => b.out.text;",
        ["Cell.text"],
    ),
    "what it is unless said": ("const f = (b: s.Base) => b.def.height;", ["Shape.height"]),
    "what a function is called with": (
        "s.make<s.Row>('a', (given) => given.width);",
        ["Row.width"],
    ),
    "a function whose type is written out": (
        "const f: (row: s.Row) => void = (row) => { row.width; };",
        ["Row.width"],
    ),
    "a function that another one returns": (
        "function f(): s.Maker { return (row) => { row.width; return null!; }; }",
        ["Row.width"],
    ),
    "one that is returned by what is declared to": (
        "const f: () => s.Picker = () => { return (row) => { row.width; return null!; }; };",
        ["Row.width"],
    ),
    "members of an object whose type is known": (
        "const h: s.Handlers = { onRow: (row) => row.width, onCell(cell) { cell.text; } };",
        ["Cell.text", "Row.width"],
    ),
    "members of an object that is handed on": (
        "s.listen({ onRow: (row) => { row.width; } });",
        ["Row.width"],
    ),
    "what a signature of an interface gives": (
        "const f = (h: s.Handlers) => h.pick(null!).text;",
        ["Cell.text"],
    ),
    "a guard": ("if (s.isRow(o)) { o.width; }", ["Row.width"]),
    "a guard that is cast": ("const x = s.isCell(o) ? o.text : 1;", ["Cell.text"]),
    "no guard": ("if (s.plain(o)) { o.width; }", []),
    "a cast within a chain": (
        "const d = (o as s.Rows).def; d.width; (o as s.Rows).def.width;",
        ["Row.width"],
    ),
    "a type that is written out": (
        "const f = (o: { row: s.Row; more: { cell: s.Cell } }) => [o.row.width, o.more.cell.text];",
        ["Cell.text", "Row.width"],
    ),
    "one member in many types": (
        "const f = (c: s.Check) => c.kind;",
        ["Check.kind"] * 5,
    ),
    "a variable that bears the name of a type": (
        "const Row: s.Maker = null!; const f = (row: Row) => row.width;",
        ["Row.width"],
    ),
    "what the grammar does not know": (
        "const f = (w: s.Wide<s.Row>) => [w.height, s.both, s.after];",
        ["Shape.height", "after", "both"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_a_type_says_is_known(case: str, tmp_path: Path) -> None:
    code, expected = CASES[case]
    head = "import * as s from './types';\nimport type { Row } from './types';\n"
    text = f"{head}async function f(o: any) {{\n  ┃{code}┃\n}}\n"
    found = used(tmp_path, {"types.ts": TYPES, "main.ts": text})
    named = [one.partition(" ")[2] for one in found]
    members = ("width", "text", "height", "kind", "after", "both")
    assert [one for one in named if one.endswith(members)] == expected
