"""Which names JavaScript and TypeScript use, and what they say about them."""

import pytest

from tests.syntax.use_reading import bindings, used

METHOD = "class Client extends Base {{\n  run(given: Given, list: Item[]) {{\n    {}\n  }}\n}}\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("this.options.retry(given)", {"this.options", "this.options.retry()"}),
        ("this.options?.retry?.()", {"this.options", "this.options.retry()"}),
        ("this.options!.retry!(1)", {"this.options", "this.options.retry()"}),
        ("this.#own.go()", {"this.own", "this.own.go()"}),
        ("new Query<Row>(given)", {"Query()", "Row"}),
        (
            "const { a, b: c, ...d } = this.options",
            {"this.options", "this.options.a", "this.options.b"},
        ),
        ("const { a: { b } } = given", {"given.a", "given.a.b"}),
        ("for (const { key } of this.rows) {}", {"this.rows", "this.rows[].key"}),
        ("const x: Map<Key, Row> = y as Wide", {"Map", "Key", "Row", "y", "Wide"}),
        ("const x = y satisfies Wide", {"y", "Wide"}),
        ("const x: api.Row[] = []", {"api", "api.Row"}),
        ("const x = `${name}: ${this.size}`", {"name", "this.size"}),
        ("list.map((one) => one.part.whole)", {"list.map()", "one.part", "one.part.whole"}),
        (
            "const f = ({ a = first, b }: Options) => b",
            {"first", "Options", "Options().a", "Options().b"},
        ),
        ("return { a, b: c, [d]: e, f() {} }", {"a", "c", "d", "e"}),
        ("loop: while (x) { break loop }", {"x"}),
        ("const x = typeof limits", {"limits"}),
        ("$scope.init($of)", {"$scope", "$scope.init()", "$of"}),
        ("let x: typeof limits", {"limits"}),
        ("type Own<T> = T extends (infer U)[] ? U : { [K in Keys]: K }", {"Keys"}),
        ("try { go() } catch (error) { error.tell() }", {"go()", "error.tell()"}),
        ("@sealed class Inner implements Shape {}", {"sealed", "Shape"}),
        ("const x = require('./x'); x.y()", {"x", "x.y()"}),
    ],
)
def test_names_that_are_used(code: str, expected: set[str]) -> None:
    found = used("typescript", METHOD.format(f"┃{code}┃"))
    assert found == expected


def test_a_cast_tells_whose_member_is_meant() -> None:
    assert "Wide().deep" in used("typescript", METHOD.format("┃(given as Wide).deep┃"))


@pytest.mark.parametrize("language", ["javascriptreact", "typescriptreact"])
def test_components_are_used_and_elements_of_markup_are_not(language: str) -> None:
    code = "┃const App = () => <Page.Body of={size}><Row /><div>{text}</div></Page.Body>┃"
    assert used(language, code) == {"Page", "Page.Body", "size", "Row", "text"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", {"given: Given", "list: Item[]"}),
        ("const x: Row = y", {"x: Row"}),
        ("const x = new Query<Row>(y)", {"x = Query()"}),
        ("const x = await this.load()", {"x = this.load()"}),
        ("const x = y as Row", {"x: Row"}),
        ("const x = y as const", {"x = y"}),
        ("const x = a ? b : c ?? d", {"x = b", "x = c", "x = d"}),
        ("const { a, b: c } = this.options", {"a = this.options.a", "c = this.options.b"}),
        ("const [a] = this.rows", {"a = this.rows each"}),
        ("for (const x of this.rows) {}", {"x = this.rows each"}),
        ("for (const { key } of this.rows) {}", {"key = this.rows[].key"}),
        ("const f = ({ a }: Options) => a", {"a = Options().a"}),
        ("const f = ({ a }: { a?: Row }) => a", {"a: Row"}),
        ("const f = (x = new Row()) => x", {"x = Row()"}),
        ("list.filter((one) => one.ok)", {"one = list each"}),
        ("list.map(one => one.ok)", {"one = list each"}),
        ("this.load().then((it) => it.ok)", {"it = this.load()"}),
        ("if (given instanceof Special) {}", {"given: Special"}),
        ("this.made = new Query()", {"this.made = Query()"}),
        ("let x; x = this.load()", {"x", "x = this.load()"}),
        ("function f(this: Row) {}", {"this: Row"}),
        ("function f<T extends Row, U = Item>(x: T) {}", {"x: T", "T: Row", "U: Item"}),
        ("let x: Options['a']['b']", {"x = Options().a.b"}),
        ("let x: typeof limits.all", {"x = limits.all"}),
        ("let x: Rows[number]", {"x = Rows()[]"}),
        ("new Rows((row) => row.ok)", {"row = Rows.$handed_0_0"}),
        ("walk(1, function (a, b) {})", {"b = walk.$handed_1_1"}),
    ],
)
def test_what_is_said_of_names(code: str, expected: set[str]) -> None:
    assert bindings("typescript", METHOD.format(f"┃{code};┃")) >= expected


def test_parameters_without_types_are_bound() -> None:
    code = "┃function f(a, { b, c: [d] }, e = 1, ...g) { return a.x(b, d, e, g, h); }┃"
    assert used("javascript", code) == {"a.x()", "h"}
