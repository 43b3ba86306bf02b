"""The projects that context recall is measured on, each with its gold."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import platformdirs

from tests.bench.benchmark import NotThere

if TYPE_CHECKING:
    from collections.abc import Callable

_FOLDER = Path(__file__).parent
_JEDI_MAKER = Path(__file__).parents[4] / "shared" / "bench" / "context_gold.py"
_TYPESCRIPT = "typescript@5.9.3"
_JEDI = "jedi==0.19.2"
_TIMEOUT_S = 600.0


class Gold(NamedTuple):
    """A definition that a function uses."""

    file: str
    """From the project's root, with slashes."""
    line: int
    """Where its name stands, from 1."""
    name: str
    type: str
    uses: int


class Row(NamedTuple):
    """A function of at least five lines; they count from 1 and both belong to it."""

    file: str
    qual: str
    start: int
    end: int
    gold: list[Gold]


class Corpus(NamedTuple):
    """A project of a language, and the gold of all its functions."""

    name: str
    language: str
    """`python`, `typescript` or `go`."""
    root: Path
    gold: list[Row]


def corpora(cache: Path | None = None) -> list[Corpus]:
    """Give all projects, from the cache or, once, from their registries.

    Raises NotThere with a sentence that names what this machine lacks.
    """
    kept = cache or platformdirs.user_cache_path("workers-ai-language-server", appauthor=False)
    folder = kept / "context"
    return [
        _python(folder, "httpx", "0.28.1"),
        _python(folder, "werkzeug", "3.1.9"),
        _typescript(folder, "@tanstack/query-core", "5.108.0"),
        _typescript(folder, "rxjs", "7.8.2"),
        _go(folder, "github.com/spf13/cobra", "v1.10.2"),
        _go(folder, "github.com/go-chi/chi/v5", "v5.5.0"),
    ]


def typescript_gold(root: Path, modules: Path) -> str:
    """Make the gold of TypeScript sources as JSON; `modules` holds the compiler."""
    maker = _FOLDER / "typescript.mjs"
    return _run(_tool("node"), maker, root, cwd=modules, NODE_PATH=str(modules))


def go_gold(root: Path) -> str:
    """Make the gold of a module of Go as JSON."""
    return _run(_tool("go"), "run", ".", root, cwd=_FOLDER / "golang", CGO_ENABLED="0")


def compiler(folder: Path) -> Path:
    """Give the folder of modules with TypeScript's compiler, installed below `folder` if need be."""
    made = _once(folder / _TYPESCRIPT.replace("@", "-"), _install_typescript)
    return made / "node_modules"


def _install_typescript(target: Path) -> None:
    _run(_tool("npm"), "install", "--no-audit", "--no-fund", "--prefix", target, _TYPESCRIPT)


def _python(folder: Path, name: str, version: str) -> Corpus:
    if not _JEDI_MAKER.is_file():
        raise NotThere("The gold for Python needs ../shared/bench/context_gold.py.")
    root = _once(
        folder / f"{name}-{version}", lambda target: _install(target, f"{name}=={version}")
    )
    jedi = _once(folder / _JEDI, lambda target: _install(target, _JEDI, "parso"))

    def make() -> str:
        with tempfile.TemporaryDirectory() as scratch:
            out = Path(scratch) / "gold.json"
            _run(sys.executable, _JEDI_MAKER, root, name, out, PYTHONPATH=str(jedi))
            return out.read_text("utf-8")

    return Corpus(name, "python", root, _rows(root, _JEDI_MAKER, make))


def _install(target: Path, *packages: str) -> None:
    """Install without what they need, so that a project is alone in its folder."""
    pip = (sys.executable, "-m", "uv", "pip")
    _run(*pip, "install", "--no-deps", "--target", target, *packages)


def _typescript(folder: Path, name: str, version: str) -> Corpus:
    """Take the `src` that a package ships with."""
    short = name.rpartition("/")[2]
    whole = _once(folder / f"{short}-{version}", lambda target: _unpack(target, name, version))
    root = whole / "package" / "src"
    modules = compiler(folder)
    maker = _FOLDER / "typescript.mjs"
    return Corpus(
        short, "typescript", root, _rows(root, maker, lambda: typescript_gold(root, modules))
    )


def _unpack(target: Path, name: str, version: str) -> None:
    _run(_tool("npm"), "pack", "--silent", f"{name}@{version}", cwd=target)
    for archive in target.glob("*.tgz"):
        with tarfile.open(archive) as opened:
            opened.extractall(target, filter="data")
        archive.unlink()


def _go(folder: Path, module: str, version: str) -> Corpus:
    short = next(part for part in reversed(module.split("/")) if not part.startswith("v"))
    root = _once(folder / f"{short}-{version}", lambda target: _download(target, module, version))
    maker = _FOLDER / "golang" / "gold.go"
    return Corpus(short, "go", root, _rows(root, maker, lambda: go_gold(root)))


def _download(target: Path, module: str, version: str) -> None:
    """Copy a module to where its own dependencies can be downloaded for it."""
    told = _run(_tool("go"), "mod", "download", "-json", f"{module}@{version}", cwd=target)
    copied = Path(json.loads(told)["Dir"])
    shutil.copytree(copied, target, dirs_exist_ok=True, copy_function=shutil.copyfile)
    for path in (target, *target.rglob("*")):
        # The module cache is for reading only.
        path.chmod(0o755 if path.is_dir() else 0o644)
    _run(_tool("go"), "mod", "download", cwd=target)


def _rows(root: Path, maker: Path, make: Callable[[], str]) -> list[Row]:
    """Read the gold, after making it if it is not there or the maker has changed."""
    digest = hashlib.sha256(maker.read_bytes()).hexdigest()[:12]
    kept = root.with_name(f"{root.name}.{digest}.json")
    if not kept.exists():
        part = kept.with_suffix(".part")
        part.write_text(make(), "utf-8")
        part.replace(kept)
    return rows_of(kept.read_text("utf-8"))


def rows_of(text: str) -> list[Row]:
    """Read gold that a maker has written."""
    return [
        Row(**{**row, "gold": [Gold(**each) for each in row["gold"]]}) for row in json.loads(text)
    ]


def _once(target: Path, make: Callable[[Path], None]) -> Path:
    """Give a folder, made aside and whole if it is not there yet."""
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
            made = Path(scratch) / "made"
            made.mkdir()
            make(made)
            made.replace(target)
    return target


def _tool(name: str) -> str:
    # Go's own installer leaves it to its user to put this folder on the path.
    found = shutil.which(name) or shutil.which(name, path="/usr/local/go/bin")
    if not found:
        raise NotThere(f"{name} is missing: install it to measure the context of its language.")
    return found


def _run(*command: str | Path, cwd: Path | None = None, **environment: str) -> str:
    try:
        return subprocess.run(
            [*map(str, command)],
            cwd=cwd,
            env=os.environ | environment,
            capture_output=True,
            check=True,
            text=True,
            timeout=_TIMEOUT_S,
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        told = getattr(error, "stderr", None) or str(error)
        raise NotThere(f"{Path(command[0]).name} failed: {str(told).strip()[-500:]}") from error
