"""What knowledge holds besides what is used: members, callers, an example; and what limits it."""

from pathlib import Path

import pytest

from tests.marked import marked
from tests.workspace.index.workspaces import built, write
from tests.workspace.resolving.resolved import knowledge
from workers_ai_ls.syntax import language_for
from workers_ai_ls.workspace.index import open_index
from workers_ai_ls.workspace.resolving import Code, knowledge_of

SHOP = (
    "class Shop:\n    rate = 2\n\n    def open(self):\n        self.state = 1\n        return self\n\n"
    "    ┃def price(self, item):\n        return item.cost * self.rate\n┃\n"
    "    def close(self):\n        self.state = 0\n        return None\n"
)


def test_the_class_around_with_its_members(tmp_path: Path) -> None:
    found = knowledge(tmp_path, {"shop.py": SHOP}).members
    assert [one.definition.qualified for one in found] == [
        *("Shop", "Shop.rate", "Shop.open", "Shop.state", "Shop.close"),
    ]
    assert {one.distance for one in found} == {0}


def test_no_class_around_what_is_a_whole_class(tmp_path: Path) -> None:
    whole = f"┃{SHOP.replace('┃', '')}┃"
    assert knowledge(tmp_path, {"shop.py": whole}).members == ()


def test_an_example_stands_beside(tmp_path: Path) -> None:
    found = knowledge(tmp_path, {"shop.py": SHOP}).sibling
    assert found is not None
    assert found.definition.name == "close"
    assert found.text.startswith("    def close(self):\n")
    assert [one.name for one in found.inside] == ["Shop"]


def test_no_example_where_nothing_is_alike(tmp_path: Path) -> None:
    assert knowledge(tmp_path, {"a.py": "X = 1\n\n┃def f():\n    return 1\n┃"}).sibling is None


def test_callers_are_those_of_this_class_and_not_of_a_namesake(tmp_path: Path) -> None:
    files = {
        "shop.py": SHOP,
        "other.py": "class Other:\n    def price(self): ...\n\ndef f(o: Other):\n    o.price()\n",
        "app.py": (
            "from shop import Shop\n\ndef sell(shop: Shop):\n    total = shop.price(\n"
            "        1,\n    )\n    return total\n"
        ),
        "test_shop.py": "from shop import Shop\n\ndef test_it():\n    Shop().price(1)\n",
    }
    found = knowledge(tmp_path, files).callers
    assert [(one.path, one.line) for one in found] == [("app.py", 3), ("test_shop.py", 3)]
    assert found[0].code == "    total = shop.price(\n        1,\n    )"
    assert found[0].inside is not None
    assert found[0].inside.name == "sell"


def test_callers_of_the_function_around_a_part_of_it(tmp_path: Path) -> None:
    files = {"a.py": "def f(x):\n    ┃return x┃\n\ndef g():\n    return f(1)\n"}
    assert [one.line for one in knowledge(tmp_path, files).callers] == [4]


def test_a_type_in_a_header_shows_no_use(tmp_path: Path) -> None:
    files = {"a.py": "┃class A: ...\n┃\ndef f(a: A) -> A:\n    return A()\n"}
    assert [one.line for one in knowledge(tmp_path, files).callers] == [3]


def test_one_caller_of_each_function_and_three_in_all(tmp_path: Path) -> None:
    functions = "".join(f"def g{n}():\n    f()\n    f()\n" for n in range(5))
    found = knowledge(tmp_path, {"a.py": f"┃def f(): ...\n┃\n{functions}"}).callers
    assert [one.inside.name for one in found if one.inside] == ["g0", "g1", "g2"]


def test_rank_count_text_distance_and_what_is_around(tmp_path: Path) -> None:
    long = "".join(f"    x = {n}\n" for n in range(50))
    files = {
        "lib.py": f"class A:\n    def go(self): ...\n\ndef big():\n{long}",
        "app.py": (
            "from lib import A, big\n\ndef near(): ...\n\n"
            "┃def f(a: A):\n    near(), near(), a.go(), a.go(), a.go(), big()\n┃"
        ),
    }
    found = knowledge(tmp_path, files).used
    assert [(one.definition.name, one.uses, one.distance) for one in found] == [
        *(("go", 3, 2), ("near", 2, 1), ("A", 1, 2), ("big", 1, 2)),
    ]
    assert [one.text for one in found] == [
        *("    def go(self): ...", "def near(): ...", "class A:\n    def go(self): ...", ""),
    ]
    assert [one.name for one in found[0].inside] == ["A"]


def test_without_an_index_the_own_file_is_known() -> None:
    code = marked("def g(): ...\n\n┃def f():\n    g()\n┃")
    asked = Code("a.py", language_for("python", ""), code.text, code.start, code.end)
    found = knowledge_of(None, asked)
    assert [one.definition.name for one in found.used] == ["g"]
    assert found.incomplete == ""


def test_the_first_prompt_reads_what_the_index_has_not_come_to(tmp_path: Path) -> None:
    root = write(tmp_path / "project", {"lib.py": "def g(): ...\n", ".gitignore": "hidden.py\n"})
    write(root, {"hidden.py": "def h(): ...\n"})
    index = open_index(root, cache=tmp_path / "cache")
    text = "from lib import g\nfrom hidden import h\ng(h())\n"
    found = knowledge_of(index, Code("a.py", language_for("python", ""), text, 0, len(text)))
    index.close()
    assert [one.definition.name for one in found.used] == ["g"]
    assert found.incomplete == "the workspace is still being read"


async def test_from_the_disk_as_from_open_buffers(tmp_path: Path) -> None:
    code = marked("from lib import A\n\n┃def f(a: A):\n    a.go()\n┃")
    files = {"lib.py": "class A:\n    def go(self): ...\n", "a.py": code.text}
    index = await built(write(tmp_path / "project", files), tmp_path / "cache")
    asked = Code("a.py", language_for("python", ""), code.text, code.start, code.end)
    found = knowledge_of(index, asked)
    assert [one.definition.name for one in found.used] == ["A", "go"]
    assert found.incomplete == ""
    # What is open and changed wins over what was read.
    index.update(tmp_path / "project" / "lib.py", "class A:\n    def gone(self): ...\n")
    assert [one.definition.name for one in knowledge_of(index, asked).used] == ["A"]
    index.close()


@pytest.mark.parametrize("path", ["../secret.py", "lib/../../secret.py"])
def test_nothing_is_read_outside_of_the_workspace(path: str, tmp_path: Path) -> None:
    write(tmp_path, {"secret.py": "def g(): ...\n", "project/lib/a.py": ""})
    index = open_index(tmp_path / "project", cache=tmp_path / "cache")
    assert index.text(path) == ""
    assert index.symbols_now(path) is None
    index.close()
