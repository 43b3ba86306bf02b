"""The text room: documents as editors see them, with no protocol, no network and no files.

Everything inside the server counts in offsets: indices of code points into a snapshot's text.
Positions (line and character, in the client's encoding) exist only at the rim, where `Snapshot`
and `Document` translate them. A `Document` follows a client's changes and hands out immutable
snapshots; a `TrackedRange` keeps its place in a document while somebody types; `minimal_edits`
says how to turn one text into another while touching as little as possible.
"""

from workers_ai_ls.text.diff import Edit, apply_edits, minimal_edits
from workers_ai_ls.text.document import Change, Document
from workers_ai_ls.text.encodings import Encoding, Position
from workers_ai_ls.text.lines import line_ending, split_lines
from workers_ai_ls.text.snapshot import Snapshot, snapshot_of
from workers_ai_ls.text.tracked import TrackedRange

__all__ = [
    "Change",
    "Document",
    "Edit",
    "Encoding",
    "Position",
    "Snapshot",
    "TrackedRange",
    "apply_edits",
    "line_ending",
    "minimal_edits",
    "snapshot_of",
    "split_lines",
]
