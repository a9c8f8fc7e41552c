"""Bring reports of tests and coverage into the lake, about the commit that was tested."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from trueline.model.errors import UsageError
from trueline.settings.suggestion import did_you_mean, shown
from trueline.sources.collectors.test_reports import Report, ReportCollector

from .collecting import CollectedSource, collect_from
from .workspace import Target, Workspace

CI_COMMIT_VARIABLES = ("GITHUB_SHA", "CI_COMMIT_SHA", "BUILD_SOURCEVERSION", "CIRCLE_SHA1", "GIT_COMMIT")
"""Where services say which commit they built, the first that is set counts."""

_OBJECT_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


def collect_reports(
    workspace: Workspace,
    reports: Sequence[Report],
    *,
    repository: str | None = None,
    commit: str | None = None,
    environ: Mapping[str, str],
) -> CollectedSource:
    """Collect some reports about one commit: the one named, else CI's, else what is checked out.

    Raises UsageError or BadInput, and then publishes nothing.
    """
    target = _target(workspace, repository)
    commit_id = _commit(target, commit or next((environ[n] for n in CI_COMMIT_VARIABLES if environ.get(n)), None))
    return collect_from(ReportCollector(target.name, commit_id, reports, workspace.now), workspace.lake, workspace.now)


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
        raise UsageError(f"{target.name} is no git repository", fix="Say which commit was tested with --commit")
    wanted = f"{named or 'HEAD'}^{{commit}}"
    printed = target.git.git.output("rev-parse", "--verify", "--quiet", "--end-of-options", wanted, accept=(0, 1))
    commit_id = printed.decode("ascii", "replace").strip()
    if not commit_id:
        what = f"no commit {shown(named)}" if named else "no commit yet"
        raise UsageError(f"{target.name} has {what}", fix="Say which commit was tested with --commit")
    return commit_id
