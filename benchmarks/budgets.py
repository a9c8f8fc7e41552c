"""The budgets, one function each: measure, and say whether the bar is kept."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from .timer import Measured, measured, middle


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    what: str
    ours: str
    bar: str
    is_kept: bool
    rival: str = ""
    ratio: str = ""


@dataclass(frozen=True)
class Ground:
    """Where it is measured."""

    work: Path
    """A directory of our own: caches and what Python compiled."""
    history: Path
    """The repository whose history is collected and first scanned."""
    large: Path
    """100,000 commits and 10,000 documents."""

    @property
    def environment(self) -> dict[str, str]:
        """The environment of what is measured: as it is for users, compiled Python included."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TRUELINE", "GIT"))}
        return kept | {
            "PYTHONPYCACHEPREFIX": str(self.work / "compiled"),
            "PYTHONPATH": str(Path(__file__).parent.parent),
            "TRUELINE_CACHE_DIR": str(self.cache),
            "TRUELINE_CONFIG_DIR": str(self.work / "config"),
        }

    @property
    def cache(self) -> Path:
        return self.work / "cache"

    def trueline(self, *arguments: str) -> Measured:
        return measured([str(Path(sys.executable).with_name("trueline")), *arguments], self.environment)

    def probe(self, *arguments: str) -> tuple[Measured, dict[str, float]]:
        done = measured([sys.executable, "-m", "benchmarks.probe", *arguments], self.environment, keep=True)
        return done, json.loads(done.printed)

    def forget(self) -> None:
        """Begin anew: no lake, no snapshot, no parsed document."""
        shutil.rmtree(self.cache, ignore_errors=True)


def all_lines(ground: Ground) -> Iterator[Line]:
    """Measure everything, one line after the other."""
    yield _start_up(ground, "--version", 0.060)
    yield _start_up(ground, "--help", 0.080)
    yield from _collecting(ground)
    yield from _counting_lines(ground)
    yield _collecting_again(ground)
    yield from _memory(ground)
    yield _first_scan(ground)
    yield _first_scan_of_large(ground)
    yield _scan_again(ground)
    yield _checks(ground)


def _start_up(ground: Ground, option: str, bar: float) -> Line:
    ground.trueline(option)
    cpu = middle(15, lambda: ground.trueline(option).cpu_seconds)
    return Line(f"`{option}`, CPU", f"{cpu * 1000:.0f} ms", f"{bar * 1000:.0f} ms", cpu <= bar)


def _collecting(ground: Ground) -> Iterator[Line]:
    """Collect into an empty lake and let bare git log the same range, in turns."""
    log = ["git", "-C", str(ground.history), "log", "--raw", "-z", "-M", "HEAD", "--tags"]
    pairs = []
    commits = 0.0
    for _ in range(5):
        ground.forget()
        ours, told = ground.probe("collect", str(ground.history))
        pairs.append((ours, measured(log, os.environ)))
        commits = told["commits"]
    wall = median(ours.wall_seconds / rival.wall_seconds for ours, rival in pairs)
    cpu = median(ours.cpu_seconds / rival.cpu_seconds for ours, rival in pairs)
    yield Line(
        f"git tier 1, {commits:,.0f} commits, wall", _seconds(median(o.wall_seconds for o, _ in pairs)), "1.5 x git log",
        wall <= 1.5, _seconds(median(r.wall_seconds for _, r in pairs)), f"{wall:.2f}",
    )  # fmt: skip
    yield Line(
        "the same, CPU", _seconds(median(o.cpu_seconds for o, _ in pairs)), "none",
        True, _seconds(median(r.cpu_seconds for _, r in pairs)), f"{cpu:.2f}",
    )  # fmt: skip


def _counting_lines(ground: Ground) -> Iterator[Line]:
    """Count the lines of what is collected, and let bare git log the same range with them, in turns."""
    log = ["git", "-C", str(ground.history), "log", "--raw", "--numstat", "-z", "-M", "HEAD", "--tags"]
    pairs = []
    commits = 0.0
    for _ in range(3):
        ground.forget()
        commits = ground.probe("collect", str(ground.history))[1]["commits"]
        pairs.append((ground.probe("lines", str(ground.history))[0], measured(log, os.environ)))
    wall = median(ours.wall_seconds / rival.wall_seconds for ours, rival in pairs)
    cpu = median(ours.cpu_seconds / rival.cpu_seconds for ours, rival in pairs)
    bar = 0.7 if commits >= 50_000 else 0.9
    yield Line(
        f"git tier 2 alone, {commits:,.0f} commits, wall", _seconds(median(o.wall_seconds for o, _ in pairs)),
        f"{bar} x git log", wall <= bar, _seconds(median(r.wall_seconds for _, r in pairs)), f"{wall:.2f}",
    )  # fmt: skip
    yield Line(
        "the same, CPU", _seconds(median(o.cpu_seconds for o, _ in pairs)), "1.25 x git log",
        cpu <= 1.25, _seconds(median(r.cpu_seconds for _, r in pairs)), f"{cpu:.2f}",
    )  # fmt: skip


def _collecting_again(ground: Ground) -> Line:
    return _timed("collect again, nothing new, wall", 0.3, [
        ground.probe("collect", str(ground.history))[0] for _ in range(7)
    ])  # fmt: skip


def _memory(ground: Ground) -> Iterator[Line]:
    """Compare the peak of our own process, without git, at 10,000 and at 100,000 commits, in each tier."""
    peaks: dict[str, list[float]] = {"collect": [], "lines": []}
    for branch in ("tenth", "main"):
        ground.forget()
        for what, seen in peaks.items():
            seen.append(ground.probe(what, str(ground.large), branch)[1]["own_peak_megabytes"])
    for name, (tenth, whole) in zip(("tier 1", "line counts"), peaks.values(), strict=True):
        yield Line(
            f"own memory of {name}, 100,000 against 10,000 commits", f"{whole:.0f} MB", "1.15 x",
            whole / tenth <= 1.15, f"{tenth:.0f} MB", f"{whole / tenth:.2f}",
        )  # fmt: skip


def _first_scan(ground: Ground) -> Line:
    ground.forget()
    return _timed("first scan of the same repository, wall", 60, [ground.trueline("scan", str(ground.history))])


def _first_scan_of_large(ground: Ground) -> Line:
    ground.forget()
    what = "first scan, 100,000 commits, 10,000 documents"
    return _timed(what, None, [ground.trueline("scan", str(ground.large))])


def _scan_again(ground: Ground) -> Line:
    runs = [ground.trueline("scan", str(ground.large)) for _ in range(5)]
    return _timed("scan of them again, nothing new, wall", 3, runs)


def _checks(ground: Ground) -> Line:
    told = [ground.probe("checks", str(ground.large))[1] for _ in range(3)]
    seconds = median(one["seconds"] for one in told)
    what = f"200 checks ({told[0]['different']:.0f} different) on their snapshot, wall"
    return Line(what, _seconds(seconds), "2 s", seconds <= 2)


def _timed(what: str, bar: float | None, runs: list[Measured]) -> Line:
    wall, cpu = median(run.wall_seconds for run in runs), median(run.cpu_seconds for run in runs)
    ours = f"{_seconds(wall)} (CPU {_seconds(cpu)})"
    return Line(what, ours, "none" if bar is None else f"{bar:g} s", bar is None or wall <= bar)


def _seconds(value: float) -> str:
    return f"{value:.2f} s"
