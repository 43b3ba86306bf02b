"""The definitions in a text."""

import pytest

from tests.syntax.reading import tree_of
from workers_ai_ls.syntax import Scope, scopes

DEFINITIONS = {
    "python": (
        "@d\nclass A(B):\n  async def m(self):\n    def g(): pass\ndef f(): pass\n",
        "class A, method A>m, function A>m>g, function f",
    ),
    "javascript": (
        (
            "class A { m() {} h = () => 1; static get p() {} }\n"
            "export default function () {}\n"
            "A.prototype.b = function () {};\n"
            "const o = { k: () => 1, l() {} }, f = x => x;\n"
            "function* g() {}\n"
            "a.map(function inner() {});\n"
        ),
        (
            "class A, method A>m, method A>h, method A>p, function default, function A.prototype.b, "
            "method k, method l, function f, function g"
        ),
    ),
    "typescript": (
        (
            "namespace N { export interface I { a(): void } }\n"
            "export abstract class A<T> { @D() private h = () => {}; abstract z(): void; }\n"
            "export const enum E { A }\ntype T = { a: 1 };\n"
            "declare module 'x' { function f(): void }\n"
            "export default class<T> {}\n"
        ),
        (
            "namespace N, interface N>I, class A, method A>h, enum E, type T, namespace 'x', "
            "class default"
        ),
    ),
    "typescriptreact": (
        "const C = <T,>(x: T) => <b>{x}</b>;\nexport function D() { return <C x={1} />; }\n",
        "function C, function D",
    ),
    "go": (
        (
            "package a\ntype A struct { x int }\ntype (\n\tB interface { M() }\n\tC int\n)\n"
            "func (a *A) M() {}\nfunc F[T any](x T) { g := func() {} }\nvar h = func() {}\n"
        ),
        "struct A, interface B, method M, function F, function F>g, function h",
    ),
    "rust": (
        (
            "pub struct A { x: u8 }\nstruct B(u8);\nstruct C;\nunion D { x: u8 }\nenum E { F }\n"
            "trait T { fn f(&self); fn g() {} }\nimpl<X> T for A<X> { fn h() {} }\n"
            "mod m { fn i() {} }\nmacro_rules! j { () => {} }\nfn k() { let l = |x| x; }\n"
        ),
        (
            "struct A, struct B, struct C, struct D, enum E, trait T, method T>g, impl A<X>, "
            "method A<X>>h, module m, function m>i, function j, function k, function k>l"
        ),
    ),
    "java": (
        (
            "class A<T> extends B { int f() { return 1; } A() {} class C {} }\n"
            "interface I { void m(); }\nenum E { X; void f() {} }\nrecord R(int x) { R {} }\n"
            "@interface N {}\n"
        ),
        (
            "class A, method A>f, method A>A, class A>C, interface I, method I>m, enum E, method E>f, "
            "class R, method R>R, interface N"
        ),
    ),
    "c": (
        (
            "static char *f(int x) { return 0; }\nint (*g(void))(int) { }\nstruct P { int x; };\n"
            "typedef struct Q_ { int y; } Q;\nunion U { int x; };\nenum E { A };\nint proto(int);\n"
        ),
        "function f, function g, struct P, struct Q, struct U, enum E",
    ),
    "cpp": (
        (
            "namespace a::b {\ntemplate <class T> class A : B { A() : x(1) {} int m() { } };\n"
            "template <class T> T &A<T>::n(int x) const { }\nA::~A() { }\n"
            "A operator+(A a, A b) { }\nnamespace { int z() { } }\n}\n"
        ),
        (
            "namespace a::b, class a::b>A, method a::b>A>A, method a::b>A>m, method a::b>A<T>::n, "
            "method a::b>A::~A, function a::b>operator+, namespace a::b>, function a::b>>z"
        ),
    ),
    "csharp": (
        (
            "namespace N {\nclass C : D { int F(int x) => x; int P { get; set; } int Q => 1;\n"
            "int this[int i] { get { return 1; } } C() { } ~C() {}\n"
            "void G() { int local() { return 1; } } public static C operator +(C a, C b) { } }\n"
            "record R(int X);\nstruct S { }\ninterface I { void M(); }\nenum E { A }\n}\n"
        ),
        (
            "namespace N, class N>C, method N>C>F, property N>C>P, property N>C>Q, property N>C>this, "
            "method N>C>C, method N>C>C, method N>C>G, function N>C>G>local, method N>C>+, "
            "class N>R, struct N>S, interface N>I, method N>I>M, enum N>E"
        ),
    ),
    "ruby": (
        (
            "module A\n  class B < C\n    def f(x)\n      x\n    end\n    def self.g; end\n"
            "    private def h\n    end\n    class << self\n      def k; end\n    end\n  end\nend\n"
            "l = ->(x) { x }\ndef m = 1\n"
        ),
        (
            "module A, class A>B, method A>B>f, method A>B>g, method A>B>h, class A>B>self, "
            "method A>B>self>k, function l, function m"
        ),
    ),
    "php": (
        (
            "<?php\nnamespace Q {\nfunction f($x) { }\n"
            "abstract class K { #[A] function m() {} abstract function z(); }\n"
            "interface I {}\ntrait T {}\nenum E {}\n$g = fn($x) => $x;\n$h = function () { };\n}\n"
        ),
        (
            "namespace Q, function Q>f, class Q>K, method Q>K>m, method Q>K>z, interface Q>I, "
            "trait Q>T, enum Q>E, function Q>$g, function Q>$h"
        ),
    ),
    "lua": (
        (
            "local function f(a) return a end\nfunction M.g(a) end\nfunction M:h() end\n"
            "M.k = function(a) end\nlocal z = function() end\nreturn { foo = function() end }\n"
        ),
        "function f, function M.g, method M:h, function M.k, function z, method foo",
    ),
    "shellscript": ("f() { x; }\nfunction g { y; }\n", "function f, function g"),
}


