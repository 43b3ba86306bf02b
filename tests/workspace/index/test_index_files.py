"""Which files an index finds by their folder and by their package."""

from pathlib import Path

import pytest

from tests.workspace.index.workspaces import built, write
from workers_ai_ls.workspace.index import Index

GO = "package {}\n\nfunc F() {{}}\n"
PROJECT = {
    "main.go": GO.format("main"),
    "shop/a.go": GO.format("shop"),
    "shop/b.go": GO.format("shop"),
    "shop/notes.txt": "package shop\n",
    "shop/deep/c.go": GO.format("deep"),
    "shop-front/d.go": GO.format("shop"),
    "shop0/e.go": GO.format("shops"),
    "other/shop/f.go": GO.format("shop"),
}


@pytest.fixture
async def index(tmp_path: Path) -> Index:
    return await built(write(tmp_path / "project", PROJECT), tmp_path / "cache")


async def test_files_in_a_folder_itself(index: Index) -> None:
    assert [one.path for one in index.files_in("shop")] == ["shop/a.go", "shop/b.go"]
    assert [one.path for one in index.files_in("")] == ["main.go"]
    assert index.files_in("sho") == []
    assert index.files_in("shop/") == []


async def test_open_files_in_a_folder(index: Index) -> None:
    index.update(index.root / "shop" / "b.go", GO.format("shop"))
    index.update(index.root / "shop" / "new.go", GO.format("shop"))
    index.update(index.root / "shop" / "deep" / "new.go", GO.format("deep"))
    found = [one.path for one in index.files_in("shop")]
    assert found == ["shop/a.go", "shop/b.go", "shop/new.go"]


async def test_files_of_a_package(index: Index) -> None:
    found = [one.path for one in index.files_of("shop")]
    assert found == ["other/shop/f.go", "shop-front/d.go", "shop/a.go", "shop/b.go"]
    assert {one.package for one in index.files_of("shop")} == {"shop"}
    assert index.files_of("nothing") == []


async def test_open_files_of_a_package(index: Index) -> None:
    index.update(index.root / "shop" / "a.go", GO.format("moved"))
    index.update(index.root / "shop" / "new.go", GO.format("shop"))
    found = [one.path for one in index.files_of("shop")]
    assert found == ["other/shop/f.go", "shop-front/d.go", "shop/b.go", "shop/new.go"]
    assert [one.path for one in index.files_of("moved")] == ["shop/a.go"]
