"""`trueline scan`: the main job, zero configuration."""

from __future__ import annotations

import json
from pathlib import Path

import click

from .. import exit_status
from ..options import Given, Output, output, surroundings


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
    from ..opening import open_given
    from ..scan.page import render_page
    from ..scan.payload import scan_payload
    from ..scan.text import render_text

    if path is not None:
        given = replace(given, directory=given.directory / path)
    workspace, definitions = open_given(given, own_lake=True)
    report = scan(workspace, definitions, as_of_at=given.as_of, known_at=given.known_at)
    if output.format == "json":
        content = json.dumps(scan_payload(report), ensure_ascii=False, indent=1) + "\n"
    elif output.format == "html":
        content = render_page(report)
    else:
        page = workspace.cache / "scan.html"
        write_whole(page, render_page(report))
        content = render_text(report, output.style, page=str(page))
    if output.file is not None:
        write_whole(output.file, content)
    else:
        click.echo(content, nl=False)
    if not exit_code:
        return exit_status.CLEAN
    if not any(result.examined for result in report.checks):
        return exit_status.NOTHING_EXAMINED
    return exit_status.BLOCKED if report.findings else exit_status.CLEAN
