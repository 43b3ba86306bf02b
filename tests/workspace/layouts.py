"""Projects of a few files, and the place that is found for tests in them."""

from pathlib import Path

from workers_ai_ls.workspace import TestTarget, find_tests


def write(root: Path, texts: dict[str, str]) -> None:
    """Write files and the folders that they need."""
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)


def put(root: Path, *names: str) -> None:
    """Write empty files, and a folder where a name ends with a slash."""
    write(root, {name: "" for name in names if not name.endswith("/")})
    for name in names:
        if name.endswith("/"):
            (root / name).mkdir(parents=True, exist_ok=True)


def target(root: Path, name: str, language: str, symbol: str | None = None) -> TestTarget:
    """What is found for a source of the project."""
    return find_tests(root / name, language_id=language, symbol=symbol, root=root)


def place(root: Path, name: str, language: str = "python") -> tuple[str, bool]:
    """The test file for a source, and whether it is there."""
    found = target(root, name, language)
    return found.path.relative_to(root).as_posix(), found.exists
