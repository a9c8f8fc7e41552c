"""Print the table of budgets: `python -m benchmarks [--corpus REPOSITORY]`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from dataclasses import astuple
from itertools import chain
from pathlib import Path

from .budgets import Ground, Line, all_lines
from .enforcement import enforcement_lines
from .rivals import rival_lines
from .synthetic import synthetic_repository
from .tracing import tracing_lines

HEADS = ("what", "ours", "rival", "ratio", "bar", "kept")


def main() -> int:
    """Measure, print each line when it is known, and return 1 where a bar is missed."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Print the table of budgets.")
    parser.add_argument("--corpus", type=Path, help="repository whose history is collected; else a synthetic one")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / f"trueline-benchmarks-{os.getuid()}")
    parser.add_argument(
        "--rivals", type=Path, default=os.environ.get("RIVALS"), help="venv with PyDriller and Perceval"
    )
    given = parser.parse_args()
    work = given.work.resolve()
    work.mkdir(mode=0o700, parents=True, exist_ok=True)
    print("making the synthetic repositories, once", file=sys.stderr)
    large = synthetic_repository(work, commits=100_000, documents=10_000)
    history = given.corpus.resolve() if given.corpus else synthetic_repository(work, commits=10_000, documents=500)
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors; {history.name}", file=sys.stderr)
    print(_row(HEADS), _row(("---",) * len(HEADS)), sep="\n")
    missed = 0
    ground = Ground(work, history, large)
    labelled = Path(os.environ["LABELLED"]) if "LABELLED" in os.environ else None
    lines = (
        all_lines(ground),
        tracing_lines(ground, given.rivals),
        rival_lines(ground, given.rivals),
        enforcement_lines(labelled, given.rivals),
    )
    for line in chain.from_iterable(lines):
        print(_row(_cells(line)), flush=True)
        missed += not line.is_kept
    print(f"load {os.getloadavg()[0]:.1f} at the end", file=sys.stderr)
    return 1 if missed else 0


def _cells(line: Line) -> tuple[str, ...]:
    what, ours, bar, is_kept, rival, ratio = astuple(line)
    return what, ours, rival, ratio, bar, "yes" if is_kept else "NO"


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


if __name__ == "__main__":
    sys.exit(main())
