"""The snapshot: one read-only database per evidence, trees, dates and clearance.

It is built in memory, written aside without what its clearance withholds, and renamed into place,
so a half-built one never exists under the name that readers open; the name is a digest of
everything that went in, so the same question asked again opens the same file.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from trueline.model.errors import LakeRefused, TruelineError
from trueline.model.finding import OBSERVATIONS
from trueline.model.run import RUN, Moment
from trueline.model.table import Privacy, Row, Status, Table

from .catalog import CATALOG, Source, weakest
from .engine import Database, ddl
from .json_lines import quoted, text_literal
from .lake import sync
from .parsed_rows import ParsedRows, load_parsed
from .parts import Part, deep_reads, derive

CLEARANCES: tuple[Privacy, ...] = ("public", "internal", "people")
SNAPSHOT_VERSION = "1"
RUN_TABLES = frozenset({"run", "catalog"})
KEPT = 5
"""Snapshots of one repository; the least recently used go first."""
ABANDONED_SECONDS = 86_400
"""What is still being built after that, nobody builds any more."""


@dataclass(frozen=True)
class TreeRows:
    """The rows of one tree or record table, already read."""

    table: Table
    rows: Iterable[Row]
    status: Status


@dataclass(frozen=True)
class Ingredients:
    """Everything that a snapshot is made of."""

    moment: Moment
    lake: Path
    sources: tuple[Source, ...]
    trees: tuple[TreeRows, ...] = ()
    parsed: tuple[ParsedRows, ...] = ()
    parts: tuple[Part, ...] = ()
    """In order."""
    heads: Mapping[str, str | None] = field(default_factory=dict)
    """The head commit of each repository as of the moment."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """The name of a repository today, by the former name that earlier evidence has."""
    clearance: Privacy = "internal"


def snapshot_key(
    moment: Moment, sources: Sequence[Source], parts: Sequence[Part], clearance: Privacy, others: Sequence[str]
) -> str:
    """Return the digest of all that goes into a snapshot; `others` identify trees, heads and parsers."""
    content = {
        "version": SNAPSHOT_VERSION,
        "moment": [moment.as_of_at.isoformat(), moment.known_at.isoformat()],
        "files": sorted(f"{s.table!r} {f.digest} {f.batch_seq}" for s in sources for f in s.files),
        "statuses": sorted(f"{s.status}" for s in sources),
        "parts": [f"{p.name} {p.version} {p.writes!r}" for p in parts],
        "clearance": clearance,
        "others": list(others),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]


class Snapshot:
    """A finished snapshot, opened sealed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.database = Database.sealed(path)
        rows = self.database.rows("select table_name, state, reason, row_count, basis from catalog")
        self.statuses = {name: Status(name, state, reason or "", count) for name, state, reason, count, _ in rows}
        self.basis: dict[str, str] = {row[0]: row[4] for row in rows}

    @property
    def tables(self) -> frozenset[str]:
        return frozenset(self.statuses) | RUN_TABLES

    def close(self) -> None:
        self.database.close()


def snapshot_in(
    folder: Path, key: str, ingredients: Callable[[], Ingredients], report: Callable[[str], None]
) -> Snapshot:
    """Return the snapshot of that key; only where the folder has none that opens are its ingredients asked for.

    Several may build the same one at once: each builds its own, and the last in place stays.
    """
    path = folder / f"{key}.duckdb"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (found := _opened(path, report)) is not None:
            return found
        _sweep(folder)
        with tempfile.TemporaryDirectory(prefix="building-", dir=folder) as aside:
            built = Path(aside) / path.name
            _build(built, ingredients())
            built.replace(path)
    except OSError as error:
        raise LakeRefused(f"{folder} cannot be written: {error.strerror}") from error
    return Snapshot(path)


def has_snapshot(folder: Path, key: str) -> bool:
    """Return True where the folder has the snapshot of that key."""
    return (folder / f"{key}.duckdb").exists()


def _opened(path: Path, report: Callable[[str], None]) -> Snapshot | None:
    """Return the snapshot of that file; None where there is none, or none that can be read."""
    if not path.exists():
        return None
    try:
        snapshot = Snapshot(path)
    except TruelineError:
        report(f"{path} is damaged and is built again")
        path.unlink(missing_ok=True)
        return None
    os.utime(path)
    return snapshot


def _sweep(folder: Path) -> None:
    """Make room for one more: remove the least recently used, and what a killed process left."""
    used: list[tuple[float, Path]] = []
    for entry in os.scandir(folder):
        with contextlib.suppress(FileNotFoundError):  # others sweep too
            if entry.name.endswith(".duckdb"):
                used.append((entry.stat().st_mtime, Path(entry.path)))
            elif entry.stat().st_mtime < time.time() - ABANDONED_SECONDS:
                shutil.rmtree(entry.path, ignore_errors=True)
    for _, path in sorted(used, reverse=True)[KEPT - 1 :]:
        path.unlink(missing_ok=True)


