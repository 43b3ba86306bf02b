"""What an index keeps of JavaScript and TypeScript files."""

import pytest

from tests.syntax.symbol_reading import imported, outline, read, the

MODULE = """
    import { z } from 'z';

    /**
     * Does it.
     * @param a what
     */
    @sealed
    export default class A<T> extends x.B<T> implements C {
        private hidden: number = 1;
        #own = 2;
        constructor(private readonly q: Q) { super(); }
        get size(): number { return 1; }
        @logged()
        run = async () => 1;
        abstract todo(): void;
    }
    export interface I extends J<K>, L { name: string; call(x: number): void; }
    export const double = (a: number) => a * 2, LIMIT = 3;
    const config = { on: 1, start() {}, stop: function () {} };
    export type T = { a: number };
    export enum E { One, Two = 2 }
    declare module "m" { export function g(): void; }
    export declare function h(x: number): void;
    export declare const w: number;
    namespace N { const inner = 1; }
    describe('x', () => { const local = 1; const helper = () => 2; });
    """


def test_definitions_of_typescript() -> None:
    assert outline("typescript", MODULE) == [
        "class A",
        "-field A.hidden",
        "-field A.own",
        "-method A.constructor",
        "-field A.q",
        "property A.size",
        "method A.run",
        "method A.todo",
        "interface I",
        "field I.name",
        "method I.call",
        "function double",
        "constant LIMIT",
        "-variable config",
        "method config.start",
        "method config.stop",
        "type T",
        "field T.a",
        "enum E",
        "member E.One",
        "member E.Two",
        "namespace m",
        "function m.g",
        "function h",
        "variable w",
        "-namespace N",
        "variable N.inner",
        "-function helper",
    ]


def test_a_signature_has_its_export_but_no_decorator() -> None:
    found = read("typescript", MODULE)
    one = the(found, "A")
    assert one.signature == "export default class A<T> extends x.B<T> implements C"
    assert (one.doc, one.bases) == ("Does it.", "x.B C")
    assert (one.start, one.line, one.header_end, one.end) == (6, 7, 8, 16)
    assert the(found, "I").bases == "J L"
    assert the(found, "double").signature == "export const double = (a: number) =>"


@pytest.mark.parametrize("language", ["javascript", "javascriptreact", "typescriptreact"])
def test_markup_is_read(language: str) -> None:
    text = "export function App() { return <Page title={name}>text f(x)</Page>; }\n"
    assert outline(language, text) == ["function App"]


def test_what_has_no_name_is_called_default() -> None:
    assert outline("javascript", "export default function () {}\n") == ["function default"]
    assert outline("javascript", "export default (a) => a;\n") == ["function default"]


def test_assignments_define() -> None:
    text = "exports.a = function () {};\nA.prototype.b = () => 1;\nmodule.exports.c = class {};\n"
    assert outline("javascript", text) == ["function a", "-method A.b", "function c"]


def test_imports() -> None:
    text = """
        import A, { b as c, type D, } from './a';
        import * as ns from "n"; // from 'nowhere'
        import F, * as both from 'both';
        import type { E } from 'e';
        import 'side';
        import r = require('r');
        export { f as g, h } from './f';
        export * from './all';
        export * as named from './named';
        const { i, j: k } = require('i');
        const whole = require('whole');
        const part = require('part').inner;
        require('bare');
        """
    assert imported("typescript", text) == [
        "./a:b=c",
        "./a:D",
        "./a:default=A",
        "n:*=ns",
        "both:*=both",
        "both:default=F",
        "e:E",
        "side:",
        "r:*=r",
        "./f:f=g >",
        "./f:h >",
        "./all:* >",
        "./named:*=named >",
        "i:i",
        "i:j=k",
        "whole:*=whole",
        "part:inner=part",
        "bare:",
    ]


def test_what_a_file_hands_on_of_its_own() -> None:
    text = "function a() {}\nconst b = 1;\nexport { a as c, b };\nexport default a;\n"
    assert imported("javascript", text) == [":a=c >", ":b >", ":a=default >"]
    assert outline("javascript", text) == ["function a", "variable b"]
    common = "function a() {}\nfunction b() {}\nmodule.exports = { a, d: b };\n"
    assert imported("javascript", common) == [":a >", ":b=d >"]
    assert imported("javascript", "module.exports = a;\n") == [":a=default >"]


def test_a_required_module_is_no_variable() -> None:
    assert outline("javascript", "const fs = require('fs');\nconst a = f('b');\n") == [
        "-variable a"
    ]


def test_a_class_lists_its_bases_whatever_they_are_made_of() -> None:
    text = """
        interface A extends B<C>, Omit<Partial<D>, 'x'> {}
        type E = F & (G | readonly H[]) & { own: I };
        class J extends K<L> implements M {}
        """
    found = read("typescript", text)
    assert [the(found, name).bases for name in "AEJ"] == ["B D", "F G", "K M"]


def test_accessors_are_properties_and_fields_stand_where_they_are_set() -> None:
    text = "class A { get b() { return 1; } static set c(d) {} e() { this.f = 1; this.b = 2; } }"
    assert outline("javascript", text) == [
        "-class A",
        "property A.b",
        "property A.c",
        "method A.e",
        "field A.f",
    ]
    typed = "class A { constructor(readonly b: B, public c: C, d: D) { this.e = 1; } }"
    assert outline("typescript", typed)[-2:] == ["field A.b", "field A.c"]
