"""Run a command and measure it: wall, CPU, and the peak memory of that process alone.

The kernel counts CPU of the whole family and memory of its largest member, which is usually git;
so memory is read by the measured process itself (`own_peak_megabytes`) and printed.
"""

from __future__ import annotations

import os
import re
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True)
class Measured:
    """One run."""

    wall_seconds: float
    cpu_seconds: float
    """User and system time of the command and of all that it started."""
    printed: str


class RunFailed(Exception):
    """A measured command did not end well, so its figure means nothing."""


def measured(command: Sequence[str], environment: Mapping[str, str], *, keep: bool = False) -> Measured:
    """Run a command to its end; keep what it prints only where asked to. Raises RunFailed."""
    started = time.perf_counter()
    out = subprocess.PIPE if keep else subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.DEVNULL)
    printed = process.stdout.read().decode() if process.stdout is not None else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if process.returncode != 0:
        raise RunFailed(f"{' '.join(command)} ended with {process.returncode}")
    return Measured(wall, usage.ru_utime + usage.ru_stime, printed)


def middle(runs: int, run: Callable[[], float]) -> float:
    """Return the median of several runs."""
    return median(run() for _ in range(runs))


def own_peak_megabytes() -> float:
    """Return the most memory that this process ever had, without its children; 0 where the kernel does not say."""
    status = Path("/proc/self/status")
    found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0