def _build(path: Path, ingredients: Ingredients) -> None:
    database = Database.building(spill=path.with_suffix(".spill"))
    try:
        moment = ingredients.moment
        database.load(RUN, [(moment.as_of, moment.as_of_at, moment.known_at)])
        statuses = [_load_evidence(database, ingredients, source) for source in ingredients.sources]
        statuses += [_load_tree(database, tree) for tree in ingredients.trees]
        for parsed in ingredients.parsed:
            statuses += load_parsed(database, parsed)
        derive(database, ingredients.parts)
        statuses += _derived_statuses(ingredients.parts, {status.table: status for status in statuses})
        _load_catalog(database, ingredients, statuses)
        _write(database, ingredients, path)
    finally:
        database.close()


def _load_evidence(database: Database, ingredients: Ingredients, source: Source) -> Status:
    """Load the batches that count; of rows with one key, the newest batch's."""
    table = source.table
    database.execute(ddl(table))
    if not source.files:
        return source.status
    files = ", ".join(text_literal(str(ingredients.lake / file.path)) for file in source.files)
    columns = ", ".join(quoted(name) for name in table.column_names)
    where = ["not deleted"]
    if table.event:
        # An event after the day it was collected is impossible, not yet to come: rules must see it.
        at = f"timestamptz {text_literal(ingredients.moment.as_of_at.isoformat())}"
        known = f"timestamptz {text_literal(ingredients.moment.known_at.isoformat())}"
        where.append(
            f"({quoted(table.event)} is null or {quoted(table.event)} <= {at} or {quoted(table.event)} > {known})"
        )
    newest = ""
    if len(source.files) > 1:
        key = ", ".join(quoted(name) for name in table.key)
        newest = f" qualify row_number() over (partition by {key} order by batch_seq desc nulls last) = 1"
    # Batches of an older schema lack columns that came since: those are null, not an error.
    batches = (
        f"(select *{_renaming(ingredients.renamed, table)} from read_parquet([{files}], union_by_name=true)"
        f" union all by name select * from {quoted(table.name)} where false)"
    )
    database.execute(
        f"insert into {quoted(table.name)} select {columns} from {batches} where {' and '.join(where)}{newest}"
    )
    if table.name == "repositories":
        for repository, head in ingredients.heads.items():
            value = "null" if head is None else text_literal(head)
            database.execute(
                f"update repositories set head_commit_id = {value} where repository = {text_literal(repository)}"
            )
    return source.status


def _renaming(renamed: Mapping[str, str], table: Table) -> str:
    """Return what gives rows of a former name the name of today; observations keep the name that their id is made of."""
    if not renamed or "repository" not in table.column_names or table.name == OBSERVATIONS.name:
        return ""
    whens = "".join(f" when {text_literal(old)} then {text_literal(new)}" for old, new in sorted(renamed.items()))
    return f" replace (case repository{whens} else repository end as repository)"


def _load_tree(database: Database, tree: TreeRows) -> Status:
    database.load(tree.table, tree.rows)
    return tree.status


def _derived_statuses(parts: Sequence[Part], known: Mapping[str, Status]) -> list[Status]:
    """Give each derived table the weakest status of the tables behind it."""
    derived = []
    for part in parts:
        behind = weakest(known[name] for name in sorted(deep_reads(part.reads, parts) & known.keys()))
        for table in part.writes:
            if behind is None or behind.state == "complete":
                derived.append(Status(table.name, "complete"))
            else:
                derived.append(Status(table.name, behind.state, f"{behind.table}: {behind.reason}".removesuffix(": ")))
    return derived


def _load_catalog(database: Database, ingredients: Ingredients, statuses: Sequence[Status]) -> None:
    tables = {source.table.name: source.table for source in ingredients.sources}
    tables |= {tree.table.name: tree.table for tree in ingredients.trees}
    tables |= {table.name: table for parsed in ingredients.parsed for table in parsed.tables}
    tables |= {table.name: table for part in ingredients.parts for table in part.writes}
    basis = {name: table.basis for name, table in tables.items()}
    for part in ingredients.parts:
        behind = {basis[name] for name in deep_reads(part.reads, ingredients.parts) if name in basis}
        basis |= {table.name: "declared" if behind == {"declared"} else "observed" for table in part.writes}
    rows = []
    for status in statuses:
        count = database.rows(f"select count(*) from {quoted(status.table)}")[0][0]
        table = tables[status.table]
        rows.append((table.name, table.origin, basis[table.name], status.state, status.reason or None, count))
    database.load(CATALOG, sorted(rows))


def _write(database: Database, ingredients: Ingredients, path: Path) -> None:
    """Write every table without the columns above the clearance, now that the aggregates are made.

    Into a file of its own: what is dropped from a database stays readable in the bytes of its file.
    """
    allowed = CLEARANCES[: CLEARANCES.index(ingredients.clearance) + 1]
    tables = [RUN, CATALOG, *(s.table for s in ingredients.sources), *(t.table for t in ingredients.trees)]
    tables += [*(t for p in ingredients.parsed for t in p.tables), *(t for p in ingredients.parts for t in p.writes)]
    database.execute(f"attach {text_literal(str(path))} as finished")
    for table in tables:
        shown = ", ".join(quoted(column.name) for column in table.columns if column.privacy in allowed)
        database.execute(f"create table finished.{quoted(table.name)} as select {shown} from {quoted(table.name)}")
    database.execute("checkpoint finished; detach finished")
    sync(path)
