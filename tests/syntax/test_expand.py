"""What a selection means, beyond the plain cases of each language."""

import pytest

from tests.syntax.reading import expanded

CURSORS = {
    "on a decorator": (
        "@cached\n@l┃ogged(\n    1,\n)\ndef f():\n    pass\n",
        "┃@cached\n@logged(\n    1,\n)\ndef f():\n    pass┃\n",
    ),
    "in the indentation before a definition": (
        "class A:\n    b = 1\n  ┃  def m(self): pass\n",
        "class A:\n    b = 1\n┃    def m(self): pass┃\n",
    ),
    "on the header": (
        "def f(\n    x,┃\n):\n    pass\n",
        "┃def f(\n    x,\n):\n    pass┃\n",
    ),
    "at the end of the last line": (
        "def f():\n    return 1  # one┃\n\n\nx = 1\n",
        "┃def f():\n    return 1  # one┃\n\n\nx = 1\n",
    ),
    "on the comment above a definition takes that along": (
        "x = 1\n# Half┃ of\n# x.\n@cached\ndef f(): pass\n",
        "x = 1\n┃# Half of\n# x.\n@cached\ndef f(): pass┃\n",
    ),
    "below the comment above a definition leaves that alone": (
        "# Half of x.\ndef f(): ┃pass\n",
        "# Half of x.\n┃def f(): pass┃\n",
    ),
    "in a function in a function": (
        "def f():\n    def g():\n        ┃pass\n    return g\n",
        "def f():\n┃    def g():\n        pass┃\n    return g\n",
    ),
    "after a function in a function": (
        "def f():\n    def g():\n        pass\n    return g┃\n",
        "┃def f():\n    def g():\n        pass\n    return g┃\n",
    ),
    "on a blank line in a function": (
        "def f():\n    x = 1\n┃\n    return x\n",
        "┃def f():\n    x = 1\n\n    return x┃\n",
    ),
    "on an indented blank line below a function": (
        "def f():\n    x = 1\n    ┃\n\n\ndef g(): pass\n",
        "┃def f():\n    x = 1┃\n    \n\n\ndef g(): pass\n",
    ),
    "on a blank line nearer to what comes below": (
        "x = 1\n\n\n┃\ndef f(): pass\n",
        "x = 1\n\n\n\n┃def f(): pass┃\n",
    ),
    "on one of several statements": (
        "import a\n\nx = 1\ny = [\n\n    ┃1,\n]\nz = 2\ndef f(): pass\n",
        "import a\n\n┃x = 1\ny = [\n\n    1,\n]\nz = 2┃\ndef f(): pass\n",
    ),
    "on a statement below a definition": (
        "class A:\n    pass\nx ┃= 1\ny = 2\n",
        "class A:\n    pass\n┃x = 1\ny = 2┃\n",
    ),
    "on a comment among statements": (
        "x = 1\n\n# No┃te.\n\ny = 2\n",
        "x = 1\n\n┃# Note.┃\n\ny = 2\n",
    ),
    "at the end of the text": ("x = 1\n\ny = 2\n┃", "x = 1\n\n┃y = 2┃\n"),
    "in a text without code": ("\n  ┃\n", "\n  ┃┃\n"),
    "in an empty text": ("┃", "┃┃"),
    "on a name": ("def f(x): return ┃x\n", "┃def f(x): return x┃\n"),
}

