"""Peers are found, asked as editors ask, and named with their command where they are missing."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import attrs
import pytest

from tests.bench.benchmark import NotThere
from tests.bench.peers.ai_lsp import AI_LSP
from tests.bench.peers.comparison import measure
from tests.bench.peers.copilot import COPILOT
from tests.bench.peers.lsp_ai import LSP_AI
from tests.bench.peers.peer import FOLDERS, Peer
from tests.bench.peers.probe import probe
from tests.bench.peers.problem import RANGE, TEXT, WANTED, WANTED_CODE
from tests.scripted_endpoint import json_answer

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="other processes are not measured there"
)

STAND_IN = Path(__file__).parents[1] / "baselines" / "raw_json_rpc.py"
RESOLVING = Path(__file__).with_name("resolving_server.py")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which peers are looked for."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv(FOLDERS, str(tmp_path))
    return tmp_path


def installed(folder: Path, name: str, program: Path) -> None:
    script = folder / name
    command = shlex.join([sys.executable, str(program)])
    script.write_text(f"#!/bin/sh\nexec {command}\n", encoding="utf-8")
    script.chmod(0o755)


@pytest.mark.usefixtures("folder")
async def test_where_none_is_installed_it_says_how_to_install_them() -> None:
    with pytest.raises(NotThere) as told:
        await measure(short=True)
    for adapter in (COPILOT, AI_LSP, LSP_AI):
        assert f"`{adapter.install}`" in str(told.value)


async def test_one_that_is_installed_is_measured_and_the_others_are_named(folder: Path) -> None:
    installed(folder, "copilot-language-server", STAND_IN)
    result = await measure(short=True)
    measured, missing = result.tables
    rows = dict(measured.rows)
    initialized, listed, memory, *clicks = rows[COPILOT.name]
    assert initialized
    assert memory
    assert listed is None
    assert clicks == [None, None, None]
    assert {name for name, _ in missing.rows} == {
        f"{each.name}: {each.install}" for each in (AI_LSP, LSP_AI)
    }
    assert result.figures["peers"] == 1
    assert result.figures["landed"] == 1
    assert result.figures["warm_click_ms"] > 0


RESOLVER = Peer(
    name="resolver",
    command=(sys.executable, str(RESOLVING)),
    environment=lambda base_url: {"ENDPOINT": base_url},
    title="Rewrite",
    answer=json_answer(WANTED_CODE),
)


async def test_an_action_that_is_resolved_has_its_request_timed_and_its_edit_checked() -> None:
    found = await probe(RESOLVER)
    assert found.landed is True
    assert found.cold
    assert found.warm


async def test_an_edit_that_is_not_what_was_wanted_has_not_landed() -> None:
    found = await probe(attrs.evolve(RESOLVER, answer=json_answer("pass")))
    assert found.landed is False


def test_the_problem_is_one_function_of_the_text() -> None:
    lines = TEXT.splitlines()
    selected = lines[RANGE["start"]["line"] : RANGE["end"]["line"] + 1]
    assert selected[0].startswith("def half_")
    assert len(selected[-1]) == RANGE["end"]["character"]
    changed = [new for old, new in zip(lines, WANTED.splitlines(), strict=True) if old != new]
    assert len(changed) == 1
    assert "math.floor" in changed[0]
