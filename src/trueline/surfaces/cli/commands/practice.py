"""`trueline practice`: list practices, or show one with all that it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ..options import Given, Output, output, surroundings

if TYPE_CHECKING:
    from trueline.app.practice_page import PracticeReport


@click.group("practice")
def command() -> None:
    """List practices, or show one: its duties, checks, metrics and findings."""


@command.command("list", epilog="Example: `trueline practice list --format json`.")
@output()
@surroundings(at=False)
def list_practices(given: Given, output: Output) -> None:
    """List every practice with its purpose and how many rules it has."""
    from ..answering import Answer, deliver
    from ..opening import open_given
    from ..scan.wording import plural

    _, definitions = open_given(given)
    rows = [
        (p.name, p.title, len(p.checks), len(p.metrics), list(p.duties), p.accountable, p.purpose)
        for p in definitions.practices
    ]
    columns = ("practice", "title", "checks", "metrics", "duties", "accountable", "purpose")
    verdict = plural(len(rows), "practice") + "."
    deliver(Answer("practice list", columns, rows, verdict, None, {}, "practices"), output)


@command.command(
    "show",
    epilog="Examples: `trueline practice show people`; `trueline practice show people --format html --output people.html`.",
)
@click.argument("name")
@output("text", "json", "html")
@surroundings()
def show(name: str, given: Given, output: Output) -> None:
    """Show one practice: how its duties stand, what each check and metric says, and its findings.

    It speaks of what was collected last: `trueline scan` or `trueline collect` brings more.
    """
    from trueline.app.practice_page import find_practice, show_practice

    from ..answering import Answer, deliver, write_whole
    from ..opening import open_given
    from ..practice.payload import practice_payload
    from ..practice.text import practice_text

    workspace, definitions = open_given(given)
    practice = find_practice(name, definitions)
    report = show_practice(workspace, definitions, practice, as_of_at=given.as_of, known_at=given.known_at)
    if output.format == "html":
        page = _page(report, given)
        if output.file is None:
            click.echo(page, nl=False)
        else:
            write_whole(output.file, page)
        return
    text = practice_text(report, output.style)
    deliver(Answer("practice show", moment=report.moment, payload=practice_payload(report), text=text), output)


def _page(report: PracticeReport, given: Given) -> str:
    from ..drawing import missing_part
    from ..practice.page import render_practice

    if missing := missing_part():
        given.report(f"the page has no drawings: {missing} is not installed")
    return render_practice(report)
