"""Changes the user's own settings file, and leaves all in it as it is that was not asked for."""

import contextlib
import os
import tempfile
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

from workers_ai_ls.errors import Failure
from workers_ai_ls.settings.options import read_file
from workers_ai_ls.settings.payload import SECTION


class CannotKeep(Failure):
    """The user's file cannot be changed."""


def change_user_file(path: Path, values: Mapping[str, str | None]) -> bool:
    """Set settings by their dotted names, or remove them where the value is `None`.

    Comments and order stay. The file is replaced in one step, and afterwards only its owner can
    read it. Returns whether it now says anything else. Raises `CannotKeep`.
    """
    found = read_file(path)
    if found.problem:
        raise CannotKeep(found.problem)
    try:
        # A link, as people have who keep their settings in a repository, is to stay one.
        path = path.resolve()
        before = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
        after = _changed(before, values, path)
        if after != before or path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _replace(path, after.encode())
    except OSError as error:
        raise CannotKeep(
            f"{path} cannot be written ({error.strerror}): permit it, or set the variables of the "
            "environment instead."
        ) from None
    return after != before


def _changed(text: str, values: Mapping[str, str | None], path: Path) -> str:
    import tomlkit

    document = tomlkit.parse(text)
    for name in values:
        _remove(document, name)
    kept = {name: value for name, value in values.items() if value is not None}
    if kept and SECTION not in document:
        document[SECTION] = tomlkit.table()
    section: Any = document.get(SECTION, {})
    if not isinstance(section, MutableMapping):
        raise CannotKeep(f"{SECTION} in {path} is no group of settings: correct it.")
    for name, value in kept.items():
        *groups, last = name.split(".")
        target = section
        for group in groups:
            target = target.setdefault(group, {})
        target[last] = value
    return tomlkit.dumps(document)


def _remove(document: MutableMapping[str, Any], name: str) -> None:
    """Take a setting out in each of the spellings in which files may hold it."""
    document.pop(f"{SECTION}.{name}", None)
    for holder in (document, document.get(SECTION)):
        if not isinstance(holder, MutableMapping):
            continue
        holder.pop(name, None)
        group, _, last = name.rpartition(".")
        if group and isinstance(holder.get(group), MutableMapping):
            holder[group].pop(last, None)


def _replace(path: Path, content: bytes) -> None:
    # Made with the mode 0600, and named as nobody can foresee.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with open(handle, "wb") as file:  # noqa: PTH123 - it is open already
            file.write(content)
            file.flush()
            os.fsync(handle)
        Path(name).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
