r"""Changed files as a difference that `patch -p1` and `git apply` take.

>>> print(unified("a.py", "x = 1\ny = 2\n", "x = 1\ny = 3\n"), end="")
--- a/a.py
+++ b/a.py
@@ -1,2 +1,2 @@
 x = 1
-y = 2
+y = 3
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from workers_ai_ls.text.hunks import Hunk, hunks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from .buffers import Change

_CONTEXT = 3
"""Lines around a change, as every tool shows them."""

_NEEDS_QUOTES = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPES = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}


def differences(changed: Mapping[Path, Change], root: Path) -> str:
    """All changes, with paths relative to `root`."""
    return "".join(
        unified(path.relative_to(root).as_posix(), change.before, change.after)
        for path, change in changed.items()
    )


def root_of(changed: Mapping[Path, Change], here: Path) -> Path:
    """Where the difference applies: `here`, or the nearest folder that all the files are in.

    No tool follows a path that leads out of the folder that it stands in.
    """
    if all(path.is_relative_to(here) for path in changed):
        return here
    return Path(os.path.commonpath([here, *(path.parent for path in changed)]))


def unified(name: str, before: str | None, after: str) -> str:
    """One file's difference; `before` is None for a new file.

    Lines end at line feeds alone, as for the tools that read it: what else an editor takes for a
    line's end stays inside the line.
    """
    old, new = _lines(before or ""), _lines(after)
    groups = list(_grouped(hunks(old, new)))
    if not groups:
        return ""
    parts = [_header("---", "/dev/null" if before is None else f"a/{name}")]
    parts.append(_header("+++", f"b/{name}"))
    for group in groups:
        parts += _shown(group, old, new)
    return "".join(parts)


def _lines(text: str) -> list[str]:
    *ended, last = text.split("\n")
    lines = [f"{line}\n" for line in ended]
    return [*lines, last] if last else lines


def _header(mark: str, name: str) -> str:
    if _NEEDS_QUOTES.search(name):
        quoted = _NEEDS_QUOTES.sub(lambda m: _ESCAPES.get(m[0]) or f"\\{ord(m[0]):03o}", name)
        return f'{mark} "{quoted}"\n'
    # The tab tells where a name with blanks ends; a date would follow it.
    return f"{mark} {name}\t\n" if " " in name else f"{mark} {name}\n"


def _grouped(changes: Iterable[Hunk]) -> Iterator[list[Hunk]]:
    """Put changes together whose contexts meet."""
    group: list[Hunk] = []
    for change in changes:
        if group and change.old_start - group[-1].old_end > 2 * _CONTEXT:
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _shown(group: list[Hunk], old: list[str], new: list[str]) -> Iterator[str]:
    first, last = group[0], group[-1]
    above = min(_CONTEXT, first.old_start)
    below = min(_CONTEXT, len(old) - last.old_end)
    old_range = _range(first.old_start - above, last.old_end + below)
    new_range = _range(first.new_start - above, last.new_end + below)
    yield f"@@ -{old_range} +{new_range} @@\n"
    at = first.old_start - above
    for change in group:
        yield from _marked(" ", old[at : change.old_start])
        yield from _marked("-", old[change.old_start : change.old_end])
        yield from _marked("+", new[change.new_start : change.new_end])
        at = change.old_end
    yield from _marked(" ", old[at : last.old_end + below])


def _range(start: int, end: int) -> str:
    """Lines `start` to `end` as the format counts them: from 1, and an empty range from before."""
    length = end - start
    return f"{start + (length > 0)},{length}"


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in lines:
        ended = line.endswith("\n")
        yield f"{mark}{line}" if ended else f"{mark}{line}\n\\ No newline at end of file\n"
