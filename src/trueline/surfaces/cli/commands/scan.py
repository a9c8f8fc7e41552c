"""`trueline scan`: the main job, zero configuration."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .. import exit_status
from ..options import Given, Output, output, surroundings

if TYPE_CHECKING:
    from trueline.app.scan_report import ScanReport


@click.command(
    "scan",
    epilog="Examples: `trueline scan`; `trueline scan ../billing`; `trueline scan --format json`; "
    "`trueline scan --as-of 2026-01-31`. Exit status is 0 unless --exit-code is given.",
)
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--exit-code", is_flag=True, help="End with 1 where there are findings, with 3 where nothing was examined."
)
@output("text", "json", "html")
@surroundings()
def command(path: Path | None, exit_code: bool, given: Given, output: Output) -> int:
    """Look at a repository and say what is true of it.

    Collects git history into your cache, judges documents, ownership and delivery, and prints up to
    five things to know, findings, and how each duty of the role stands. Nothing is sent anywhere, the
    repository is not changed, and nobody is named.
    """
    from dataclasses import replace

    from trueline.app.scan import scan

    from ..answering import write_whole
    from ..escape import json_text
    from ..opening import open_given
    from ..scan.payload import scan_payload
    from ..scan.text import render_text

    if path is not None:
        given = replace(given, directory=given.directory / path)
    workspace, definitions = open_given(given, own_lake=True)
    report = scan(workspace, definitions, as_of_at=given.as_of, known_at=given.known_at)
    if output.format == "json":
        content = json_text(scan_payload(report), indent=1) + "\n"
    elif output.format == "html":
        content = _page(report, given)
    else:
        page = workspace.cache / "scan.html"
        write_whole(page, _page(report, given))
        content = render_text(report, output.style, page=str(page))
    if output.file is not None:
        write_whole(output.file, content)
    else:
        click.echo(content, nl=False)
    if not exit_code:
        return exit_status.CLEAN
    return exit_status.first_of(
        exit_status.WRONG if any(result.result == "error" for result in report.checks) else exit_status.CLEAN,
        exit_status.BLOCKED if report.findings else exit_status.CLEAN,
        exit_status.CLEAN if any(result.examined for result in report.checks) else exit_status.NOTHING_EXAMINED,
    )


def _page(report: ScanReport, given: Given) -> str:
    from ..drawing import missing_part
    from ..scan.page import render_page

    if missing := missing_part():
        given.report(f"the page has no drawings: {missing} is not installed")
    return render_page(report)
