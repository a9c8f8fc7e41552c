"""Bring reports of tests, coverage and other tools into the lake, about the commit that they looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from trueline.model.errors import BadInput, Problem, UsageError
from trueline.settings.suggestion import did_you_mean, shown
from trueline.sources.collectors.base import Collector
from trueline.sources.collectors.scanner_reports import Commit, ReportFile, ScannerCollector, ScorecardCollector
from trueline.sources.collectors.test_reports import Report, ReportCollector
from trueline.sources.git.paths import display_path

from .collecting import CollectedSource, collect_from
from .workspace import Target, Workspace

CI_COMMIT_VARIABLES = ("GITHUB_SHA", "CI_COMMIT_SHA", "BUILD_SOURCEVERSION", "CIRCLE_SHA1", "GIT_COMMIT")
"""Where services say which commit they built, the first that is set counts."""

_OBJECT_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True)
class Reports:
    """Files about one commit, by what they are."""

    tests: Sequence[Report] = ()
    """Of tests and coverage."""
    sarif: Sequence[ReportFile] = ()
    scorecards: Sequence[ReportFile] = ()


def collect_reports(
    workspace: Workspace,
    reports: Reports,
    *,
    repository: str | None = None,
    commit: str | None = None,
    environ: Mapping[str, str],
) -> list[CollectedSource]:
    """Collect some reports about one commit: the one named, else CI's, else what is checked out.

    Raises UsageError or BadInput with every wrong file, and then publishes nothing.
    """
    target = _target(workspace, repository)
    commit_id = _commit(target, commit or next((environ[n] for n in CI_COMMIT_VARIABLES if environ.get(n)), None))
    collectors = list(_collectors(target, commit_id, reports, workspace.now))
    if len(collectors) > 1:
        _read_once(collectors)
    return [collect_from(collector, workspace.lake, workspace.now) for collector in collectors]


def _collectors(target: Target, commit_id: str, reports: Reports, now: datetime) -> Iterator[Collector]:
    if reports.tests:
        yield ReportCollector(target.name, commit_id, reports.tests, now)
    if reports.sarif or reports.scorecards:
        about = _about(target, commit_id, now)
        if reports.sarif:
            yield ScannerCollector(about, reports.sarif)
        if reports.scorecards:
            yield ScorecardCollector(about, reports.scorecards)


def _read_once(collectors: Iterable[Collector]) -> None:
    """Read everything and keep nothing, so that a wrong file stops all. Raises BadInput."""
    problems: list[Problem] = []
    for collector in collectors:
        try:
            collector.collect({}, lambda table, rows: None)
        except BadInput as error:
            problems.extend(error.problems)
    if problems:
        raise BadInput(problems)


def _about(target: Target, commit_id: str, now: datetime) -> Commit:
    """Return the commit with its files and date; a commit that is not here has none, and counts as of now."""
    if target.git is None:
        return Commit(target.name, commit_id, now, checkout=str(target.path.resolve()))
    git = target.git.git
    made = git.output("log", "-1", "--format=%ct", "--end-of-options", commit_id, accept=(0, 128)).strip()
    printed = git.output("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit_id) if made else b""
    paths = frozenset(display_path(path) for path in printed.split(b"\0") if path)
    made_at = datetime.fromtimestamp(min(int(made), int(now.timestamp())), UTC) if made else now
    return Commit(target.name, commit_id, made_at, paths, str(target.path.resolve()))


def _target(workspace: Workspace, name: str | None) -> Target:
    targets = {target.name: target for target in workspace.targets}
    if name is None:
        return workspace.targets[0]
    if name not in targets:
        raise UsageError(f"{shown(name)} is no repository here", fix=did_you_mean(name, targets))
    return targets[name]


def _commit(target: Target, named: str | None) -> str:
    if named is not None and _OBJECT_ID.fullmatch(named):
        return named
    if target.git is None:
        raise UsageError(
            f"{target.name} is no git repository", fix="Say which commit the reports are about with --commit"
        )
    wanted = f"{named or 'HEAD'}^{{commit}}"
    printed = target.git.git.output("rev-parse", "--verify", "--quiet", "--end-of-options", wanted, accept=(0, 1))
    commit_id = printed.decode("ascii", "replace").strip()
    if not commit_id:
        what = f"no commit {shown(named)}" if named else "no commit yet"
        raise UsageError(f"{target.name} has {what}", fix="Say which commit the reports are about with --commit")
    return commit_id
