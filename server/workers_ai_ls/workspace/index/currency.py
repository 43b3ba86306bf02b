"""Whether an index says what the files on disk say: asked before a build is worth its process."""

import sqlite3
from contextlib import closing
from pathlib import Path

from workers_ai_ls.workspace.index.opening import index_path, open_database
from workers_ai_ls.workspace.index.storing import known_files
from workers_ai_ls.workspace.index.surveying import survey


def is_current(root: Path, cache: Path | None = None) -> bool:
    """Whether a build would find nothing to do; it looks at each file's date and size.

    Raises IndexUnavailable.
    """
    root = root.resolve()
    try:
        with closing(open_database(index_path(root, cache))) as connection:
            known = {name: one.stamp for name, one in known_files(connection).items()}
    except sqlite3.Error:
        return False
    return bool(known) and known == dict(survey(root))
