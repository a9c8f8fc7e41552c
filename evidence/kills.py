"""Kill Trueline at random times and see that nothing is lost: `python -m evidence.kills REPOSITORY`.

The first half of a history is collected, then all of it, then its lines are counted and every check
is recorded. Each of these four runs is killed, with all that it started, at a time drawn uniformly
from its length, and begun again on what was left, until one ends by itself; then the next lake begins.
After each kill every batch that readers are told of is read; a finished lake and all that is derived
from it equal those that nobody disturbed. At last two collections and a check run at once.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .handbook import Handbook, Rows, make_handbook
from .two_states import TwoStates, two_states

Command = tuple[str, ...]
COLLECT: Command = ("collect", "--no-lines")
COUNT_LINES: Command = ("collect", "--lines")
CHECK: Command = ("check", "--record", "--exit-zero")
LOOK: Command = ("check", "--exit-zero")
NOTHING_EXAMINED = 3
"""How a check ends that comes before there is any evidence."""
DRAWN_FROM = 1.2
"""Of a run's length: the end is hit too, and one run in six ends by itself."""
CONTESTS = 6


@dataclass(frozen=True)
class Run:
    """One command on one state of the repository."""

    repository: Path
    command: Command
    seconds: float
    """How long it takes undisturbed."""


@dataclass
class Tally:
    """What came of it."""

    kills: Counter[str] = field(default_factory=Counter)
    """By command."""
    while_writing: int = 0
    """Kills of one that was writing into the lake."""
    published: int = 0
    """Kills of one whose rows were visible already."""
    lakes: int = 0
    """Lakes that were compared."""
    left_behind: int = 0
    """Bytes beside all these lakes that nobody swept."""
    wrong: list[str] = field(default_factory=list)

    def compare(self, handbook: Handbook, expected: Rows) -> None:
        """Compare a finished lake with the undisturbed one."""
        self.lakes += 1
        self.left_behind += handbook.left_behind()
        found = handbook.rows()
        differing = sorted(table for table in found.keys() | expected.keys() if found.get(table) != expected.get(table))
        self.wrong += [f"{handbook.folder.name}: {t} {found.get(t)}, not {expected.get(t)}" for t in differing]
        errors = (handbook.folder / "errors").read_text(encoding="utf-8")
        self.wrong += [f"{handbook.folder.name} said: {line}" for line in errors.splitlines()]


def main() -> int:
    """Kill, compare, print what came of it; return 1 where anything differs."""
    parser = argparse.ArgumentParser(prog="evidence.kills", description="Kill Trueline at random times.")
    parser.add_argument("repository", type=Path)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kills-") as folder:
        tally = disturb(given.repository.resolve(), Path(folder), given.runs, random.Random(given.seed))
    by_command = ", ".join(f"{count} of {command}" for command, count in sorted(tally.kills.items()))
    print(f"{tally.kills.total()} kills: {by_command}; {tally.while_writing} while it wrote into the lake,")
    print(f"{tally.published} after its rows were visible; {tally.lakes} lakes compared,", end=" ")
    print(f"beside them {tally.left_behind / 1e6:.0f} MB of what was killed")
    print(*tally.wrong, f"{len(tally.wrong)} differences", sep="\n")
    return 1 if tally.wrong else 0


def disturb(repository: Path, folder: Path, kills: int, draw: random.Random) -> Tally:
    """Kill so often, then let commands compete; a folder of its own holds everything."""
    states, keys, tally = two_states(repository, folder), folder / "keys", Tally()
    calm = make_handbook(folder / "calm", keys)
    runs = _undisturbed(calm, states)
    expected = calm.rows()
    print(f"{sum(count for count, _ in expected.values()):,} rows in {len(expected)} tables")
    print(
        "undisturbed:", ", ".join(f"{run.command[0]} {run.command[1]} {run.seconds:.1f} s" for run in runs), flush=True
    )
    while tally.kills.total() < kills:
        handbook = make_handbook(folder / f"lake-{tally.lakes + 1}", keys)
        for run in runs:
            handbook.show(run.repository)
            while not _ends(handbook, run, draw, tally, kills):
                tally.wrong += handbook.broken()
        _finish(handbook, expected, tally)
    for number in range(CONTESTS):
        handbook = make_handbook(folder / f"contest-{number + 1}", keys)
        # What merges changed is kept for a year before the head of each collection, so the way there counts.
        handbook.show(states.earlier)
        _wait(handbook.start(*COLLECT), COLLECT)
        handbook.show(states.whole)
        _compete(handbook, runs[2].seconds if number % 2 else None, draw, tally)
        for command in (COUNT_LINES, CHECK):
            _wait(handbook.start(*command), command)
        _finish(handbook, expected, tally)
    return tally


def _undisturbed(calm: Handbook, states: TwoStates) -> list[Run]:
    """Let each command end by itself; return them with the time they took."""
    runs = []
    for repository, command in (
        (states.earlier, COLLECT),
        (states.whole, COLLECT),
        (states.whole, COUNT_LINES),
        (states.whole, CHECK),
    ):
        calm.show(repository)
        started = time.perf_counter()
        _wait(calm.start(*command), command)
        runs.append(Run(repository, command, time.perf_counter() - started))
    return runs


def _ends(handbook: Handbook, run: Run, draw: random.Random, tally: Tally, kills: int) -> bool:
    """Start a command and kill it at a random time; say whether it ended before."""
    before = handbook.newest
    process = handbook.start(*run.command)
    if tally.kills.total() >= kills or not _killed(process, draw.uniform(0, DRAWN_FROM * run.seconds)):
        _wait(process, run.command)
        return True
    tally.kills[" ".join(run.command[:2])] += 1
    tally.while_writing += handbook.is_being_written
    tally.published += handbook.newest > before
    return False


def _compete(handbook: Handbook, seconds: float | None, draw: random.Random, tally: Tally) -> None:
    """Run two collections and a check at once, one of them killed within so many seconds."""
    # What a check records depends on when it looks, so here it only looks.
    commands: Sequence[Command] = (COUNT_LINES, COUNT_LINES, LOOK)
    processes = [handbook.start(*command) for command in commands]
    victim = draw.randrange(len(commands)) if seconds else None
    if victim is not None and seconds is not None and _killed(processes[victim], draw.uniform(0, seconds)):
        tally.kills["one of three at once"] += 1
        processes.pop(victim)
    for process in processes:
        _wait(process, commands[0])
    tally.wrong += handbook.broken()


def _killed(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Kill a process and all that it started after some time; say whether it was still there."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.wait() == -signal.SIGKILL
    return False


def _wait(process: subprocess.Popen[bytes], command: Command) -> None:
    if process.wait() not in (0, NOTHING_EXAMINED):
        raise RuntimeError(f"trueline {' '.join(command)} ended with {process.returncode}")


def _finish(handbook: Handbook, expected: Rows, tally: Tally) -> None:
    tally.compare(handbook, expected)
    print(f"{handbook.folder.name}: {tally.kills.total()} kills, {len(tally.wrong)} differences", flush=True)
    shutil.rmtree(handbook.folder)


if __name__ == "__main__":
    sys.exit(main())
