"""What an index answers, and what it takes note of."""

import asyncio
import os
from pathlib import Path

import pytest

from tests.workspace.index.workspaces import build, built, paths, write
from workers_ai_ls.workspace.index import Index, open_index

PROJECT = {
    "shop/__init__.py": "from .items import Item\n",
    "shop/items.py": (
        'class Item:\n    """Is sold."""\n\n    def price(self):\n        return tax(1)\n'
    ),
    "shop/taxes.py": "def tax(x):\n    return x\n",
    "app.py": (
        "from shop import Item\nimport shop.taxes\n\n\ndef main():\n    item = Item()\n"
        "    return item.price() + shop.taxes.tax(2)\n"
    ),
    "web/api.ts": "import { x } from './x.js';\nexport function price(): number { return x(); }\n",
    "go/a.go": "package shop\n\nfunc Tax() {}\n",
    "data.txt": "price",
}


@pytest.fixture
async def index(tmp_path: Path) -> Index:
    return await built(write(tmp_path / "project", PROJECT), tmp_path / "cache")


async def test_definitions_by_name_and_by_file(index: Index) -> None:
    first, second = index.definitions("price")
    assert (first.path, first.definition.qualified) == ("shop/items.py", "Item.price")
    assert (second.path, second.definition.exported) == ("web/api.ts", True)
    item, price = index.definitions_in("shop/items.py")
    assert (item.doc, price.parent, price.line) == ("Is sold.", 0, 3)
    assert index.definitions("nothing") == []
    assert index.definitions_in("data.txt") == []


async def test_imports_and_importers(index: Index) -> None:
    assert [one.name for one in index.imports_of("app.py")] == ["Item", ""]
    assert [one.path for one in index.importers("taxes")] == ["app.py"]
    assert [one.path for one in index.importers("x")] == ["web/api.ts"]
    by_name = index.importers_of_name("Item")
    assert [(one.path, one.imported.level) for one in by_name] == [
        ("app.py", 0),
        ("shop/__init__.py", 1),
    ]


async def test_references(index: Index) -> None:
    used = [
        (one.path, one.reference.line, one.reference.receiver) for one in index.references("tax")
    ]
    assert used == [("app.py", 6, "shop.taxes"), ("shop/items.py", 4, None)]
    assert index.references("nothing") == []
    assert len(index.references("tax", most_files=1)) == 1
    nearest = index.references("tax", most_files=1, near="shop/taxes.py")
    assert [one.path for one in nearest] == ["shop/items.py"]


async def test_files(index: Index) -> None:
    found = index.file("go/a.go")
    assert found is not None
    assert (found.language, found.package) == ("go", "shop")
    assert index.file("data.txt") is None
    assert [one.path for one in index.files_named("items.py")] == ["shop/items.py"]


async def test_an_open_buffer_wins_over_the_disk(index: Index) -> None:
    taxes = index.root / "shop" / "taxes.py"
    index.update(taxes, "from a.b import c\ndef levy(x):\n    return c(x)\n")
    assert paths(index, "tax") == []
    assert paths(index, "levy") == ["shop/taxes.py"]
    assert [one.name for one in index.definitions_in("shop/taxes.py")] == ["levy"]
    assert [one.path for one in index.importers("b")] == ["shop/taxes.py"]
    assert [one.path for one in index.references("c")] == ["shop/taxes.py"]
    assert [one.name for one in index.imports_of("shop/taxes.py")] == ["c"]
    assert [one.path for one in index.files_named("taxes.py")] == ["shop/taxes.py"]
    await build(index)
    assert paths(index, "levy") == ["shop/taxes.py"]
    index.update(taxes, None)
    assert paths(index, "tax") == ["shop/taxes.py"]
    assert paths(index, "levy") == []


async def test_a_file_that_changed_on_disk_is_read_again(index: Index) -> None:
    write(
        index.root,
        {"shop/taxes.py": "def duty():\n    return tax(1)\n", "new.py": "def n(): ...\n"},
    )
    assert index.update(index.root / "shop" / "taxes.py", None)
    assert index.update(index.root / "new.py", None)
    assert paths(index, "tax") == []
    assert paths(index, "duty") == ["shop/taxes.py"]
    assert paths(index, "n") == ["new.py"]
    assert "shop/taxes.py" in [one.path for one in index.references("tax")]


