"""Which names Python code uses, and what it says of those that it binds."""

import pytest

from tests.syntax.use_reading import bindings, used
from workers_ai_ls.syntax import language_for, parse
from workers_ai_ls.syntax.uses import uses

USED = {
    "┃f(x)┃": {"f()", "x"},
    "┃def f(a, b=one, *c, d: Two, **e) -> Three:\n    return a, b, c, d, e\n┃": {
        "one",
        "Two",
        "Three",
    },
    "┃def f(environ=environ): ...\n┃": {"environ"},
    "┃def f(a, b=a, *, c: a = a): ...\n┃": {"a"},
    "┃def f(a, b: Kind = kind.of(a)):\n    return a, b, kind.x\n┃": {
        *("Kind", "kind", "kind.of()", "kind.x", "a"),
    },
    "┃@made(by)\ndef f(): ...\n┃": {"made()", "by"},
    "┃@made\ndef f(): ...\n┃": {"made()"},
    "┃class A(Base, metaclass=Meta):\n    x = one\n    def f(self):\n        return x\n┃": {
        *("Base", "Meta", "one", "x"),
    },
    "def f(a):\n    b = 1\n    ┃a.c(b)┃\n": {"a.c()"},
    "┃self.client.headers.get(key)┃": {
        *("self", "self.client", "self.client.headers", "self.client.headers.get()", "key"),
    },
    "┃make(x)[0].go()┃": {"make()", "x", "make()[].go()"},
    "┃(await a.b).c┃": {"a", "a.b", "a.b.c"},
    '┃f"{a.b!r:>{width}}"┃': {"a", "a.b", "width"},
    "┃[y.z for x in xs if x for y in x]┃": {"y.z", "xs"},
    "┃lambda a, b=c: a.d + b┃": {"a.d", "c"},
    "┃with a() as b, c as (d, e):\n    b, d, e.f\n┃": {"a()", "c", "e.f"},
    "┃for i, (j, k) in a:\n    i, j, k\n┃": {"a"},
    "┃try:\n    x\nexcept (A, B) as e:\n    e.f\n┃": {"x", "A", "B", "e.f"},
    "┃if (n := f()): n.m\n┃": {"f()", "n.m"},
    "┃def f():\n    global a\n    a = 1\n┃": {"a"},
    "def f():\n    a = 1\n    ┃def g():\n        nonlocal a\n        a = 2\n┃": set(),
    "┃match w:\n    case P(x=0, y=yy) | a.Q(zz) as whole:\n        yy, zz, whole\n┃": {
        *("w", "P", "a", "a.Q"),
    },
    '┃match w:\n    case {"k": v, **rest}: v, rest\n    case [first, *more]: first, more\n┃': {"w"},
    "┃f(key=value, *rest, **more)┃": {"f()", "value", "rest", "more"},
    "┃def f[T: Bound](a: T) -> list[T]: ...\n┃": {"Bound", "list"},
    '┃def f(a: "list[pkg.A]"): ...\n┃': {"list", "pkg", "pkg.A"},
    "┃import a.b\nfrom c import d as e\na.b, e\n┃": {"a", "a.b", "e"},
    "┃x: A = b\nx.y\n┃": {"A", "b", "x.y"},
    "┃{1: 2}.get(3)┃": {"''.get()"},
}


@pytest.mark.parametrize(("text", "expected"), USED.items())
def test_names_that_are_used(text: str, expected: set[str]) -> None:
    assert used("python", text) == expected


BOUND = {
    "┃def f(a: A, b=c(), *d: D): ...\n┃": {"a: A", "b = c()", "d: tuple[D]"},
    "class A:\n    ┃def f(self, x): ...\n┃": {"self: Self"},
    "┃x: A = b┃": {"x: A"},
    "┃x = y = a.b(1)┃": {"x = a.b()", "y = a.b()"},
    "┃x = a or b()┃": {"x = a", "x = b()"},
    "┃x = a if c else (b)┃": {"x = a", "x = b"},
    "┃x = 'text'┃": {"x: str"},
    "┃x = [1]┃": {"x: list"},
    "┃x, y = f()┃": {"x = f() each", "y = f() each"},
    "┃self.x = A()┃": {"self.x = A()"},
    "┃x = await a.f()┃": {"x = a.f()"},
    "┃x = a + b┃": {"x"},
    "┃for x in sorted(xs):\n    pass\n┃": {"x = xs each"},
    "┃for n, x in enumerate(a.xs):\n    pass\n┃": {"n = a.xs each", "x = a.xs each"},
    "┃[x for x in xs]┃": {"x = xs each"},
    "┃with f() as x:\n    pass\n┃": {"x = f().__enter__()", "x = f().__aenter__()"},
    "┃try: ...\nexcept (A, B) as e: ...\n┃": {"e: A | B"},
    "┃isinstance(x.y, (A, b.C))┃": {"x.y: A | b.C"},
    "┃x = cast(A, y)┃": {"x = A()"},
    "┃x = next(iter(xs))┃": {"x = xs[]"},
    "┃def f():\n    return a.b\n┃": {"return = a.b"},
}


@pytest.mark.parametrize(("text", "expected"), BOUND.items())
def test_what_is_said_of_a_name(text: str, expected: set[str]) -> None:
    assert bindings("python", text) == expected


def test_uses_are_counted_and_begin_with_the_first() -> None:
    text = "a.b + c\na.b()\n"
    tree = parse(language_for("python", ""), text)
    assert tree is not None
    found = uses(tree, 0, len(text)).uses
    assert [(one.name, one.start, one.times, one.call) for one in found] == [
        ("b", 0, 2, True),
        ("a", 0, 2, False),
        ("c", 6, 1, False),
    ]


def test_offsets_count_code_points() -> None:
    text = 'x = "😋ö"\nf(a.b)\n'
    tree = parse(language_for("python", ""), text)
    assert tree is not None
    found = uses(tree, text.index("f("), len(text))
    assert {text[one.start :][:3] for one in found.uses} == {"f(a", "a.b"}


def test_each_scope_has_names_of_its_own() -> None:
    text = "def f(x: A):\n    x.go()\ndef g(x: B):\n    x.go()\n"
    tree = parse(language_for("python", ""), text)
    assert tree is not None
    found = uses(tree, 0, len(text))
    by_scope = {one.scope: one.type for one in found.bindings}
    assert [by_scope[one.scope] for one in found.uses if one.name == "go"] == ["A", "B"]
