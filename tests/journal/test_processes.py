"""Several servers of one user, and one that is killed."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from workers_ai_ls.journal import Entry, open_journal

WRITER = """
import sys
from pathlib import Path
from workers_ai_ls.journal import Entry, open_journal

print("ready", flush=True)
sys.stdin.readline()
journal = open_journal(Path(sys.argv[1]))
for i in range(100):
    number = journal.record(Entry(uri=sys.argv[2], action=str(i)))
    journal.append(number, "A" * 500)
    journal.append(number, "B" * 500)
    journal.update(number, outcome="shown")
    if i % 10 == 0:
        journal.prune(30, 50)
print(journal.on_disk, repr(journal.take_problem()), flush=True)
journal.close()
"""
KILLED = """
import os, signal, sys
from pathlib import Path
from workers_ai_ls.journal import Entry, open_journal

journal = open_journal(Path(sys.argv[1]))
number = journal.record(Entry(uri="file:///x.py"))
journal.append(number, "def half(")
journal.append(number, "x):")
os.kill(os.getpid(), signal.SIGKILL)
"""


def start(program: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_servers_that_start_and_write_at_once_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "state" / "journal.sqlite3"
    servers = [start(WRITER, str(file), f"server {i}") for i in range(3)]
    for server in servers:
        assert server.stdout
        assert server.stdout.readline() == "ready\n"
    for server in servers:
        assert server.stdin
        server.stdin.write("go\n")
        server.stdin.flush()
    for server in servers:
        output, _ = server.communicate(timeout=60)
        assert output == "True ''\n"
        assert server.returncode == 0
    with closing(open_journal(file)) as journal:
        entries = journal.entries(1000)
    assert len(entries) == len({entry.id for entry in entries}) == 300
    for i in range(3):
        own = [entry for entry in reversed(entries) if entry.uri == f"server {i}"]
        assert [entry.action for entry in own] == [str(n) for n in range(100)]
        assert {entry.answer for entry in own} == {"A" * 500 + "B" * 500}
        assert {entry.outcome for entry in own} == {"shown"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_the_beginning_of_an_answer_outlives_a_killed_server(tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite3"
    with start(KILLED, str(file)) as server:
        server.communicate(timeout=60)
    assert server.returncode == -signal.SIGKILL
    with closing(open_journal(file)) as journal:
        found = journal.last("file:///x.py")
        assert found is not None
        assert (found.answer, found.outcome) == ("def half(x):", "interrupted")
        assert journal.take_problem() == ""
        assert journal.record(Entry()) > found.id
