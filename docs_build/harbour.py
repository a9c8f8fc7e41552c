"""Build the example company Harbour so that what Trueline says of it is the same on every day."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from .declared import ROOT

BUILD = ROOT / "examples" / "harbour" / "build.py"
AS_OF = "2026-10-31"
FETCHED_AT = datetime(2026, 10, 31, 6, 0, tzinfo=UTC)


def build_harbour(directory: Path) -> Path:
    """Build it in a directory that must not exist yet, and return that directory.

    Its repositories are given an origin and the day on which they last heard from it: else each
    would be its own origin, and as fresh as the moment of the scan.
    """
    subprocess.run([sys.executable, str(BUILD), str(directory)], check=True, capture_output=True)
    for repository in sorted(path.parent for path in directory.glob("*/.git")):
        origin = f"https://git.harbour.example/{repository.name}.git"
        subprocess.run(["git", "-C", str(repository), "remote", "add", "origin", origin], check=True)
        mark = repository / ".git" / "FETCH_HEAD"
        mark.write_text(f"{'0' * 40}\t\tbranch 'main' of {origin}\n", encoding="utf-8")
        os.utime(mark, (FETCHED_AT.timestamp(), FETCHED_AT.timestamp()))
    return directory