def _path(scope: Scope) -> str:
    names = [scope.name]
    outer = scope
    while outer.parent:
        outer = outer.parent
        names.append(outer.name)
    assert scope.depth == len(names) - 1
    return ">".join(reversed(names))


@pytest.mark.parametrize("language", DEFINITIONS)
def test_all_definitions_are_found_in_order(language: str) -> None:
    text, expected = DEFINITIONS[language]
    found = scopes(tree_of(language, text))
    assert ", ".join(f"{scope.kind} {_path(scope)}" for scope in found) == expected


PARTS = {
    "python: decorators and a comment": (
        "python",
        "x\n# One.\n# Two.\n┃@d\n@e(\n  1)\ndef f(x):┃\n  pass\n",
        "# One.\n# Two.\n",
    ),
    "python: a comment that is not directly above": ("python", "# One.\n\n┃def f():┃ pass\n", ""),
    "python: a comment that belongs to what is above": (
        "python",
        "def g():\n  pass\n  # End.\n┃def f():┃ pass\n",
        "",
    ),
    "python: a comment behind what is above": ("python", "x = 1  # One.\n┃def f():┃ pass\n", ""),
    "python: a comment that opens the body": (
        "python",
        "┃def f(\n    x,\n):┃\n    # One.\n    # Two.\n    pass\n",
        "",
    ),
    "python: a shebang": ("python", "#!/usr/bin/python\n┃def f():┃ pass\n", ""),
    "javascript: export and a comment": (
        "javascript",
        "/**\n * Doc.\n */\n┃export const f = async (x) =>┃ { };\n",
        "/**\n * Doc.\n */\n",
    ),
    "typescript: decorators": (
        "typescript",
        "// Doc.\n┃@A()\n@B({\n  c: 1,\n})\nexport class D<T> implements E┃ {}\n",
        "// Doc.\n",
    ),
    "go": ("go", "// F is.\n// More.\n┃func F(x int) (int, error)┃ {\n}\n", "// F is.\n// More.\n"),
    "rust: attributes among comments": (
        "rust",
        "/// Doc.\n┃#[a]\n/// More.\n#[b(\n  c)]\npub fn f<T>() -> T\nwhere\n    T: D,┃\n{\n}\n",
        "/// Doc.\n",
    ),
    "java": (
        "java",
        '/** Doc. */\n┃@A("b")\npublic class C<T> extends D┃ { }\n',
        "/** Doc. */\n",
    ),
    "c++": ("cpp", "// Doc.\n┃template <class T>\nclass A : public B┃ { };\n", "// Doc.\n"),
    "c++: initializers": ("cpp", "┃A::A(int x)\n    : x_(x)┃ { }\n", ""),
    "csharp": (
        "csharp",
        "/// <summary>Doc.</summary>\n┃[A]\npublic class B┃ { }\n",
        "/// <summary>Doc.</summary>\n",
    ),
    "php": ("php", "<?php\n# Doc.\n┃#[A]\nfinal class B┃ { }\n", "# Doc.\n"),
    "ruby": ("ruby", "=begin\nDoc.\n=end\n┃def f(x)┃\n  x\nend\n", "=begin\nDoc.\n=end\n"),
    "ruby: no body": ("ruby", "┃def f(x)┃\nend\n", ""),
    "lua": ("lua", "--[[ Doc.\n]]\n┃local function f(x)┃\n  x()\nend\n", "--[[ Doc.\n]]\n"),
    "bash": ("shellscript", "#!/bin/sh\n# Doc.\n┃f()┃ {\n  x\n}\n", "# Doc.\n"),
    "CRLF": ("python", "# Doc.\r\n┃@d\r\ndef f():┃\r\n  pass\r\n", "# Doc.\r\n"),
    "emoji": ("go", "// 😀\n┃func F(😀 string)┃ {\n}\n", "// 😀\n"),
}


@pytest.mark.parametrize(("language", "fixture", "comment"), PARTS.values(), ids=PARTS.keys())
def test_a_signature_and_the_comment_above(language: str, fixture: str, comment: str) -> None:
    before, signature, _ = fixture.split("┃")
    text = fixture.replace("┃", "")
    scope = next(each for each in scopes(tree_of(language, text)) if each.name != "g")
    assert text[scope.start : scope.header_end] == signature
    assert scope.start == len(before)
    assert text[scope.doc_start : scope.start] == comment


def test_a_body_and_a_name_are_where_they_say() -> None:
    text = "😀 = 1\nclass A {\n  static m(x) { return x; }\n}\n"
    _, method = scopes(tree_of("javascript", text))
    assert method.body is not None
    assert text[slice(*method.body)] == "{ return x; }"
    assert text[method.name_start :].startswith("m(x)")


def test_a_semicolon_that_ends_the_line_belongs_to_a_definition() -> None:
    text = "class A {};\nint x;\n"
    assert scopes(tree_of("cpp", text))[0].end == len("class A {};")


def test_definitions_around_broken_code_are_found() -> None:
    found = scopes(tree_of("python", "def f(:\n  pass\n\nclass A:\n  def m(self): pass\n"))
    assert [scope.name for scope in found][-2:] == ["A", "m"]


def test_thousands_of_nested_definitions_can_be_shown_and_compared() -> None:
    text = "function f(){\n" * 5_000 + "}\n" * 5_000
    found = scopes(tree_of("javascript", text))
    assert found[-1].depth == 4_999
    assert "depth=4999" in repr(found[-1])
    assert found[-1] != found[-2]
