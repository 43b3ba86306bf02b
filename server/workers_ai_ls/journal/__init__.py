"""The journal: one SQLite table of answers, private to the user, shared by all their servers.

`open_journal` always gives a working `Journal`; what is wrong with the disk is a sentence, never a
failed job.
"""

from workers_ai_ls.journal.entry import Changes, Entry, Outcome, digest
from workers_ai_ls.journal.journal import Journal, open_journal
from workers_ai_ls.journal.opening import JournalUnavailable, journal_path
from workers_ai_ls.journal.sums import Sum

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