SELECTIONS = {
    "an expression stays": (
        "def f(a, b):\n    return ┃a + b┃ + 1\n",
        "def f(a, b):\n    return ┃a + b┃ + 1\n",
    ),
    "an expression stays without the blanks around it": (
        "x = f(1,┃ g(2) ┃)\n",
        "x = f(1, ┃g(2)┃ )\n",
    ),
    "some arguments stay": ("x = f(┃1, 2┃, 3)\n", "x = f(┃1, 2┃, 3)\n"),
    "half an expression grows": ("if a:\n    x = a ┃+ b┃\n", "if a:\n┃    x = a + b┃\n"),
    "half a name grows": ("x = na┃m┃e\ny = 1\n", "┃x = name┃\ny = 1\n"),
    "a statement takes its indentation along": (
        "if a:\n    ┃b()┃\n    c()\n",
        "if a:\n┃    b()┃\n    c()\n",
    ),
    "a statement that shares its line does not": (
        "if a:\n    b(); ┃c(1)┃\n",
        "if a:\n    b(); ┃c(1)┃\n",
    ),
    "a comment behind the last statement comes along": (
        "x = ┃1\ny┃ = 2  # two\nz = 3\n",
        "┃x = 1\ny = 2  # two┃\nz = 3\n",
    ),
    "the start of the next line does not belong": (
        "┃x = 1\ny = 2\n┃z = 3\n",
        "┃x = 1\ny = 2┃\nz = 3\n",
    ),
    "the end of the line before does not belong": (
        "x = 1┃\ny = 2┃\nz = 3\n",
        "x = 1\n┃y = 2┃\nz = 3\n",
    ),
    "a header with part of the body is the definition": (
        "x = 1\n@d\ndef f(┃x):\n    y = 1\n   ┃ return y\n",
        "x = 1\n┃@d\ndef f(x):\n    y = 1\n    return y┃\n",
    ),
    "parts of two methods are the methods": (
        "class A:\n    def a(self):\n        ┃pass\n    def b(self): ┃pass\n    def c(self): pass\n",
        "class A:\n┃    def a(self):\n        pass\n    def b(self): pass┃\n    def c(self): pass\n",
    ),
    "parts of two definitions are the definitions": (
        "def f():\n    ┃pass\nx = 1\ndef g():\n    ┃pass\ny = 1\n",
        "┃def f():\n    pass\nx = 1\ndef g():\n    pass┃\ny = 1\n",
    ),
    "the name in a definition is the definition": (
        "x = 1\n@d\ndef ┃half┃(x): pass\n",
        "x = 1\n┃@d\ndef half(x): pass┃\n",
    ),
    "comments that open a body do not make it grow": (
        "def f():\n┃    # First.\n    # Second.\n    x = 1\n┃    return x\n",
        "def f():\n┃    # First.\n    # Second.\n    x = 1┃\n    return x\n",
    ),
    "part of a comment is its line": (
        "def f():\n    # Fi┃rst. Sec┃ond.\n    return 1\n",
        "def f():\n┃    # First. Second.┃\n    return 1\n",
    ),
    "some lines of a list stay": (
        "x = [\n    1,\n┃    2,\n    3,\n┃    4,\n]\n",
        "x = [\n    1,\n┃    2,\n    3,┃\n    4,\n]\n",
    ),
    "half a line of a list grows": (
        "x = [\n    1,\n    f(┃2),\n    3┃,\n]\ny = 1\n",
        "┃x = [\n    1,\n    f(2),\n    3,\n]┃\ny = 1\n",
    ),
    "an expression over several lines grows": (
        "x = ┃f(\n    1,\n)┃\ny = 1\n",
        "┃x = f(\n    1,\n)┃\ny = 1\n",
    ),
    "all of the text": ("┃\nx = 1\n\ndef f(): pass\n┃", "\n┃x = 1\n\ndef f(): pass┃\n"),
    "nothing but blanks is a cursor": ("x = 1\n┃\n \n┃\n\ny = 2\n", "┃x = 1┃\n\n \n\n\ny = 2\n"),
}


@pytest.mark.parametrize(("before", "after"), CURSORS.values(), ids=CURSORS.keys())
def test_a_cursor(before: str, after: str) -> None:
    assert expanded("python", before) == after


@pytest.mark.parametrize(("before", "after"), SELECTIONS.values(), ids=SELECTIONS.keys())
def test_a_selection(before: str, after: str) -> None:
    assert expanded("python", before) == after
