"""Where a name behind a dot leads."""

from pathlib import Path

import pytest

from tests.workspace.resolving.resolved import used

LIB = (
    "class Base:\n    def close(self): ...\n\n"
    "class Client(Base):\n"
    "    timeout = 3\n"
    "    def __init__(self, url: 'Url', base=None):\n"
    "        self.url = url\n"
    "        self.pool = Pool()\n"
    "        self.made = make_pool()\n"
    "    def send(self): ...\n"
    "    def copy(self) -> 'Self':\n        return self\n"
    "    @property\n    def host(self) -> 'Url': ...\n"
    "    def __enter__(self):\n        return self\n"
    "    @classmethod\n    def create(cls):\n        return cls(1)\n\n"
    "class Url:\n    def join(self): ...\n\n"
    "class Pool:\n    def take(self): ...\n    def __iter__(self) -> 'Iterator[Url]': ...\n\n"
    "def make_pool():\n    pool = Pool()\n    return pool\n\n"
    "def make() -> Client: ...\n"
    "CLIENT = Client(1)\n"
    "Either = Union[Client, Url]\n"
)

CODE = {
    "an annotated parameter": ("def f(x: Client):\n    x.send()", "Client.send"),
    "with a default": ("def f(x: Client = None):\n    x.send()", "Client.send"),
    "a quoted annotation": ("def f(x: 'Client'):\n    x.send()", "Client.send"),
    "a union": ("def f(x: Client | None):\n    x.send()", "Client.send"),
    "an optional": ("def f(x: Optional[Client]):\n    x.send()", "Client.send"),
    "each argument": ("def f(*xs: Client):\n    for x in xs:\n        x.send()", "Client.send"),
    "another name for types": ("def f(x: Either):\n    x.join()", "Url.join"),
    "a constructed one": ("def f():\n    x = Client(1)\n    x.send()", "Client.send"),
    "right behind the constructor": ("Client(1).send()", "Client.send"),
    "an annotated variable": ("def f():\n    x: Client = g()\n    x.send()", "Client.send"),
    "what a function returns": ("def f():\n    x = make()\n    x.send()", "Client.send"),
    "what its body returns": ("make_pool().take()", "Pool.take"),
    "a variable of the module": ("CLIENT.send()", "Client.send"),
    "awaited": ("async def f():\n    x = await make()\n    x.send()", "Client.send"),
    "one of two": ("def f(y):\n    x = y or make()\n    x.send()", "Client.send"),
    "by walrus": ("def f():\n    if x := make():\n        x.send()", "Client.send"),
    "in a with": ("def f():\n    with make() as x:\n        x.send()", "Client.send"),
    "an element": ("def f(xs: list[Client]):\n    for x in xs:\n        x.send()", "Client.send"),
    "by index": ("def f(xs: dict[str, Client]):\n    xs['a'].send()", "Client.send"),
    "of its values": (
        "def f(xs: dict[str, Client]):\n    for _, x in sorted(xs.items()):\n        x.send()",
        "Client.send",
    ),
    "in a comprehension": ("def f(xs: list[Client]):\n    [x.send() for x in xs]", "Client.send"),
    "an iterator of its own": ("def f(p: Pool):\n    for u in p:\n        u.join()", "Url.join"),
    "from a base": ("def f(x: Client):\n    x.close()", "Base.close"),
    "an attribute by a parameter": ("def f(x: Client):\n    x.url.join()", "Url.join"),
    "an attribute by a call": ("def f(x: Client):\n    x.pool.take()", "Pool.take"),
    "an attribute by what a function returns": (
        "def f(x: Client):\n    x.made.take()",
        "Pool.take",
    ),
    "a property": ("def f(x: Client):\n    x.host.join()", "Url.join"),
    "a method that gives itself": ("def f(x: Client):\n    x.copy().send()", "Client.send"),
    "a class method": ("Client.create().send()", "Client.send"),
    "an attribute of the class": ("def f(x: Client):\n    x.timeout", "Client.timeout"),
    "the class as a value": ("def f(x: type[Client]):\n    x(1).send()", "Client.send"),
    "after isinstance": (
        "def f(x):\n    if isinstance(x, Client):\n        x.send()",
        "Client.send",
    ),
    "a caught error": (
        "def f():\n    try: ...\n    except Client as x:\n        x.send()",
        "Client.send",
    ),
    "cast": ("def f(y):\n    x = cast(Client, y)\n    x.send()", "Client.send"),
}


@pytest.mark.parametrize("name", CODE)
def test_a_member_of_what_is_known(name: str, tmp_path: Path) -> None:
    code, expected = CODE[name]
    found = used(tmp_path, {"lib.py": LIB, "app.py": f"from lib import *\n┃{code}\n┃"})
    assert f"lib.py {expected}" in found


OWN = {
    "self": ("self.pool.take()", "lib.py Pool.take"),
    "an own method": ("self.copy()", "app.py Own.copy"),
    "one of a base elsewhere": ("self.close()", "lib.py Base.close"),
    "super": ("super().copy()", "lib.py Client.copy"),
    "a method that gives the subclass": ("self.copy().extra()", "app.py Own.extra"),
    "its class": ("self.__class__(1).extra()", "app.py Own.extra"),
    "the type of it": ("type(self)(1).extra()", "app.py Own.extra"),
}


@pytest.mark.parametrize("name", OWN)
def test_the_own_object(name: str, tmp_path: Path) -> None:
    code, expected = OWN[name]
    app = (
        "from lib import Client\n\nclass Own(Client):\n    def extra(self): ...\n"
        f"    def copy(self) -> 'Self': ...\n    ┃def f(self):\n        {code}\n┃"
    )
    assert expected in used(tmp_path, {"lib.py": LIB, "app.py": app})


@pytest.mark.parametrize(
    "code",
    [
        "def f(x: Url):\n    x.send()",
        "def f(x: Path):\n    x.send()",
        "def f():\n    x = 'text'\n    x.send()",
        "def f():\n    x = json.loads('')\n    x.send()",
    ],
)
def test_what_is_known_not_to_have_it_keeps_its_namesakes_away(code: str, tmp_path: Path) -> None:
    app = f"import json\nfrom pathlib import Path\nfrom lib import Url\n┃{code}\n┃"
    found = used(tmp_path, {"lib.py": LIB, "app.py": app})
    assert not [one for one in found if one.endswith("send")]


@pytest.mark.parametrize(
    "lib",
    [
        "a = b\nb = a\ndef f():\n    a.x()\n",
        "class A(B): ...\nclass B(A): ...\ndef f(a: A):\n    a.x()\n",
        "A = Union['A', 'B']\nB = A\ndef f(a: A):\n    a.x.y()\n",
        "def g():\n    return h()\ndef h():\n    return g()\ndef f():\n    g().x()\n",
        (
            "class A:\n    def __init__(self, a=None):\n        self.a = self.a.a\n"
            "    def f(self):\n        self.a.a.a.x()\n"
        ),
        "def f():\n    x = x.y\n    y = x()\n    x = y[0]\n    x.z()\n",
    ],
)
def test_circles_end(lib: str, tmp_path: Path) -> None:
    assert not [one for one in used(tmp_path, {"a.py": f"┃{lib}┃"}) if one.endswith(" x")]
