"""The makers of gold tell what functions of a made-up project use."""

from pathlib import Path

import pytest

from tests.bench.gold.corpora import go_gold, rows_of, typescript_gold

MODULES = Path(__file__).parents[3] / "server" / "worker" / "node_modules"
"""The Worker's packages, TypeScript's compiler among them."""

STORE_TS = """export interface Options {
  size: number;
}
export class Store {
  constructor(readonly options: Options) {}
  find(key: string): number;
  find(key: number): number;
  find(key: string | number): number {
    const own = key;

    return this.options.size;
  }
}
"""
MAIN_TS = """import { Store as S } from './store.js';
export * from './store.js';
const local = 1;
export function run(
  given: S,
): number {
  const inner = local;
  return given.find(inner) + given.find(2) + inner;
}
const short = () => local;
"""

STORE_GO = """package store

type Base struct {
\tName string
}

type Store struct {
\tBase
\tsize int
}

func (s *Store) Len() int { return s.size }
"""
MAIN_GO = """package app

import (
\t"fmt"

\t"example.com/app/store"
)

const limit = 3

func Run(s *store.Store) string {
\tcount := s.Len()
\tfmt.Println(count, limit)
\tmade := store.Store{Base: store.Base{}}
\treturn made.Name + s.Name
}

func short() int { return limit }
"""


def shown(text: str) -> dict[str, list[str]]:
    """Say what each function uses, and how often: `store.ts:1 Options interface 2`."""
    return {
        f"{row.file} {row.qual} {row.start}-{row.end}": [
            f"{one.file}:{one.line} {one.name} {one.type} {one.uses}" for one in row.gold
        ]
        for row in rows_of(text)
    }


@pytest.mark.worker
def test_gold_for_typescript(tmp_path: Path) -> None:
    (tmp_path / "store.ts").write_text(STORE_TS, "utf-8")
    (tmp_path / "main.ts").write_text(MAIN_TS, "utf-8")
    assert shown(typescript_gold(tmp_path, MODULES)) == {
        # The call means the second of the overloads; `inner` is local.
        "main.ts run 4-9": [
            "main.ts:3 local variable 1",
            "store.ts:4 Store class 1",
            "store.ts:7 find method 2",
        ],
        "store.ts Store.find 8-12": [
            "store.ts:2 size field 1",
            "store.ts:5 options field 1",
        ],
    }


@pytest.mark.runners
def test_gold_for_go(tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "go.mod").write_text("module example.com/app\n\ngo 1.22\n", "utf-8")
    (tmp_path / "store" / "store.go").write_text(STORE_GO, "utf-8")
    (tmp_path / "main.go").write_text(MAIN_GO, "utf-8")
    assert shown(go_gold(tmp_path)) == {
        "main.go Run 11-16": [
            "main.go:9 limit constant 1",
            "store/store.go:3 Base type 1",
            "store/store.go:4 Name field 2",
            "store/store.go:7 Store type 2",
            "store/store.go:8 Base field 1",
            "store/store.go:12 Len method 1",
        ],
    }
