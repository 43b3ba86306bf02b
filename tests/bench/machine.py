"""The machine that a run was measured on, as far as it explains the figures."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import subprocess
import sys
from pathlib import Path

_PACKAGES = ("workers-ai-language-server", "pygls", "lsprotocol", "httpx", "tree-sitter")
_PROC = Path("/proc")


def machine(*, short: bool) -> dict[str, object]:
    """Describe this machine, in JSON; figures of different machines only compare as ratios."""
    return {
        "form": "short" if short else "full",
        "system": platform.platform(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "packages": {name: importlib.metadata.version(name) for name in _PACKAGES},
    }


def rss_mib(pid: int) -> float:
    """Give the memory that a process has in use, in MiB. Raises OSError where nobody can tell."""
    if _PROC.is_dir():
        pages = int((_PROC / str(pid) / "statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    return int(_ps("rss", pid)) / 2**10


def cpu_seconds(pid: int) -> float:
    """Give the processor time of another process so far, to 10 ms. Raises OSError as above."""
    if _PROC.is_dir():
        fields = (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    minutes, _, seconds = _ps("time", pid).rpartition(":")
    return 60 * int(minutes) + float(seconds)


def _ps(field: str, pid: int) -> str:
    """Ask macOS, which has no `/proc`."""
    if sys.platform == "win32":
        raise OSError("other processes are not measured on Windows")
    command = ["/bin/ps", "-o", f"{field}=", "-p", str(pid)]
    told = subprocess.run(command, capture_output=True, check=True, text=True, timeout=10)
    return told.stdout.strip()


def _processor() -> str:
    known = _PROC / "cpuinfo"
    lines = known.read_text().splitlines() if known.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
