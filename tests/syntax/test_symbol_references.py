"""Where names are used."""

import doctest

import pytest

from tests.syntax.symbol_reading import read, uses
from workers_ai_ls.syntax import symbol_references
from workers_ai_ls.syntax.symbol_references import mark_of


def test_examples() -> None:
    results = doctest.testmod(symbol_references)
    assert results.attempted
    assert not results.failed


PYTHON = '''
    from a import send
    """send(1)"""
    class A:
        def send(self): ...  # send(2)
    x = A().send(3)
    self.client.send(
        send(4)["send"],
    )
    f(key=send, more=a[0].send)
    sender(resend(1))
    print(f"{send(5)} send")
    '''


def test_strings_comments_imports_and_longer_names_are_no_uses() -> None:
    assert uses("python", PYTHON, "send") == [
        "3()",
        "A().4()",
        "self.client.5()",
        "6()",
        "8",
        ".8",
        "10()",
    ]


@pytest.mark.parametrize(
    ("language", "text", "name", "expected"),
    [
        ("c", "int f(void) { return p->q->go (1); }\n", "go", ["p.q.0()"]),
        ("cpp", "auto x = std::make<int>(1);\n", "make", ["std.0()"]),
        ("rust", "fn f() { a::b::<T>(c); }\n", "b", ["a.0()"]),
        ("rust", "fn f() { log!(c); v![1]; }\n", "log", ["0()"]),
        ("rust", "fn f() { log!(c); v![1]; }\n", "v", ["0()"]),
        ("typescript", "const x = a?.get<number>(1);\n", "get", ["a.0()"]),
        ("typescript", "const x: Foo<Bar> = y;\n", "Bar", ["0"]),
        ("go", "package a\nfunc f() { s.x.Run(1) }\n", "Run", ["s.x.1()"]),
        ("java", "class A { void f() { new Foo<>(1); } }\n", "Foo", ["0()"]),
        ("php", "<?php $this->go(1); X::go(2);\n", "go", ["$this.0()", "X.0()"]),
        ("javascript", "x.map((é) => é.ok)\n", "é", ["0"]),
        ("javascriptreact", "const a = <Page>{f(1)} f(2)</Page>\n", "f", ["0()"]),
    ],
)
def test_calls_and_receivers(language: str, text: str, name: str, expected: list[str]) -> None:
    assert uses(language, text, name) == expected


def test_marks_tell_which_names_are_used() -> None:
    marks = read("python", "def f(x):\n    return g(x).h\n").marks
    names = {"f", "x", "g", "h"}
    assert {marks[at : at + 4] for at in range(0, len(marks), 4)} == set(map(mark_of, names))
