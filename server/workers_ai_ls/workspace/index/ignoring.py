"""Which files of a workspace its owner keeps out: `.gitignore` and `.workers-ai-ignore`."""

from pathlib import Path
from typing import Final

import attrs
import pathspec

IGNORE_FILES: Final = (".gitignore", ".workers-ai-ignore")
"""Later ones win over earlier ones in the same folder, and folders over those around them."""

_LARGEST: Final = 1_000_000


@attrs.frozen(eq=False)
class Rules:
    """What the ignore files of a folder and of those around it say."""

    folder: str
    """With a slash at its end, or empty for the topmost."""
    spec: pathspec.GitIgnoreSpec | None
    outer: "Rules | None"

    def ignore(self, name: str) -> bool:
        """Tell whether a path is ignored; a folder's ends with a slash. Innermost rules win."""
        rules: Rules | None = self
        while rules is not None:
            if rules.spec is not None:
                verdict = rules.spec.check_file(name[len(rules.folder) :]).include
                if verdict is not None:
                    return verdict
            rules = rules.outer
        return False


def rules_of(folder: Path, name: str, outer: Rules | None) -> Rules | None:
    """Add what a folder's own ignore files say to the rules around it.

    `name` is that folder, with a slash at its end, as the paths begin that will be asked about.
    """
    lines = [line for file in IGNORE_FILES for line in _lines(folder / file)]
    if not lines:
        return outer
    return Rules(name, _spec(lines), outer)


def rules_around(root: Path) -> tuple[Rules | None, str]:
    """Give the rules that a repository has for a workspace inside of it, and where it stands there.

    Git's own list, `.git/info/exclude`, counts as the outermost.
    """
    top = next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)
    exclude = _lines(top / ".git" / "info" / "exclude")
    rules = Rules("", _spec(exclude), None) if exclude else None
    at, prefix = top, ""
    for part in root.relative_to(top).parts:
        rules = rules_of(at, prefix, rules)
        at, prefix = at / part, f"{prefix}{part}/"
    return rules, prefix


def is_ignored(root: Path, path: str) -> bool:
    """Tell whether a path below `root`, with slashes, is ignored.

    It reads the ignore files anew each time: it is for a few files, not for a whole workspace.
    """
    rules, prefix = rules_around(root)
    folder = root
    *folders, name = path.split("/")
    for each in folders:
        rules = rules_of(folder, prefix, rules)
        prefix, folder = f"{prefix}{each}/", folder / each
        if rules and rules.ignore(prefix):
            return True
    rules = rules_of(folder, prefix, rules)
    return rules is not None and rules.ignore(prefix + name)


def _lines(file: Path) -> list[str]:
    try:
        if not file.is_file() or file.stat().st_size > _LARGEST:
            return []
        return file.read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _spec(lines: list[str]) -> pathspec.GitIgnoreSpec:
    try:
        return pathspec.GitIgnoreSpec.from_lines(lines)
    except ValueError:
        # Git skips a pattern that it can't read, and so do we.
        return pathspec.GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)])


def _is_pattern(line: str) -> bool:
    try:
        pathspec.GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
