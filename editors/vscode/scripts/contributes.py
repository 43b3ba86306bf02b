#!/usr/bin/env python3
"""Writes what `package.json` and `src/declared.json` say of settings, actions and commands.

    python editors/vscode/scripts/contributes.py [--check]

The server's own declarations (`SETTINGS`, `ACTIONS`, `FOLLOW_UPS`) are the source. `--check` writes
nothing and fails when the files are stale.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workers_ai_ls import __version__
from workers_ai_ls.actions import ACTIONS, FOLLOW_UPS, PROMPT
from workers_ai_ls.settings import DEFAULT_BASE_URL, SETTINGS
from workers_ai_ls.settings.reference import json_schema

if TYPE_CHECKING:
    from workers_ai_ls.settings import Setting

EXTENSION = Path(__file__).parents[1]
SECTION = "workersAI"

OWN_SETTINGS: dict[str, dict[str, Any]] = {
    "server.path": {
        "type": "array",
        "items": {"type": "string"},
        "default": [],
        "scope": "machine",
        "markdownDescription": "Command that starts the server, and its arguments, instead of the "
        'one that comes with this extension: `["/home/me/.local/bin/workers-ai-ls"]`.',
    },
    "server.interpreter": {
        "type": "string",
        "default": "",
        "scope": "machine",
        "markdownDescription": "Python that runs the server which comes with this extension. Empty: "
        "the one that the Python extension has selected, or else the first that fits on the `PATH`.",
    },
    "trace.server": {
        "type": "string",
        "enum": ["off", "messages", "compact", "verbose"],
        "default": "messages",
        "scope": "window",
        "markdownDescription": "How much of the talk with the server the output channel *Workers AI* "
        "shows while its log level is *Trace*.",
    },
}
"""Settings of the extension itself, which the server knows nothing of."""

ABOUT = {
    "showLastAnswer": "Show last answer",
    "applyLastAnswer": "Apply last answer",
}
"""Commands of the server about the newest answer."""

OWN_COMMANDS = {
    "chooseModel": "Choose model",
    "signIn": "Sign in",
    "signOut": "Sign out",
    "restart": "Restart server",
    "showLog": "Show log",
    "menu": "Menu",
}

TITLES = {"edit": "Edit with instruction…", "tryAgainWith": "Try again with instruction…"}
"""Commands that ask for an instruction."""

KEYS = {
    "explain": "e",
    "refactor": "r",
    "tests": "t",
    "edit": "i",
    "showLastAnswer": "a",
    "cancel": "c",
}
"""Pressed with Alt, after Ctrl+K (Cmd+K)."""


def main() -> int:
    """Write, or check; returns the exit code."""
    stale = [path for path, text in generated().items() if path.read_text("utf-8") != text]
    if "--check" not in sys.argv[1:]:
        for path in stale:
            path.write_text(generated()[path], "utf-8")
    elif stale:
        names = ", ".join(path.name for path in stale)
        sys.stderr.write(f"{names}: stale; run editors/vscode/scripts/contributes.py\n")
        return 1
    return 0


def generated() -> dict[Path, str]:
    """What each file should hold."""
    manifest = EXTENSION / "package.json"
    content = json.loads(manifest.read_text("utf-8"))
    content |= {
        "version": __version__,
        "capabilities": _capabilities(),
        "contributes": _contributes(),
    }
    return {manifest: _text(content), EXTENSION / "src" / "declared.json": _text(_declared())}


def _declared() -> dict[str, Any]:
    """What the extension's code has to know of the declarations."""
    return {
        "places": [name for name in _AT_PLACES if name not in TITLES],
        "instructed": [*TITLES],
        "answers": [*(each.name for each in FOLLOW_UPS), *ABOUT],
        "settings": [each.name for each in SETTINGS if each.over_lsp],
        "addingUp": [each.name for each in SETTINGS if each.adds_up],
        "cloudflare": DEFAULT_BASE_URL,
        "environment": {each.name: each.environment[0] for each in _passed()},
        "credentials": [name for each in SETTINGS if each.secret for name in each.environment],
    }


def _passed() -> list[Setting]:
    """Settings of the machine that are handed to the server as environment."""
    return [each for each in SETTINGS if each.environment and not each.over_lsp and not each.secret]


