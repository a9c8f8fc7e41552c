"""`trueline trace`: which requirements are carried and verified, and why the others are not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import exit_status
from ..options import Given, Output, output, surroundings

if TYPE_CHECKING:
    from trueline.app.traced import Cause, Traced

    from ..style import Style

MOST = 50
"""Causes shown as text; the other forms have all."""


@click.command(
    "trace",
    epilog="Examples: `trueline trace`; `trueline trace doc/spec src --format json`; `trueline trace --as oft doc src`. "
    "Exit status is 1 where an item does not hold, 3 where there is none.",
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--as", "native", type=click.Choice(("oft", "doorstop")), help="Give the verdicts of that tool itself.")
@click.option("--exit-zero", is_flag=True, help="End with 0 although items do not hold.")
@output()
@surroundings()
def command(paths: tuple[Path, ...], native: str | None, exit_zero: bool, given: Given, output: Output) -> int:
    """Say how each requirement stands, and name each cause once.

    PATH is a repository, or files and folders of one; nothing is written into it.
    """
    import os
    from datetime import UTC, datetime

    from trueline.app.tracing import trace

    from ..answering import Answer, deliver

    traced = trace(
        given.directory,
        paths,
        environ=os.environ,
        now=datetime.now(UTC),
        report=given.report,
        native=native,
        as_of_at=given.as_of,
        config=given.config,
        use_file=not given.no_config,
    )
    for problem in traced.problems:
        given.report(str(problem))
    deliver(
        Answer(
            "trace",
            ("cause", "subject", "message", "path", "line", "col", "places", "owner", "affected", "affected_ids"),
            [tuple(vars(cause).values()) for cause in traced.causes],
            verdict(traced),
            traced.moment,
            _payload(traced, native),
            rows_key="causes",
            text="".join(line + "\n" for line in traced.native) if native else _text(traced, output.style),
        ),
        output,
    )
    if not traced.items:
        return exit_status.NOTHING_EXAMINED
    failed = traced.native_failed if native else traced.defects > 0
    return exit_status.BLOCKED if failed and not exit_zero else exit_status.CLEAN


def verdict(traced: Traced) -> str:
    """Return what it comes to, with the denominator."""
    from ..plural import plural

    unread = sum(row.files for row in traced.files if row.state == "no_importer")
    notes = [f"{traced.unknown:,} cannot be judged"] if traced.unknown else []
    notes += [f"{plural(unread, 'file')} without an importer"] if unread else []
    notes += [plural(len(traced.problems), "problem") + " while reading"] if traced.problems else []
    said = f"; {', '.join(notes)}" if notes else ""
    if not traced.items:
        return f"No requirement and no tag in {plural(sum(row.files for row in traced.files), 'file')}{said}."
    why = f", {plural(traced.defects, 'defect')} from {plural(len(traced.causes), 'cause')}" if traced.defects else ""
    return f"{traced.items_ok:,} of {plural(traced.items, 'item')} hold{why}{said}."


def _text(traced: Traced, style: Style) -> str:
    lines = [line for cause in traced.causes[:MOST] for line in _cause(cause, style)]
    if len(traced.causes) > MOST:
        lines.append(f"… and {len(traced.causes) - MOST:,} more; --format json has all")
    for row in traced.files:
        if row.state == "no_importer":
            lines.append(
                f"no importer: {row.files:,} {row.rule} files seem to state requirements, and nothing reads them"
            )
    return "\n".join([*lines, *([""] if lines else []), style.paint("strong", verdict(traced))]) + "\n"


def _cause(cause: Cause, style: Style) -> list[str]:
    from ..escape import visible
    from ..plural import plural

    rest = f" and {len(cause.places) - 1:,} more" if len(cause.places) > 1 else ""
    return [
        f"{style.paint('high', cause.cause)}: {visible(cause.subject)} {visible(cause.message)}",
        f"  at {visible(cause.path)}:{cause.line}:{cause.col}{rest}; affects {plural(cause.affected, 'item')}",
    ]


def _payload(traced: Traced, native: str | None) -> dict[str, Any]:
    return {
        "repository": traced.repository,
        "ok": traced.items > 0 and not traced.defects,
        "verdict": verdict(traced),
        "items": traced.items,
        "items_ok": traced.items_ok,
        "defects": traced.defects,
        "unknown": traced.unknown,
        "by_verdict": traced.by_verdict,
        "by_kind": traced.by_kind,
        "files": [vars(row) for row in traced.files],
        "problems": [vars(problem) for problem in traced.problems],
    } | ({"as": native, "native": list(traced.native)} if native else {})
