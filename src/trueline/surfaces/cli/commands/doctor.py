"""`trueline doctor`: what is set, where from, and what is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from .. import exit_status
from ..options import Given, Output, output, surroundings

if TYPE_CHECKING:
    from trueline.app.doctor import Diagnosis, TableState, Trouble

    from ..style import Style


DERIVED = ("view", "analysis")
"""Origins of tables that stand and fall with those that they read."""


@click.command(
    "doctor",
    epilog="Examples: `trueline doctor`; `trueline doctor -C ../billing --format json`. "
    "Exit status is 2 where something stops other commands, else 0.",
)
@output("text", "json")
@surroundings(at=False)
def command(given: Given, output: Output) -> int:
    """Say what is set, where from, and what is wrong with it.

    Settings with their origin, directories, versions, practices, how fresh and complete each table is,
    what could not be read, rows that cannot be true, and rules that fail.
    """
    import os
    from datetime import UTC, datetime

    from trueline.app.doctor import examine

    from ..answering import Answer, deliver

    found = examine(
        given.directory,
        environ=os.environ,
        now=datetime.now(UTC),
        report=given.report,
        config=given.config,
        use_file=not given.no_config,
    )
    deliver(Answer("doctor", text=_text(found, output.style), payload=_payload(found)), output)
    return exit_status.WRONG if found.stopped else exit_status.CLEAN


def _text(found: Diagnosis, style: Style) -> str:
    parts: list[tuple[str, Sequence[tuple[str, ...]]]] = [
        ("Versions", list(found.versions.items())),
        ("Settings", found.settings),
        ("Directories", found.directories),
        ("Practices", [_practice(row) for row in found.practices]),
        ("Tables", [_table(table) for table in found.tables if table.origin not in DERIVED]),
        ("Tables derived from these", _derived(found)),
    ]
    lines: list[str] = []
    for title, rows in parts:
        if rows:
            lines += [style.paint("strong", title), *_columns(rows), ""]
    lines += _problems(found, style)
    return "\n".join([*lines, style.paint("strong", _verdict(found))]) + "\n"


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    from ..escape import cells, visible

    shown = [[visible(value) for value in row] for row in rows]
    widths = [min(max(cells(row[i]) for row in shown), 60) for i in range(len(shown[0]))]
    return [
        "  " + "  ".join(text + " " * (width - cells(text)) for text, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    ]


def _practice(row: tuple[str, str, str, int, int, int]) -> tuple[str, ...]:
    from ..scan.wording import plural

    name, origin, path, kinds, checks, metrics = row
    counts = f"{plural(kinds, 'kind')}, {plural(checks, 'check')}, {plural(metrics, 'metric')}"
    return name, counts, origin, "" if origin == "built in" else path


def _table(table: TableState) -> tuple[str, ...]:
    when = f"collected {table.collected_at:%Y-%m-%d %H:%M}Z" if table.collected_at else ""
    return table.name, f"{table.rows:,}", table.origin, table.state, " ".join(filter(None, (when, table.reason)))


def _derived(found: Diagnosis) -> list[tuple[str, ...]]:
    """Return one line for all views and analyses that share a state and its reason."""
    counted = Counter((t.state, t.reason) for t in found.tables if t.origin in DERIVED)
    return [(f"{count:,}", state, reason) for (state, reason), count in counted.most_common()]


def _problems(found: Diagnosis, style: Style) -> list[str]:
    from ..escape import visible

    lines: list[str] = []
    for stops, title in ((True, "Stops other commands"), (False, "Worth mending")):
        problems = [t for t in found.troubles if t.stops == stops]
        if problems:
            lines.append(style.paint("high" if stops else "strong", title))
            lines += [f"  {visible(str(t.problem).removeprefix(': '))}" for t in problems]
            lines.append("")
    return lines


def _verdict(found: Diagnosis) -> str:
    from ..scan.wording import plural

    checks, metrics = plural(found.checks_run, "check"), plural(found.metrics_run, "metric")
    looked = f"{plural(len(found.tables), 'table')}, {checks} and {metrics} looked at"
    count = len(found.troubles)
    if not count:
        return f"Healthy: {looked}."
    problems = plural(count, "problem")
    stop = "stop" if found.stopped > 1 else "stops"
    return f"{problems}, {found.stopped or 'none'} of which {stop} other commands; {looked}."


def _payload(found: Diagnosis) -> dict[str, Any]:
    return {
        "ok": not found.stopped,
        "versions": found.versions,
        "settings": [_named(("setting", "value", "origin"), row) for row in found.settings],
        "directories": [_named(("directory", "path", "origin"), row) for row in found.directories],
        "practices": [
            _named(("practice", "origin", "path", "kinds", "checks", "metrics"), row) for row in found.practices
        ],
        "tables": [vars(table) for table in found.tables],
        "errors": [_problem(trouble) for trouble in found.troubles if trouble.stops],
        "problems": [_problem(trouble) for trouble in found.troubles if not trouble.stops],
        "checks_run": found.checks_run,
        "metrics_run": found.metrics_run,
    }


def _problem(trouble: Trouble) -> dict[str, Any]:
    problem = trouble.problem
    return {
        "area": trouble.area,
        "code": problem.code,
        "path": problem.path or None,
        "line": problem.line or None,
        "col": problem.col or None,
        "message": problem.message,
        "fix": problem.fix or None,
    }


def _named(names: tuple[str, ...], row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(names, row, strict=True))
