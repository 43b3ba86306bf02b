"""How new tests are run: by the user's command, in folders that the user trusts, and in a trial."""

from __future__ import annotations

import asyncio
import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

import workers_ai_ls
from workers_ai_ls.actions import written
from workers_ai_ls.errors import Failure
from workers_ai_ls.settings import commands_by_framework
from workers_ai_ls.workspace import inside, path_of
from workers_ai_ls.workspace.trials import can_run, run_command, trial, trials_dir

from .preparing import root_of
from .verdict import Tried, Verdict, judged, unverified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workers_ai_ls.context import TestPlace
    from workers_ai_ls.settings import Verification
    from workers_ai_ls.text import Snapshot

_OTHER_NAMES = {"node": "node:test", "testify": "go", "junit4": "junit", "junit5": "junit"}
"""By framework: what a person may call it in the setting."""

_PRIVATE = ("CLOUDFLARE_", "WORKERS_AI_")
"""How variables begin that hold our credentials, or say where those go."""

_LONGEST = 100
_UNTRUSTED = "add their project's folder to workersAI.verification.folders to have them run"
_NO_GROUPS = "on this system a command cannot be ended with all that it has started"


class CommandUnclear(Failure):
    """The user's command cannot be split into words."""

    def __init__(self) -> None:
        super().__init__("workersAI.verification.command has an open quote; correct it.")


@attrs.frozen
class Plan:
    """How the tests in `file` are run: what the trial looks like, and the folder to run them in."""

    template: str
    origin: Path
    root: Path
    folder: Path
    file: Path


async def try_out(
    place: TestPlace, text: str, source: Snapshot, setting: Verification, roots: Sequence[Path]
) -> Verdict | None:
    """Run the tests of a test file that would read `text`; None where the user wants no such thing.

    `place` is the file before, `source` the code under test as the editor has it. Never raises a
    Failure: what cannot be run is not verified.
    """
    template = _template(place.framework, setting)
    if not template:
        return None
    try:
        plan = await asyncio.to_thread(_plan, template, place, setting, roots)
        return plan if isinstance(plan, Verdict) else await _run(plan, place, text, source, setting)
    except Failure as failure:
        return unverified(str(failure).removesuffix("."))


def words_of(template: str, plan: Plan, root: Path) -> list[str]:
    """The words of the command, where the trial's folder `root` stands for the workspace.

    What a name holds stays in its word, and its word never becomes an option or the name of a file
    with options. Raises CommandUnclear.
    """
    file = plan.file.relative_to(plan.folder)
    values = {
        "{file}": file.as_posix(),
        "{folder}": file.parent.as_posix(),
        "{root}": str(root),
        "{name}": file.stem,
    }
    try:
        split = shlex.split(template)
    except ValueError:
        raise CommandUnclear from None
    words = []
    for word in split:
        filled = re.sub(r"\{(?:file|folder|root|name)\}", lambda found: values[found[0]], word)
        plain = word[:1] != "{" or filled == word or re.match(r"[\w./]", filled)
        words.append(filled if plain else f"./{filled}")
    return words


def _template(framework: str, setting: Verification) -> str:
    commands = commands_by_framework(setting.command)
    names = (framework, _OTHER_NAMES.get(framework, ""), "")
    return next((commands[name] for name in names if name in commands), "")


def _plan(
    template: str, place: TestPlace, setting: Verification, roots: Sequence[Path]
) -> Plan | Verdict:
    """How it is to be run, where the folder is trusted with all links followed. It looks at the disk."""
    if not can_run():
        return unverified(_NO_GROUPS)
    file, trusted = Path(place.path), list(_trusted(setting))
    root = root_of(file, roots)
    if root is None or not (inside(root, trusted) and inside(file, trusted)):
        return unverified(_UNTRUSTED)
    # What is installed for several projects of a repository lies above each of them.
    above = [root, *root.parents]
    origin = next(
        (each for each in above if inside(each, trusted) and (each / ".git").exists()), root
    )
    folder = Path(place.folder) if place.folder else root
    folder = folder if folder.is_relative_to(root) and file.is_relative_to(folder) else root
    return Plan(template, origin, root, folder, file)


def _trusted(setting: Verification) -> Sequence[Path]:
    found = []
    for name in setting.folders:
        try:
            path = Path(name).expanduser()
        except RuntimeError:  # `~` of an unknown user
            continue
        found += [path] if path.is_absolute() else []
    return found


async def _run(
    plan: Plan, place: TestPlace, text: str, source: Snapshot, setting: Verification
) -> Verdict:
    names = written(place, text).names
    others = written(attrs.evolve(place, text=None), place.text or "").names
    texts = {plan.file: text}
    path = path_of(source.uri)
    if path is not None and path.is_relative_to(plan.origin):
        texts = {path: source.text, **texts}
    async with trial(plan.origin, texts, (plan.folder,), home=trials_dir()) as made:
        words = words_of(plan.template, plan, made.at(plan.root))
        command = made.plain(shlex.join(words))
        command = command if len(command) <= _LONGEST else f"{command[:_LONGEST]}…"
        folder = made.at(plan.folder)
        ran = await run_command(
            words, folder, environment=_environment(folder), limit_s=setting.seconds
        )
        ran = attrs.evolve(ran, output=made.plain(ran.output))
    file = plan.file.relative_to(plan.folder).as_posix()
    return judged(ran, Tried(command, names, others, file), setting.seconds)


def _environment(folder: Path) -> Mapping[str, str]:
    """The server's, without our credentials."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_PRIVATE)}
    # VS Code's bundle runs by it, and its modules are not the project's.
    own = str(Path(workers_ai_ls.__file__).parents[1])
    theirs = [each for each in kept.pop("PYTHONPATH", "").split(os.pathsep) if each != own]
    if any(theirs):
        kept["PYTHONPATH"] = os.pathsep.join(theirs)
    # Compiled files would lie beside the user's own code, with paths of the trial in them.
    return {**kept, "PWD": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
