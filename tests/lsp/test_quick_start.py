"""What the server imports before an editor has its first list of actions: nothing but what that needs."""

from __future__ import annotations

import json
import subprocess
import sys

_START = """
import json, sys
from workers_ai_ls.lsp.quick_start import import_protocol
import_protocol()
from workers_ai_ls.lsp.server import create_server
from workers_ai_ls.actions import ACTIONS
from workers_ai_ls.context import Selection
from workers_ai_ls.syntax import language_for
from workers_ai_ls.text import snapshot_of
create_server()
uri = "file:///half.txt"
snapshot = snapshot_of(uri, "plaintext", 1, "half of it")
selection = Selection(snapshot, 0, 4, language_for("plaintext", uri))
assert [each.applies(selection) for each in ACTIONS] == [True, True, True, False]
print(json.dumps(sorted(sys.modules)))
"""

_ROOMS = ("errors", "lsp", "settings", "syntax", "text")
"""Rooms of which a list of actions needs more or less all."""

_MODULES = {
    "actions": ["action", "edit", "explain", "follow_ups", "refactor", "table", "write_tests"],
    "context": ["knowledge", "material"],
    "jobs": ["board", "editor", "job", "services", "successors"],
    "workspace": ["answers", "failures", "uris"],
}
"""What is needed of the others."""

_LATER = {"httpx", "sqlite3", "tree_sitter", "pathspec", "keyring", "typer", "rich"}


def test_only_what_the_first_list_needs_is_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", _START], capture_output=True, encoding="utf-8", check=True
    )
    loaded = json.loads(done.stdout)
    rooms: dict[str, list[str]] = {}
    for name in loaded:
        parts = name.split(".")
        if parts[0] == "workers_ai_ls" and len(parts) > 2 and parts[1] not in _ROOMS:
            rooms.setdefault(parts[1], []).append(parts[2])
    assert rooms == _MODULES
    assert not _LATER & set(loaded)


def test_types_of_the_protocol_have_what_the_server_uses() -> None:
    code = (
        "from workers_ai_ls.lsp.quick_start import import_protocol\n"
        "import_protocol()\n"
        "import attrs\n"
        "from lsprotocol import types\n"
        "place = types.Position(1, 2)\n"
        "assert attrs.asdict(place) == {'line': 1, 'character': 2}\n"
        "@attrs.frozen\n"
        "class Own:\n"
        "    x: int\n"
        "assert Own(1) == Own(1)\n"
    )
    subprocess.run([sys.executable, "-P", "-c", code], check=True)
