"""Build, or find again, the snapshot of a workspace at a moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from trueline.model.errors import BadInput, LakeRefused
from trueline.model.run import Moment
from trueline.model.table import Privacy
from trueline.rules.lint import lint
from trueline.rules.run import Ask, Bench
from trueline.sources.versions.parser import VERSIONS
from trueline.tables.catalog import evidence
from trueline.tables.snapshot import Ingredients, Snapshot, snapshot_in, snapshot_key
from trueline.tables.worker import SealedWorker

from .definitions import EVIDENCE_TABLES, Definitions
from .judged import judged_rows
from .looking import Looked, TreeReading, look
from .versions import versions
from .workspace import Workspace, git_source


@dataclass(frozen=True)
class Taken:
    """A snapshot with what it was made of."""

    snapshot: Snapshot
    moment: Moment
    looked: tuple[Looked, ...]
    reading: TreeReading
    worker: SealedWorker

    def ask_killable(self) -> Ask:
        """Return a way to ask in a process that can be killed: for SQL that others wrote."""

        def ask(sql: str, *, seconds: float, at_most: int | None = None) -> tuple[list[str], list[tuple[Any, ...]]]:
            return self.worker.table(self.snapshot.path, sql, seconds=seconds, at_most=at_most)

        return ask

    def ask_here(self) -> Ask:
        """Return a way to ask in this process: for SQL that comes with Trueline."""

        def ask(sql: str, *, seconds: float, at_most: int | None = None) -> tuple[list[str], list[tuple[Any, ...]]]:
            return self.snapshot.database.table(sql, seconds=seconds, at_most=at_most)

        return ask

    def bench(self, settings: Mapping[str, Mapping[str, Any]], *, trusted: bool) -> Bench:
        """Return what rules run on."""
        ask = self.ask_here() if trusted else self.ask_killable()
        return Bench(ask, self.snapshot.statuses, self.snapshot.basis, settings)

    def close(self) -> None:
        self.worker.close()
        self.snapshot.close()


def take_snapshot(
    workspace: Workspace,
    definitions: Definitions,
    *,
    as_of_at: datetime | None = None,
    known_at: datetime | None = None,
    clearance: Privacy = "internal",
) -> Taken:
    """Return the snapshot of the world at `as_of_at` as known at `known_at`; both default to now."""
    collected = workspace.lake.manifests(known_at)
    histories = {git_source(target, collected) for target in workspace.targets}
    manifests = {
        source: manifest
        for source, manifest in collected.items()
        if not source.startswith("git/") or source in histories
    }
    latest = max((manifest.collected_at for manifest in manifests.values()), default=workspace.now)
    known = known_at or max(latest, workspace.now.replace(hour=0, minute=0, second=0, microsecond=0))
    moment = Moment(as_of_at, known) if as_of_at else Moment.end_of(workspace.now.astimezone(UTC).date(), known)
    here = Moment(workspace.now, workspace.now)
    looked = [look(target, moment, here) for target in workspace.targets]
    reading = TreeReading(looked, workspace, definitions)
    sources = evidence(EVIDENCE_TABLES, manifests, known)
    # Today's head is the one that was collected: a newer commit is not in the evidence yet.
    is_past = moment.as_of_at < here.known_at
    heads = {one.target.name: one.head for one in looked if is_past and one.target.git is not None}
    judged, judged_until = judged_rows(workspace, looked)
    key = snapshot_key(
        moment,
        sources,
        definitions.parts,
        clearance,
        [
            *reading.ids,
            repr(sorted(heads.items())),
            repr(sorted(workspace.renamed.items())),
            f"versions v{VERSIONS.version}",
            judged_until,
        ],
    )

    def ingredients() -> Ingredients:
        return Ingredients(
            moment=moment,
            lake=workspace.lake.root,
            sources=sources,
            trees=(*reading.rows(), *judged),
            parsed=(*reading.parsed(), versions(reading, sources, workspace, definitions)),
            parts=definitions.parts,
            heads=heads,
            renamed=workspace.renamed,
            clearance=clearance,
        )

    try:
        snapshot = snapshot_in(workspace.cache / "snapshots", key, ingredients, workspace.report)
    except LakeRefused as error:
        raise _wrong_views(error, definitions) or error from None
    return Taken(snapshot, moment, tuple(looked), reading, SealedWorker())


def _wrong_views(error: LakeRefused, definitions: Definitions) -> BadInput | None:
    """Return the places in views that the planner refuses; None where it was something else."""
    if not any(said in error.message for said in ("Binder Error", "Catalog Error")):
        return None
    paths = {view.path for practice in definitions.practices for view in practice.views}
    problems = [problem for problem in lint(definitions.practices, definitions.tables, ()) if problem.path in paths]
    return BadInput(problems) if problems else None
