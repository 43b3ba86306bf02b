from .entry import Changes, Entry, Outcome, digest
from .journal import Journal, open_journal
from .opening import JournalUnavailable, journal_path
from .sums import Sum

__all__ = [
    "Changes",
    "Entry",
    "Journal",
    "JournalUnavailable",
    "Outcome",
    "Sum",
    "digest",
    "journal_path",
    "open_journal",
]
