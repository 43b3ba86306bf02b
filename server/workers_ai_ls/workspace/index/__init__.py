"""The symbol index of a workspace: what its files define, import and use.

`open_index` gives an `Index`, whose `build` keeps it in line with the disk, in a process of its own;
`update` tells it of open buffers and of files that changed. Paths in it count from the workspace's
root, with slashes, and lines from 0.
"""

from workers_ai_ls.workspace.index.building import Progress
from workers_ai_ls.workspace.index.currency import is_current
from workers_ai_ls.workspace.index.found import Defined, File, Importing, Used
from workers_ai_ls.workspace.index.ignoring import IGNORE_FILES, is_ignored
from workers_ai_ls.workspace.index.index import Index, open_index
from workers_ai_ls.workspace.index.opening import IndexUnavailable, index_path

__all__ = [
    "IGNORE_FILES",
    "Defined",
    "File",
    "Importing",
    "Index",
    "IndexUnavailable",
    "Progress",
    "Used",
    "index_path",
    "is_current",
    "is_ignored",
    "open_index",
]
