"""An outside practice for Trueline: where its folder is, and nothing else."""

from __future__ import annotations

from pathlib import Path


def runbooks() -> Path:
    """Return the folder of the practice `runbooks`."""
    return Path(__file__).parent / "runbooks"
