"""Where a bare name leads."""

from pathlib import Path

import pytest

from tests.workspace.resolving.resolved import guessed, used

TOOLS = {"pkg/__init__.py": "", "pkg/tools.py": "def mend(x): ...\n\nLIMIT = 3\n"}

NAMES = {
    "the same file": (
        {"a.py": "LIMIT = 3\n\ndef other(): ...\n\n┃def f():\n    return other(LIMIT)\n┃"},
        ["a.py LIMIT", "a.py other"],
    ),
    "not itself": ({"a.py": "┃def f(x):\n    return f(x - 1)\n┃"}, []),
    "itself, from a part of it": (
        {"a.py": "def f(x):\n    y = 1\n    ┃return f(x - y)┃\n"},
        ["a.py f"],
    ),
    "a function around": (
        {
            "a.py": "def f():\n    def g(): ...\n    ┃def h():\n        return g()\n┃",
            "b.py": "def g(): ...\n",
        },
        ["a.py f.g"],
    ),
    "a name that is bound hides the one outside": (
        {"a.py": "def g(): ...\n\n┃def f(g):\n    return g()\n┃"},
        [],
    ),
    "global does not hide it": (
        {"a.py": "count = 0\n\n┃def f():\n    global count\n    count = 1\n┃"},
        ["a.py count"],
    ),
    "an import of a name": (
        TOOLS | {"app.py": "from pkg.tools import mend\n┃mend(1)┃\n"},
        ["pkg/tools.py mend"],
    ),
    "an import by another name": (
        TOOLS | {"app.py": "from pkg.tools import mend as m\n┃m(1)┃\n"},
        ["pkg/tools.py mend"],
    ),
    "a relative import": (
        TOOLS | {"pkg/a.py": "from .tools import mend\n┃mend(1)┃\n"},
        ["pkg/tools.py mend"],
    ),
    "a relative import from above": (
        TOOLS | {"pkg/sub/a.py": "from ..tools import mend\n┃mend(1)┃\n"},
        ["pkg/tools.py mend"],
    ),
    "a module": (
        TOOLS | {"app.py": "import pkg.tools\n┃pkg.tools.mend(1)┃\n"},
        ["pkg/tools.py mend"],
    ),
    "a module by another name": (
        TOOLS | {"app.py": "import pkg.tools as t\n┃t.mend(t.LIMIT)┃\n"},
        ["pkg/tools.py LIMIT", "pkg/tools.py mend"],
    ),
    "a module from its package": (
        TOOLS | {"pkg/a.py": "from . import tools\n┃tools.mend(1)┃\n"},
        ["pkg/tools.py mend"],
    ),
    "all names of a module": (
        TOOLS | {"app.py": "from pkg.tools import *\n┃mend(1)┃\n"},
        ["pkg/tools.py mend"],
    ),
    "handed on by a package": (
        TOOLS
        | {"pkg/__init__.py": "from .tools import mend\n", "app.py": "import pkg\n┃pkg.mend┃\n"},
        ["pkg/tools.py mend"],
    ),
    "handed on with all others": (
        TOOLS
        | {"pkg/__init__.py": "from .tools import *\n", "app.py": "from pkg import mend\n┃mend┃\n"},
        ["pkg/tools.py mend"],
    ),
    "a package under src": (
        {
            "src/pkg/__init__.py": "def mend(): ...\n",
            "tests/t.py": "from pkg import mend\n┃mend()┃\n",
        },
        ["src/pkg/__init__.py mend"],
    ),
    "an import inside of the function": (
        TOOLS | {"app.py": "┃def f():\n    from pkg.tools import mend\n    mend(1)\n┃"},
        ["pkg/tools.py mend"],
    ),
    "two ways to come by it": (
        TOOLS
        | {
            "app.py": "try:\n    from pkg.tools import mend\nexcept ImportError:\n"
            "    def mend(x): ...\n\n┃mend(1)┃\n"
        },
        ["app.py mend", "pkg/tools.py mend"],
    ),
    "a foreign module keeps its namesake away": (
        {"a.py": "def dumps(): ...\n", "app.py": "from json import dumps\n┃dumps({})┃\n"},
        [],
    ),
    "modules that import each other in a circle": (
        {
            "a.py": "from b import *\n",
            "b.py": "from a import *\n",
            "app.py": "from a import lost\n┃lost()┃\n",
        },
        [],
    ),
    "a decorator in a class sees its names": (
        {
            "a.py": "class A:\n    @property\n    def x(self): ...\n\n    ┃@x.setter\n    def y(self): ...\n┃"
        },
        ["a.py A.x"],
    ),
}


@pytest.mark.parametrize("name", NAMES)
def test_a_bare_name(name: str, tmp_path: Path) -> None:
    files, expected = NAMES[name]
    assert used(tmp_path, files) == expected


def test_a_name_that_no_rule_finds_is_looked_for_in_the_workspace(tmp_path: Path) -> None:
    files = {"a.py": "class A:\n    def mend(self): ...\n", "app.py": "┃def f(x):\n    x.mend()\n┃"}
    assert guessed(tmp_path, files) == ["a.py A.mend"]
    assert used(tmp_path, files) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [("append", "lists have it too"), ("print", "it is built in"), ("__init__", "all have it")],
)
def test_names_that_say_too_little(name: str, reason: str, tmp_path: Path) -> None:
    files = {
        "a.py": f"class A:\n    def {name}(self): ...\n",
        "b.py": f"┃def f(x):\n    x.{name}()\n┃",
    }
    assert guessed(tmp_path, files) == [], reason


def test_a_name_that_many_have_leads_to_none(tmp_path: Path) -> None:
    files = {f"m{n}.py": "class A:\n    def mend(self): ...\n" for n in range(4)}
    assert guessed(tmp_path, files | {"b.py": "┃def f(x):\n    x.mend()\n┃"}) == []
