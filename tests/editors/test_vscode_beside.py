"""The extension beside VS Code's own TypeScript server, on the same code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.editors.replay import answer, scripted
from tests.editors.vscode import chromium, vscode
from tests.editors.vscode_server import code_server

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.editors

CODE = """\
export function greet(name: string): string {
  const greeting = name === "" ? "Grüße 🦄" : `Grüße, ${name} 🦄`;
  return greeting;
}
"""
SHORTER = '  return name === "" ? "Grüße 🦄" : `Grüße, ${name} 🦄`;\n'
EXPECTED = CODE.replace("const greeting =", "return").replace("  return greeting;\n", "")


def test_both_offer_what_they_can_do_and_ours_lands(project: Path, tmp_path: Path) -> None:
    (project / "greeting.ts").write_text(CODE)
    reply = answer("```typescript\n", SHORTER, "```")
    with (
        scripted(project.parent, reply) as endpoint,
        code_server(tmp_path / "vscode") as server,
        chromium() as browser,
    ):
        server.settings()
        server.answered_by(endpoint)
        with vscode(server, browser, project, "greeting.ts") as bench:
            bench.select(2, 2)
            listed = bench.menu("Extract to")
            assert {"AI: Refactor", "AI: Explain"} <= set(listed)
            bench.press("Escape")
            bench.choose("AI: Refactor")
            bench.saves("greeting.ts", EXPECTED)
