"""Which definition a range stands in, and its counterpart elsewhere."""

import pytest

from tests.marked import marked
from tests.syntax.reading import around, tree_of
from workers_ai_ls.syntax import ScopeKind, counterpart, enclosing_headers

INSIDE = {
    "a decorator": "x\n@d┃\ndef f(): pass\n",
    "a header": "def f(┃x): pass\n",
    "the indentation": "if x:\n  ┃  def f(): pass\n",
    "the end of the last line": "def f():\n  return 1 ┃\nx\n",
    "a comment behind the last line": "def f():\n  return 1  # o┃ne\nx\n",
    "the comment above": "x\n# O┃ne.\ndef f(): pass\n",
    "a selection of it all": "x\n┃@d\ndef f():\n  pass\n┃\ny\n",
    "a selection inside": "def f():\n  ┃x\n  y┃\n",
}

OUTSIDE = {
    "the line above": "x┃\ndef f(): pass\n",
    "the line below": "def f(): pass\n┃x\n",
    "a comment further above": "# O┃ne.\n\ndef f(): pass\n",
    "a selection that goes beyond": "┃x\ndef f(): pa┃ss\n",
    "code before it on its line": "x┃ = 1; y = 2\ndef f(): pass\n",
}


@pytest.mark.parametrize("fixture", INSIDE.values(), ids=INSIDE.keys())
def test_inside(fixture: str) -> None:
    scope = around("python", fixture)
    assert scope is not None
    assert scope.name == "f"


@pytest.mark.parametrize("fixture", OUTSIDE.values(), ids=OUTSIDE.keys())
def test_outside(fixture: str) -> None:
    assert around("python", fixture) is None


def test_the_smallest_definition_counts() -> None:
    scope = around("python", "class A:\n  def m(self):\n    def g(): ┃pass\n")
    assert scope is not None
    assert (scope.kind, scope.name, scope.depth) == ("function", "g", 2)


def test_a_cursor_in_code_before_a_definition_on_its_line_is_outside() -> None:
    scope = around("javascript", "let a = ┃1; function f() {}")
    assert scope is None


def test_headers_go_from_the_outermost_to_the_innermost_with_docstrings() -> None:
    text, start, end = marked(
        "class A(B):\n"
        '    """Half of A.\n\n    More.\n    """\n\n'
        "    @d\n"
        "    def m(\n        self,\n    ):\n"
        "        'Do it.'\n"
        "        def g():\n"
        "            ┃pass\n"
    )
    assert enclosing_headers(tree_of("python", text), start, end) == [
        'class A(B):\n    """Half of A."""',
        '    @d\n    def m(\n        self,\n    ):\n        """Do it."""',
        "        def g():",
    ]


def test_headers_of_other_languages_are_signatures() -> None:
    text, start, end = marked(
        "impl A {\n    fn m(&self) -> u8\n    where X: Y {\n        ┃1\n    }\n}\n"
    )
    headers = enclosing_headers(tree_of("rust", text), start, end)
    assert headers == ["impl A", "    fn m(&self) -> u8\n    where X: Y"]


def test_a_definition_that_is_selected_is_not_around_itself() -> None:
    text, start, end = marked("class A:\n┃    def m(self):\n        pass┃\n")
    assert enclosing_headers(tree_of("python", text), start, end) == ["class A:"]


@pytest.mark.parametrize(
    ("language", "kind", "name", "text", "expected"),
    [
        ("python", "function", "f", "def g(): pass\ndef f(x): pass\n", "def f(x): pass"),
        ("python", "method", "m", "import a\n\n@d\ndef m(self): pass\n", "@d\ndef m(self): pass"),
        ("python", "method", "m", "class A:\n  x = 1\n  def m(self): 1\n", "def m(self): 1"),
        ("python", "method", "m", "def m(): 1\nclass A:\n  def m(self): 2\n", "def m(self): 2"),
        ("python", "class", "A", "def A(): pass\nclass A: pass\n", "class A: pass"),
        ("rust", "struct", "A", "impl A { fn a() {} }\nstruct A;\n", "struct A;"),
        ("cpp", "method", "A::m", "class A { int m() { return 1; } };", "int m() { return 1; }"),
        ("typescript", "class", "A", "interface A { b: 1 }", "interface A { b: 1 }"),
    ],
)
def test_a_counterpart(language: str, kind: ScopeKind, name: str, text: str, expected: str) -> None:
    scope = counterpart(tree_of(language, text), kind, name)
    assert scope is not None
    assert text[scope.start : scope.end] == expected


@pytest.mark.parametrize(("kind", "name"), [("function", "g"), ("class", "f"), ("impl", "f")])
def test_no_counterpart(kind: ScopeKind, name: str) -> None:
    assert counterpart(tree_of("python", "def f(): pass\n"), kind, name) is None
