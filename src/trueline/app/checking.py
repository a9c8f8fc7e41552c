"""Check: run every check on what has been collected, and, with `record`, remember since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from trueline.findings.reconcile import last_of_each, reconcile, under_names_of_today
from trueline.model.finding import OBSERVATIONS, Finding, Observation
from trueline.model.rule import CheckResult
from trueline.model.run import Moment
from trueline.tables.engine import Database
from trueline.tables.json_lines import text_literal
from trueline.tables.lake import Collection

from .definitions import Definitions
from .evaluating import Evaluation, evaluate
from .names import write_names
from .snapshots import take_snapshot
from .workspace import Workspace

SOURCE = "check"


@dataclass(frozen=True)
class Checked:
    """What a run of all checks said."""

    moment: Moment
    evaluation: Evaluation
    blocking: tuple[Finding, ...]
    """Findings of rules whose mode is block."""
    undecided: tuple[CheckResult, ...]
    """Checks whose mode is block and that could not be decided."""
    observations: tuple[Observation, ...] = ()
    """What was recorded."""


def check(
    workspace: Workspace,
    definitions: Definitions,
    *,
    as_of_at: datetime | None = None,
    known_at: datetime | None = None,
    record: bool = False,
) -> Checked:
    """Run all checks; with `record` append what changed since the last recorded run to the lake."""
    taken = take_snapshot(workspace, definitions, as_of_at=as_of_at, known_at=known_at)
    try:
        evaluation = evaluate(taken, definitions, workspace)
        write_names(workspace.cache, definitions, evaluation.findings)
        moment = taken.moment
    finally:
        taken.close()
    recorded = _record(workspace, evaluation, moment) if record else ()
    modes = definitions.modes(workspace.settings)
    blocks = {rule for rule, mode in modes.items() if mode == "block"}
    return Checked(
        moment,
        evaluation,
        tuple(finding for finding in evaluation.findings if finding.rule in blocks),
        tuple(result for result in evaluation.checks if result.rule.id in blocks and result.result == "unknown"),
        recorded,
    )


def _record(workspace: Workspace, evaluation: Evaluation, moment: Moment) -> tuple[Observation, ...]:
    """Append observations under the writer's lock, against the history as it stands there."""
    with workspace.lake.collection(SOURCE) as collection:
        history = last_of_each(under_names_of_today(_history(workspace, collection), workspace.renamed))
        new = tuple(reconcile(evaluation.checks, evaluation.findings, history, moment.as_of))
        rows = [(o.event, o.finding_id, o.rule, o.repository, o.subject, o.observed_on, workspace.now) for o in new]
        collection.emit(OBSERVATIONS, rows)
        if rows or collection.previous is None:
            collection.publish(collected_at=workspace.now, cursor={}, tables=[OBSERVATIONS])
    return new


def _history(workspace: Workspace, collection: Collection) -> list[Observation]:
    files = [
        file for file in (collection.previous.live if collection.previous else ()) if file.table == OBSERVATIONS.name
    ]
    if not files:
        return []
    listed = ", ".join(text_literal(str(workspace.lake.root / file.path)) for file in files)
    database = Database.building()
    try:
        rows = database.rows(
            "select event, finding_id, rule, repository, subject, observed_on "
            f"from read_parquet([{listed}], union_by_name=true) order by batch_seq, observed_at, finding_id"
        )
    finally:
        database.close()
    return [Observation(*row) for row in rows]
