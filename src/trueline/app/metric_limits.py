"""What limits the view of one metric: copies that lack history or contents, as far as its figures rest on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from trueline.model.evidence_tables import COMMITS, FILE_CHANGES, MERGE_CHANGES
from trueline.model.line_tables import LINE_TABLES
from trueline.model.rule import Metric
from trueline.rules.run import OWN_TABLES
from trueline.tables.parts import deep_reads
from trueline.tables.statement import parse

from .definitions import Definitions
from .snapshots import Taken
from .workspace import Workspace

_RENAMES = frozenset({FILE_CHANGES.name, MERGE_CHANGES.name})
_HISTORY = _RENAMES | {COMMITS.name}
_LINES = frozenset(table.name for table in LINE_TABLES)


class Copy(NamedTuple):
    """How whole one repository's copy is."""

    repository: str
    is_shallow: bool
    lacks_contents: bool


def metric_limits(taken: Taken, definitions: Definitions, workspace: Workspace, metric: Metric) -> tuple[str, ...]:
    """Return what must be said beside a metric's figures, in sentences; none where every copy is whole."""
    reads = deep_reads(parse(metric.sql).reads - OWN_TABLES, definitions.parts)
    rows = taken.snapshot.database.rows(
        "select repository, coalesce(is_shallow, false), coalesce(has_missing_objects, false) "
        "from repositories order by repository"
    )
    collected = workspace.lake.manifests(taken.moment.known_at).values()
    noted = [note for manifest in collected if _LINES & set(manifest.tables) for note in manifest.notes]
    return limits_of(reads, [Copy(*row) for row in rows], noted)


def limits_of(reads: frozenset[str], copies: Iterable[Copy], noted_of_lines: Iterable[str]) -> tuple[str, ...]:
    """Return the limits of what rests on these base tables; `noted_of_lines` is what counting lines had to say."""
    limits = []
    for copy in copies:
        if copy.is_shallow and reads & _HISTORY:
            limits.append(f"{copy.repository} is a shallow clone: history before the cut is not seen")
        if copy.lacks_contents and reads & _RENAMES:
            limits.append(
                f"{copy.repository} lacks contents: there a file may count as renamed only where its content stayed the same"
            )
    return (*limits, *(dict.fromkeys(noted_of_lines) if reads & _LINES else ()))
