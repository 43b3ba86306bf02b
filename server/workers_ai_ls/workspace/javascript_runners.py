"""Which program runs the tests of a JavaScript or TypeScript project, and by which command."""

import json
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from workers_ai_ls.workspace.layout import Framework, command, glance
from workers_ai_ls.workspace.walking import names_in

_RUNNERS: tuple[Framework, ...] = ("vitest", "jest", "mocha")
_IMPORTED: tuple[tuple[re.Pattern[str], Framework], ...] = (
    (re.compile(r"""['"]vitest['"]"""), "vitest"),
    (re.compile(r"""['"]@jest/globals['"]|\bjest\.(?:fn|mock|spyOn)\("""), "jest"),
    (re.compile(r"""['"](?:node:test|test)['"]"""), "node"),
    (re.compile(r"""['"]bun:test['"]"""), "bun"),
    (re.compile(r"""['"]mocha['"]"""), "mocha"),
)
_NODE = re.compile(r"\bnode\b[^&|;]*\s--test\b")
_LOADERS = re.compile(
    r"\bnode\b((?:\s+(?:--import|--loader|--require|-r)[ =]\S+|\s+--experimental-[\w-]+)+)"
)
_TYPED = (".ts", ".tsx", ".mts", ".cts")


def package_in(base: Path | None) -> dict[str, object]:
    """Read a package.json; empty where there is none that can be read."""
    if base is None:
        return {}
    with suppress(ValueError):
        package = json.loads(glance(base / "package.json"))
        if isinstance(package, dict):
            return package
    return {}


def runner_of(target: Path, base: Path | None, near: Iterable[Path]) -> Framework:
    """Find the runner: what the test file says, then what is configured, then what the others say."""
    if own := _imported(glance(target)):
        return own
    if base is not None:
        package, names = package_in(base), names_in(base)
        for runner in _RUNNERS:
            configured = any(
                name.startswith((f"{runner}.config.", f".{runner}rc")) for name in names
            )
            if configured or _uses(package, runner):
                return runner
        if _NODE.search(_scripts(package)):
            return "node"
        if re.search(r"\bbun test\b", _scripts(package)):
            return "bun"
    return next((each for file in near if (each := _imported(glance(file)))), "other")


def run_command(framework: Framework, target: Path, base: Path | None) -> str | None:
    """Give the command that runs one test file, from the project's folder."""
    match framework:
        case "vitest":
            return command("npx vitest run", target, base)
        case "jest" | "mocha":
            return command(f"npx {framework}", target, base)
        case "node":
            found = _LOADERS.search(_scripts(package_in(base)))
            loaders = found[1] if found and "--test" not in found[1] else ""
            return command(f"node{loaders} --test", target, base)
        case "bun":
            # Without "./" it would be a pattern.
            return command("bun test", target, base).replace("bun test ", "bun test ./", 1)
        case _:
            return None


def import_extension(
    path: Path, framework: Framework, base: Path | None, tests: Iterable[str]
) -> str:
    """Give what an import writes behind the module's name: `.js`, `.ts` or nothing, as tests do it.

    `tests` are the texts of test files, the most telling first.
    """
    for text in tests:
        if found := re.search(
            r"""(?:from|import|require\()\s*['"]\.{1,2}/[^'"\n]*?(\.[cm]?[jt]sx?)?['"]""", text
        ):
            return (path.suffix if found[1] in _TYPED else found[1]) if found[1] else ""
    if path.suffix in _TYPED:
        return path.suffix if framework == "node" else ""
    modules = path.suffix == ".mjs" or (
        path.suffix == ".js" and package_in(base).get("type") == "module"
    )
    return path.suffix if modules else ""


def _imported(text: str) -> Framework | None:
    return next((runner for pattern, runner in _IMPORTED if pattern.search(text)), None)


def _scripts(package: dict[str, object]) -> str:
    scripts = package.get("scripts")
    return "\n".join(map(str, scripts.values())) if isinstance(scripts, dict) else ""


def _uses(package: dict[str, object], runner: str) -> bool:
    for key in ("devDependencies", "dependencies", "scripts"):
        table = package.get(key)
        if isinstance(table, dict):
            words = table if key != "scripts" else " ".join(map(str, table.values())).split()
            if runner in words:
                return True
    return runner in package
