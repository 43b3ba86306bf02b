"""What a definition takes, as its callers see it."""

import pytest

from workers_ai_ls.syntax import language_for, parameters, parse, scopes


def taken(language: str, text: str) -> list[tuple[str, tuple[str, ...] | None]]:
    tree = parse(language_for(language, ""), text)
    assert tree is not None
    return [(scope.name, parameters(tree, scope)) for scope in scopes(tree)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "python",
            'def f(a, b: int, *, c=1, d: str = "x", **k): pass\n',
            ("a", "b", "*", "c=", "d=", "**k"),
        ),
        ("python", "# 🦄\ndef ä(ü, b=1): pass\n", ("ü", "b=")),
        ("python", "@d(1)\nasync def f(self, /, *args): pass\n", ("self", "/", "*args")),
        ("javascript", "function f(a, b = 1, ...r) {}", ("_", "_=", "*_")),
        ("javascript", "const f = x => x;", ("_",)),
        ("javascript", "const f = ({ a, b }, c) => { return a };", ("_", "_")),
        (
            "typescript",
            "function f(a: string, b?: number, ...r: any[]): void {}",
            ("_", "_=", "*_"),
        ),
        ("go", "package p\nfunc (s *S) f(a, b int, c ...string) {}", ("_", "_", "*_")),
        ("rust", "fn f(a: i32, mut b: &str) {}", ("_", "_")),
        ("c", "int *f(int a, char *b) { return 0; }", ("_", "_")),
        ("cpp", 'int f(int a, const std::string &b = "") { return 1; }', ("_", "_=")),
        (
            "ruby",
            "def f(a, b = 1, *r, k:, o: 2, **kw)\nend\n",
            ("a", "b=", "*r", "k", "o=", "**kw"),
        ),
        ("php", "<?php\nfunction f(int $a, $b = 1, ...$r) {}", ("a", "b=", "*r")),
        ("lua", "local function f(a, b) end", ("_", "_")),
        ("shellscript", "f() { echo; }", None),
    ],
)
def test_parameters(language: str, text: str, expected: tuple[str, ...] | None) -> None:
    assert taken(language, text)[0] == (taken(language, text)[0][0], expected)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("java", "class A { void m(int a, String... r) {} }", {"A": None, "m": ("_", "*_")}),
        ("csharp", 'class A { void m(int a, string b = "x") {} }', {"A": None, "m": ("a", "b=")}),
        ("python", "class A:\n  def m(self, x): pass\n", {"A": None, "m": ("self", "x")}),
        ("rust", "impl A { fn m(&self, x: u8) {} }", {"A": None, "m": ("_",)}),
        ("typescript", "class A { m(y: string) {} }", {"A": None, "m": ("_",)}),
    ],
)
def test_a_class_has_none_and_its_methods_have_theirs(
    language: str, text: str, expected: dict[str, tuple[str, ...] | None]
) -> None:
    assert dict(taken(language, text)) == expected


def test_a_function_without_parameters_does_not_take_those_of_the_one_around_it() -> None:
    assert dict(taken("python", "def f(x):\n    def g(): pass\n")) == {"f": ("x",), "g": ()}
    assert dict(taken("javascript", "function f(x) { class C { } }")) == {"f": ("_",), "C": None}