def _capabilities() -> dict[str, Any]:
    # A repository that nobody has trusted yet chooses no model and adds nothing to what is sent.
    restricted = [f"{SECTION}.{each.name}" for each in SETTINGS if each.over_lsp]
    return {
        "untrustedWorkspaces": {
            "supported": "limited",
            "description": "Settings of the workspace are used once you trust it.",
            "restrictedConfigurations": restricted,
        },
        "virtualWorkspaces": {
            "supported": False,
            "description": "The server reads files from the disk.",
        },
    }


def _contributes() -> dict[str, Any]:
    commands = _commands()
    return {
        "commands": [
            {"command": f"{SECTION}.{name}", "title": title, "category": "AI"}
            for name, title in commands.items()
        ],
        "submenus": [{"id": f"{SECTION}.editor", "label": "AI"}],
        "menus": _menus(),
        "keybindings": [
            {
                "command": f"{SECTION}.{name}",
                "key": f"ctrl+k alt+{key}",
                "mac": f"cmd+k alt+{key}",
                "when": f"{SECTION}.running" if name == "cancel" else "editorTextFocus",
            }
            for name, key in KEYS.items()
        ],
        "configuration": {"title": "Workers AI", "properties": _properties()},
        "walkthroughs": [_walkthrough()],
    }


_AT_PLACES = [*(each.name for each in ACTIONS), "tryAgainWith", PROMPT.name]
"""Commands that work where the cursor is."""


def _commands() -> dict[str, str]:
    """Every command's title by its name."""
    titles = {each.name: each.title for each in ACTIONS}
    titles |= {each.name: each.title for each in FOLLOW_UPS} | {PROMPT.name: PROMPT.title}
    short = {name: title.removeprefix("AI: ") for name, title in titles.items()}
    return short | TITLES | ABOUT | OWN_COMMANDS


def _menus() -> dict[str, Any]:
    here = "editorTextFocus && resourceScheme =~ /^(file|untitled|vscode-remote)$/"
    groups = (("1_actions", _AT_PLACES), ("2_answers", [*ABOUT]), ("3_running", ["cancel"]))
    return {
        "editor/context": [
            {"submenu": f"{SECTION}.editor", "group": "1_modification@9", "when": here}
        ],
        f"{SECTION}.editor": [
            {"command": f"{SECTION}.{name}", "group": f"{group}@{place}"}
            | ({"when": f"{SECTION}.running"} if name == "cancel" else {})
            for group, names in groups
            for place, name in enumerate(names, 1)
        ],
        "commandPalette": [{"command": f"{SECTION}.menu", "when": "false"}],
    }


def _properties() -> dict[str, Any]:
    """The settings that VS Code shows, in its own words for scope and description."""
    section = json_schema()["properties"][SECTION]
    return {f"{SECTION}.{name}": schema for name, schema in OWN_SETTINGS.items()} | {
        f"{SECTION}.{each.name}": _property(each, section)
        for each in SETTINGS
        if each.over_lsp or each in _passed()
    }


def _property(setting: Setting, section: dict[str, Any]) -> dict[str, Any]:
    schema = section
    for name in setting.name.split("."):
        schema = schema["properties"][name]
    description = schema.pop("description")
    return schema | {"scope": setting.scope, "markdownDescription": description}


def _walkthrough() -> dict[str, Any]:
    steps = (
        ("signIn", "Sign in", "[Sign in](command:workersAI.signIn)", "onCommand:workersAI.signIn"),
        ("explain", "Explain some code", "[Explain](command:workersAI.explain)", "onCommand:workersAI.explain"),
        ("model", "Choose a model", "[Choose model](command:workersAI.chooseModel)", "onCommand:workersAI.chooseModel"),
    )  # fmt: skip
    return {
        "id": "start",
        "title": "Workers AI code actions",
        "description": "From nothing to the first explanation.",
        "steps": [
            {
                "id": name,
                "title": title,
                "description": f"{_first_line(name)}\n{link}",
                "media": {"markdown": f"walkthrough/{name}.md"},
                "completionEvents": [event],
            }
            for name, title, link, event in steps
        ],
    }


def _first_line(name: str) -> str:
    text = (EXTENSION / "walkthrough" / f"{name}.md").read_text("utf-8")
    return text.splitlines()[0]


def _text(content: Any) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    raise SystemExit(main())
