"""`trueline collect`: bring evidence into the lake."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import exit_status
from ..options import Given, Output, output, surroundings

if TYPE_CHECKING:
    from trueline.app.collecting import CollectedSource
    from trueline.app.reports import Reports
    from trueline.app.workspace import Workspace
    from trueline.sources.collectors.scanner_reports import ReportFile

COLUMNS = ("source", "table", "new_rows", "notes")


class Columns(click.ParamType[Mapping[str, str]]):
    """`a=b,c=d`: columns of the table and what the file calls them."""

    name = "a=b,..."

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Mapping[str, str]:
        if not isinstance(value, str):
            return dict(value)
        pairs = [part.partition("=") for part in value.split(",") if part.strip()]
        for name, equals, other in pairs:
            if not (name.strip() and equals and other.strip()):
                self.fail(f"{name + equals + other!r} is no pair such as deployed_at=finished", param, ctx)
        return {name.strip(): other.strip() for name, _, other in pairs}


@click.command(
    "collect",
    epilog="Examples: `trueline collect`; `trueline collect --tests build/junit.xml --coverage build/coverage.xml`; `trueline collect --feed deployments deploys.csv`; `trueline collect --feed "
    "incidents pager.jsonl --name pager --columns opened_at=created,title=summary --ignore url`. A feed's file "
    "holds everything that the feed knows: it replaces what the feed brought before. Lines that were counted once are "
    "kept up by every later `trueline collect`, unless it says --no-lines.",
)
@click.option(
    "--feed",
    "feeds",
    nargs=2,
    multiple=True,
    type=(str, click.Path(path_type=Path)),
    metavar="TABLE FILE",
    help="Collect only this file of rows for that table.",
)
@click.option("--name", help="Name of the feed; its settings are [feeds.NAME] in trueline.toml.")
@click.option(
    "--columns", multiple=True, type=Columns(), help="Column of the table = column of the file, where they differ."
)
@click.option("--ignore", multiple=True, metavar="COLUMN", help="Leave this column of the file out.")
@click.option("--zone", help="Time zone of times that carry none, such as Europe/Lisbon.")
@click.option(
    "--as", "as_", type=click.Choice(("csv", "jsonl", "parquet")), help="Format of the file. Default: by its suffix."
)
@click.option(
    "--tests",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Collect only reports: results of tests as JUnit XML.",
)
@click.option(
    "--coverage",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Collect only reports: coverage as Cobertura XML, lcov or coverage.py's JSON.",
)
@click.option(
    "--sarif",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Collect only reports: results of scanners and linters as SARIF 2.1.0.",
)
@click.option(
    "--scorecard",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Collect only reports: OpenSSF Scorecard's JSON.",
)
@click.option("--commit", help="The commit that the reports are about. Default: CI's, else the one checked out.")
@click.option("--repository", help="The repository that the reports are about. Default: the one here.")
@click.option(
    "--lines/--no-lines",
    default=None,
    help="Count the lines of every change too; takes about five times as long. Default: as the last time.",
)
@output()
@surroundings(at=False)
def command(
    feeds: tuple[tuple[str, Path], ...],
    name: str | None,
    columns: tuple[Mapping[str, str], ...],
    ignore: tuple[str, ...],
    zone: str | None,
    as_: Any,
    tests: tuple[Path, ...],
    coverage: tuple[Path, ...],
    sarif: tuple[Path, ...],
    scorecard: tuple[Path, ...],
    commit: str | None,
    repository: str | None,
    lines: bool | None,
    given: Given,
    output: Output,
) -> int:
    """Bring evidence into the lake.

    Collects the git history of every repository and every feed that trueline.toml gives a path. What fails
    is told and publishes nothing; it does not stop the rest.
    """
    from ..opening import workspace_of

    if len(feeds) > 1:
        raise click.UsageError("one --feed at a time; give several a path in trueline.toml")
    if feeds and lines:
        raise click.UsageError("--lines goes with git history, not with --feed")
    if not feeds and (name or columns or ignore or zone or as_):
        raise click.UsageError("--name, --columns, --ignore, --zone and --as go with --feed TABLE FILE")
    has_reports = bool(tests or coverage or sarif or scorecard)
    if has_reports and (feeds or lines):
        raise click.UsageError("reports such as --tests and --sarif go alone, without --feed and --lines")
    if (commit or repository) and not has_reports:
        raise click.UsageError("--commit and --repository go with --tests, --coverage, --sarif and --scorecard")
    workspace = workspace_of(given)
    if has_reports:
        from trueline.app.reports import collect_reports

        reports = _reports(given, tests, coverage, sarif, scorecard)
        done = collect_reports(workspace, reports, repository=repository, commit=commit, environ=os.environ)
        return _deliver(done, output)
    if not feeds:
        return _deliver(_all(given, workspace, lines), output)
    from trueline.app.feeds import HandedIn, collect_feed

    ((table, file),) = feeds
    mapped = {ours: theirs for pairs in columns for ours, theirs in pairs.items()}
    handed_in = HandedIn(table, given.directory / file, str(file), name, mapped, frozenset(ignore), zone, as_)
    return _deliver([collect_feed(workspace, handed_in)], output)


def _all(given: Given, workspace: Workspace, lines: bool | None) -> list[CollectedSource]:
    """Collect whatever the settings name; only what they do name is imported."""
    from trueline.app.collecting import collect_git
    from trueline.app.lines import collect_lines, collects_lines

    from ..opening import workspace_of

    collected: list[CollectedSource] = []
    if any(setting.url for setting in workspace.settings.repositories):
        from trueline.app.mirrors import fetch_mirrors

        collected += fetch_mirrors(workspace)
        workspace = workspace_of(given)  # now with what was fetched for the first time
    _announce_git(workspace)
    collected += collect_git(workspace, [source.source.removeprefix("git/") for source in collected])
    if lines or (lines is None and collects_lines(workspace)):
        collected += collect_lines(workspace)
    if workspace.settings.feeds:
        from trueline.app.feeds import collect_feeds

        collected += collect_feeds(workspace)
    return collected


def _reports(
    given: Given, tests: Iterable[Path], coverage: Iterable[Path], sarif: Iterable[Path], scorecards: Iterable[Path]
) -> Reports:
    from trueline.app.reports import Reports
    from trueline.sources.collectors.scanner_reports import ReportFile
    from trueline.sources.collectors.test_reports import Report

    def files(named: Iterable[Path]) -> list[ReportFile]:
        return [ReportFile(given.directory / file, str(file)) for file in named]

    ran = [Report("tests", given.directory / file, str(file)) for file in tests]
    reached = [Report("coverage", given.directory / file, str(file)) for file in coverage]
    return Reports([*ran, *reached], files(sarif), files(scorecards))


def _announce_git(workspace: Workspace) -> None:
    names = [target.name for target in workspace.targets if target.git is not None]
    if names:
        workspace.report(f"git history of {', '.join(names)}")


def _deliver(collected: list[CollectedSource], output: Output) -> int:
    from ..answering import Answer, deliver
    from ..escape import visible
    from ..failures import as_json, as_text
    from ..scan.wording import plural

    failed = [(source, source.error) for source in collected if source.error is not None]
    problems = [
        problem if problem.path else replace(problem, path=source.source)
        for source, error in failed
        for problem in error.problems
    ]
    for problem in problems:
        print(visible(as_text(problem)), file=sys.stderr)
    new = sum(sum(source.rows.values()) for source in collected)
    verdict = f"{plural(len(collected), 'source')}, {len(failed) or 'none'} failed: {plural(new, 'new row')}."
    payload: dict[str, Any] = {"ok": not failed, "verdict": verdict}
    if failed:
        payload["errors"] = [as_json(problem) for problem in problems]
    rows = [row for source in collected for row in _rows(source)]
    deliver(Answer("collect", COLUMNS, rows, verdict, payload=payload, rows_key="collected"), output)
    if not collected:
        return exit_status.NOTHING_EXAMINED
    return exit_status.first_of(exit_status.CLEAN, *(error.exit_status for _, error in failed))


def _rows(source: CollectedSource) -> Iterable[tuple[object, ...]]:
    """Yield one row per table that got new rows, or one that says that none did."""
    notes = "; ".join(source.notes)
    if source.error is not None:
        count = len(source.error.problems)
        yield (
            source.source,
            None,
            None,
            f"failed with {count} {'problem' if count == 1 else 'problems'}; nothing published",
        )
        return
    tables: list[tuple[str | None, int]] = [*sorted(source.rows.items())] or [(None, 0)]
    for position, (table, rows) in enumerate(tables):
        yield source.source, table, rows, notes if position == 0 else ""