async def test_what_is_gone_is_forgotten(index: Index) -> None:
    (index.root / "app.py").rename(index.root / "main.py")
    for name in ("app.py", "main.py"):
        index.update(index.root / name, None)
    assert paths(index, "main") == ["main.py"]
    for path in (index.root / "shop").iterdir():
        path.unlink()
    (index.root / "shop").rmdir()
    index.update(index.root / "shop", None)
    assert paths(index, "tax") == []
    assert paths(index, "main") == ["main.py"]


async def test_a_build_finds_what_changed_and_reads_nothing_else(index: Index) -> None:
    write(index.root, {"app.py": "def other(): ...\n"})
    (index.root / "go" / "a.go").rename(index.root / "go" / "b.go")
    (index.root / "web" / "api.ts").unlink()
    told = await build(index)
    assert (told[-1].state, told[-1].total, told[-1].files) == ("ready", 2, 5)
    assert paths(index, "other") == ["app.py"]
    assert paths(index, "Tax") == ["go/b.go"]
    assert paths(index, "price") == ["shop/items.py"]


async def test_a_folder_that_came_takes_a_build(index: Index) -> None:
    write(index.root, {"more/a.py": "def came(): ...\n"})
    assert not index.update(index.root / "more", None)
    await build(index)
    assert paths(index, "came") == ["more/a.py"]


async def test_what_is_ignored_or_elsewhere_stays_out_when_it_is_opened(index: Index) -> None:
    write(index.root, {".gitignore": "secret.py\n"})
    for name in ("secret.py", "node_modules/a/index.js", "notes.txt", "../outside.py"):
        index.update(index.root / name, "function hidden() {}\ndef hidden(): ...\n")
        index.update(index.root / name, None)
    assert paths(index, "hidden") == []


async def test_a_file_that_is_not_utf8_is_read_all_the_same(tmp_path: Path) -> None:
    root = write(tmp_path / "project", {})
    root.mkdir()
    (root / "a.py").write_bytes(b"# caf\xe9\ndef f(): return '\xff'\ndef g\xe9(): ...\n")
    (root / "b.py").write_bytes(b"\xef\xbb\xbfdef h(): ...\n")
    (root / "c.py").write_bytes("def i(): ...\n".encode("utf-16"))
    index = await built(root, tmp_path / "cache")
    assert [paths(index, name) for name in "fhi"] == [["a.py"], ["b.py"], []]


async def test_it_is_kept_and_private(index: Index, tmp_path: Path) -> None:
    index.close()
    assert index.definitions("tax") == []
    (file,) = (tmp_path / "cache" / "index").glob("*.sqlite3")
    assert os.name == "nt" or file.stat().st_mode & 0o077 == 0
    again = open_index(index.root, cache=tmp_path / "cache")
    assert await asyncio.to_thread(paths, again, "tax") == ["shop/taxes.py"]
    again.close()


async def test_an_open_buffer_is_read_as_its_file_would_be(index: Index) -> None:
    index.update(index.root / "a.h", "class Held {};\n")
    assert paths(index, "Held") == ["a.h"]
    index.update(index.root / "a.h", "// @generated\nclass Held {};\n")
    assert paths(index, "Held") == []
    index.update(index.root / "a.h", "class Held {};\n" + "int a;\n" * 200_000)
    assert paths(index, "Held") == []


async def test_a_file_that_is_ignored_no_more_comes_in_when_it_is_opened_again(
    index: Index,
) -> None:
    write(index.root, {".gitignore": "late.py\n", "late.py": "def late(): ...\n"})
    index.update(index.root / "late.py", "def late(): ...\n")
    assert paths(index, "late") == []
    (index.root / ".gitignore").unlink()
    index.update(index.root / "late.py", None)
    assert paths(index, "late") == ["late.py"]


async def test_half_a_character_is_no_reason_to_fail(index: Index) -> None:
    index.update(index.root / "half.py", "def a(): return '\ud83d'\n")
    assert paths(index, "a") == ["half.py"]
    assert index.definitions("\ud83d") == []
    assert index.references("\ud83d") == []
