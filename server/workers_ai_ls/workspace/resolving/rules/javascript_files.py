"""Files of JavaScript and TypeScript by the paths that imports write."""

import json
import posixpath
import re
from functools import lru_cache
from typing import Any, Final

from workers_ai_ls.workspace.resolving.rules.folders import joined
from workers_ai_ls.workspace.resolving.rules.places import Places

_ENDINGS: Final = (".ts", ".tsx", ".d.ts", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs")
_WRITTEN: Final = {
    ".js": (".ts", ".tsx", ".d.ts"),
    ".jsx": (".tsx", ".d.ts"),
    ".mjs": (".mts", ".d.mts"),
    ".cjs": (".cts", ".d.cts"),
}
"""What TypeScript calls a file before it is compiled, by how imports call it."""

_COMMENT: Final = re.compile(r'("(?:[^"\\\n]|\\.)*")|//[^\n]*|/\*.*?\*/|,(?=\s*[}\]])', re.DOTALL)


def file_at(places: Places, path: str) -> list[str]:
    """Give the file that a path without an ending, with another one, or of a folder, stands for."""
    if path.startswith("../"):
        return []
    stem, ending = posixpath.splitext(path)
    tried = [stem + other for other in _WRITTEN.get(ending, ())]
    tried += [path, *(path + other for other in _ENDINGS)]
    tried += [joined(path, f"index{other}") for other in _ENDINGS]
    return next(([one] for one in tried if places.has(one)), [])


@lru_cache(64)
def parsed(text: str) -> dict[str, Any]:
    """Read JSON with comments and commas too many; nothing where it can't be read."""
    try:
        whole = json.loads(_COMMENT.sub(lambda found: found[1] or "", text)) if text else {}
    except ValueError:
        return {}
    return whole if isinstance(whole, dict) else {}
