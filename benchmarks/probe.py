"""What is measured from inside: `python -m benchmarks.probe collect|lines|checks REPOSITORY [BRANCH]`.

Prints one JSON object. Runs in a process of its own, so that memory and imports are its own.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from trueline.app.collecting import CollectedSource, collect_git
from trueline.app.lines import collect_lines
from trueline.app.workspace import Workspace, open_workspace

from .timer import own_peak_megabytes

CHECKS = 200


def collect(workspace: Workspace) -> dict[str, float]:
    """Collect git history and say how many rows came."""
    return {"commits": _new_rows(collect_git(workspace), "commits")}


def lines(workspace: Workspace) -> dict[str, float]:
    """Count the lines of what was collected before, and say how many pairs of contents that were."""
    return {"pairs": _new_rows(collect_lines(workspace), "blob_lines")}


def _new_rows(done: list[CollectedSource], table: str) -> int:
    errors = [collected.error for collected in done if collected.error is not None]
    if errors:
        raise errors[0]
    return sum(collected.rows.get(table, 0) for collected in done)


def checks(workspace: Workspace) -> dict[str, float]:
    """Run checks on the snapshot, the known ones over and over until there are 200, each as if it were new."""
    from trueline.app.definitions import load_definitions
    from trueline.app.snapshots import take_snapshot
    from trueline.rules.run import run_check
    from trueline.tables.statement import parse

    definitions = load_definitions(workspace.settings)
    taken = take_snapshot(workspace, definitions)
    bench = taken.bench({}, trusted=True)
    parse.cache_clear()
    started = time.perf_counter()
    for number, check in enumerate(islice(cycle(definitions.checks), CHECKS)):
        # Another text for each, so that nothing is remembered from the one before.
        run_check(replace(check, sql=f"{check.sql}\n-- {number}", examines=f"{check.examines}\n-- {number}"), bench)
    seconds = time.perf_counter() - started
    taken.close()
    return {"seconds": seconds, "different": len(definitions.checks)}


def main() -> None:
    """Do what the arguments say."""
    what, repository, *branch = sys.argv[1:]
    now = datetime.now(UTC)
    workspace = open_workspace(Path(repository), environ=os.environ, now=now, report=lambda _: None, own_lake=True)
    if branch:
        workspace = replace(workspace, targets=(replace(workspace.targets[0], branch=branch[0]),))
    answer = {"collect": collect, "lines": lines, "checks": checks}[what](workspace)
    print(json.dumps({**answer, "own_peak_megabytes": own_peak_megabytes()}))


if __name__ == "__main__":
    main()
