from contextlib import closing
from pathlib import Path

from workers_ai_ls.journal import Entry, open_journal


def filled_file(file: Path) -> None:
    """A closed journal of some 200 pages."""
    with closing(open_journal(file)) as journal:
        for _ in range(100):
            journal.record(Entry(answer="x" * 8000))
