"""What JavaScript and TypeScript use is found by their own rules."""

from pathlib import Path

import pytest

from tests.workspace.resolving.resolved import guessed, used

STORE = """
export interface Options extends Shared, Partial<Extra> { retry?: Retry; rows: Map<string, Row>; }
export interface Shared { name: string }
export interface Extra { more: Row }
export class Retry { again(): this { return this; } get left(): Row { return null!; } }
export class Row { cells: Cell[] = []; width = 1; }
export class Cell { text = ""; }
export class Base { #hidden: Row; protected load(): Promise<Row[]> { return null!; } }
export class Store<T = Row> extends Base {
  static made = new Store();
  #options: Options;
  constructor(options: Options, readonly first: Row) { super(); this.#options = options; }
  open(): Store { return this; }
  each(call: (row: Row, at: number) => void): void {}
}
export type Handler = (row: Row) => void;
export type Either = Row | Cell;
export type Both = Shared & { own: Row };
export enum Color { Red, Green }
export const shared = new Store(null!, null!);
export const make = (size: number): Row => null!;
export function handle(handler: Handler) {}
export function both(): [Row, Cell] { return null!; }
export default class Whole { part = 1; }
"""

NAMES = {
    "a namespace": ("s.make(1).cells;", ["Row.cells", "make"]),
    "members of what is constructed": (
        "new s.Store(o).open().first;",
        ["Store", "Store.constructor", "Store.first", "Store.open"],
    ),
    "members of bases, and promises": (
        "const rows = await new s.Store().load(); rows[0].width;",
        ["Base.load", "Row.width", "Store", "Store.constructor"],
    ),
    "annotations": (
        "const f = (o: s.Options) => o.retry?.again().left.width;",
        [
            "Options",
            "Options.retry",
            "Retry.again",
            "Retry.left",
            "Row.width",
        ],
    ),
    "what an interface extends": (
        "const f = (o: s.Options) => [o.name, o.more!.width];",
        ["Extra.more", "Options", "Row.width", "Shared.name"],
    ),
    "arguments of a foreign container": (
        "const f = (o: s.Options) => o.rows.get('a')!.width;",
        ["Options", "Options.rows", "Row.width"],
    ),
    "elements": (
        "for (const cell of s.make(1).cells) { cell.text; }",
        ["Cell.text", "Row.cells", "make"],
    ),
    "what a list calls back with": (
        "s.make(1).cells.map((cell) => cell.text);",
        ["Cell.text", "Row.cells", "make"],
    ),
    "what a callback is handed": (
        "new s.Store().each((row) => row.width);",
        ["Row.width", "Store", "Store.constructor", "Store.each"],
    ),
    "what a callback is handed by the name of a type": (
        "s.handle((row) => row.width);",
        ["Row.width", "handle"],
    ),
    "a function that is set to a name whose type is written": (
        "const g: s.Handler = (row) => row.width;",
        ["Handler", "Row.width"],
    ),
    "what is taken apart": (
        "const { width, cells: [first] } = s.make(1); first.text;",
        ["Cell.text", "Row.cells", "Row.width", "make"],
    ),
    "what a parameter takes apart": (
        "const f = ({ retry }: s.Options) => retry.left;",
        ["Options", "Options.retry", "Retry.left"],
    ),
    "a tuple": ("const [row] = s.both(); row.width;", ["Row.width", "both"]),
    "a cast": ("(o as s.Row).width;", ["Row", "Row.width"]),
    "what is narrowed": ("if (o instanceof s.Row) { o.width; }", ["Row", "Row.width"]),
    "a static member and a variable": (
        "s.Store.made.open(); s.shared.open();",
        ["Store", "Store.made", "Store.open", "shared"],
    ),
    "a member of an enumeration": ("s.Color.Red;", ["Color", "Color.Red"]),
    "an intersection": (
        "const f = (b: s.Both) => [b.name, b.own.width];",
        ["Both", "Both.own", "Row.width", "Shared.name"],
    ),
    "a union": ("const f = (e: s.Either) => e.text;", ["Cell.text", "Either"]),
    "a type that is a string": ("const f = (o: 'W') => o.part;", []),
    "a component": ("<s.Store first={o} />;", ["Store"]),
    "names that the language has": ("new Map([[1, Array.from([2])]]);", []),
    "the default, by a name of one's own": ("new W().part;", ["Whole", "Whole.part"]),
}


@pytest.mark.parametrize("case", NAMES)
def test_a_name_is_found(case: str, tmp_path: Path) -> None:
    code, expected = NAMES[case]
    head = "import W, * as s from './store';\n"
    text = f"{head}async function f(o: any) {{\n  ┃{code}┃\n}}\n"
    found = used(tmp_path, {"store.ts": STORE, "main.tsx": text})
    assert found == [f"store.ts {name}" for name in expected]


CLASS = """
import { Base, Row } from './store';
class Own extends Base {
  #row: Row;
  left = new Row();
  constructor(private readonly given: Row) { super(); }
  other() {}
  run() {
    CODE
  }
}
"""

OWN = {
    "own members": ("this.other();", ["main.ts Own.other"]),
    "a field by its annotation": ("this.#row.width;", ["main.ts Own.row", "store.ts Row.width"]),
    "a field by its value": ("this.left.width;", ["main.ts Own.left", "store.ts Row.width"]),
    "a parameter of the constructor": (
        "this.given.width;",
        ["main.ts Own.given", "store.ts Row.width"],
    ),
    "members of the base": ("this.load();", ["store.ts Base.load"]),
    "what is asked of the base": ("super.load();", ["store.ts Base.load"]),
    "a function within": ("[1].map(() => this.other());", ["main.ts Own.other"]),
}


@pytest.mark.parametrize("case", OWN)
def test_the_own_object_is_known(case: str, tmp_path: Path) -> None:
    code, expected = OWN[case]
    text = CLASS.replace("CODE", f"┃{code}┃")
    assert used(tmp_path, {"store.ts": STORE, "main.ts": text}) == expected


def test_plain_scripts_have_fields_where_methods_set_them(tmp_path: Path) -> None:
    files = {
        "b.js": "class B { go() {} }\nmodule.exports = { B };\n",
        "a.js": "const { B } = require('./b');\n"
        "class A {\n  constructor() { this.b = new B(); }\n  run() {\n    ┃this.b.go();┃\n  }\n}\n",
    }
    assert used(tmp_path, files) == ["a.js A.b", "b.js B.go"]


def test_what_the_language_has_is_not_looked_for_by_name(tmp_path: Path) -> None:
    files = {
        "a.ts": "export class Map { push() {} }\n",
        "b.ts": "function f(x, m: Map<string, X>) {\n  ┃new Map(); x.push(); m.has();┃\n}\n",
    }
    assert used(tmp_path / "1", files) == []
    assert guessed(tmp_path / "2", files) == []
