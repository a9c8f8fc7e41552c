"""Build, or find again, the snapshot of a workspace at a moment."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from trueline.model.errors import BadInput, LakeRefused
from trueline.model.run import Moment
from trueline.model.table import Privacy
from trueline.rules.explain import tables_of
from trueline.rules.lint import lint
from trueline.rules.run import Ask, Bench
from trueline.settings.settings import Settings
from trueline.sources.parsers import CODE_PARSERS
from trueline.sources.versions.parser import VERSIONS
from trueline.tables.catalog import evidence
from trueline.tables.parts import deep_reads
from trueline.tables.snapshot import Ingredients, Snapshot, has_snapshot, snapshot_in, snapshot_key
from trueline.tables.worker import SealedWorker

from .branched import branched
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
    asked: Collection[str] | None = None,
) -> Taken:
    """Return the snapshot of the world at `as_of_at` as known at `known_at`; both default to now.

    `asked` are the tables that will be read, None for those of every rule that is not switched off: code is parsed
    only for those who need it.
    """
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
    sources = evidence(EVIDENCE_TABLES, manifests, known)
    # Today's head is the one that was collected: a newer commit is not in the evidence yet.
    is_past = moment.as_of_at < here.known_at
    heads = {one.target.name: one.head for one in looked if is_past and one.target.git is not None}
    judged, judged_until = judged_rows(workspace, looked)
    folder = workspace.cache / "snapshots"

    def key_of(reading: TreeReading) -> str:
        others = [
            *reading.ids,
            repr(sorted(heads.items())),
            repr(sorted(workspace.renamed.items())),
            f"versions v{VERSIONS.version}",
            judged_until,
        ]
        return snapshot_key(moment, sources, definitions.parts, clearance, others)

    reading = TreeReading(looked, workspace, definitions, reads_code=True)
    key = key_of(reading)
    if not has_snapshot(folder, key) and not reads_code(definitions, workspace.settings, asked):
        reading = TreeReading(looked, workspace, definitions)
        key = key_of(reading)

    def ingredients() -> Ingredients:
        files, items = branched(looked, sources, workspace)
        return Ingredients(
            moment=moment,
            lake=workspace.lake.root,
            sources=sources,
            trees=(*reading.rows(), *judged, files),
            parsed=(*reading.parsed(), versions(reading, sources, workspace, definitions), items),
            parts=definitions.parts,
            heads=heads,
            renamed=workspace.renamed,
            clearance=clearance,
        )

    try:
        snapshot = snapshot_in(folder, key, ingredients, workspace.report)
    except LakeRefused as error:
        raise _wrong_views(error, definitions) or error from None
    return Taken(snapshot, moment, tuple(looked), reading, SealedWorker())


def reads_code(definitions: Definitions, settings: Settings, asked: Collection[str] | None) -> bool:
    """Return True where one of the tables asked for, or one behind it, is filled by parsing code."""
    if asked is None:
        modes = definitions.modes(settings)
        on = [rule for rule in definitions.rules if modes.get(rule.id) != "off"]
        asked = tables_of(*on, *definitions.things)
    slow = {table.name for parser in CODE_PARSERS for table in parser.tables}
    return not slow.isdisjoint(deep_reads(asked, definitions.parts))


def _wrong_views(error: LakeRefused, definitions: Definitions) -> BadInput | None:
    """Return the places in views that the planner refuses; None where it was something else."""
    if not any(said in error.message for said in ("Binder Error", "Catalog Error")):
        return None
    paths = {view.path for practice in definitions.practices for view in practice.views}
    problems = [problem for problem in lint(definitions.practices, definitions.tables, ()) if problem.path in paths]
    return BadInput(problems) if problems else None
