"""Tree rules: checks whose tables are all a function of a tree, run at both ends of a change.

What a rule reads is taken from its SQL. References of documents are among them: what they need of history
is only which paths are gone, and that the other end of the change tells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trueline.findings.identify import PathOwner, findings_of
from trueline.model.errors import QueryRefused
from trueline.model.finding import Finding
from trueline.model.rule import Check, CheckResult
from trueline.model.run import Moment
from trueline.model.table import Row, Status, Table
from trueline.rules.run import OWN_TABLES, Ask, Bench, run_check
from trueline.sources.parsers import CODE_PARSERS, PARSERS
from trueline.tables.json_lines import text_literal
from trueline.tables.parts import Part, deep_reads
from trueline.tables.snapshot import Ingredients, Snapshot, TreeRows, snapshot_in, snapshot_key
from trueline.tables.statement import parse
from trueline.tables.worker import SealedWorker

from .definitions import Definitions
from .looking import Looked, TreeReading
from .parsing import parsed_rows
from .sides import Side
from .touched_tables import KINDS, TouchedTables
from .trusted import Trusted

OWNERS = "path_owners"
ONLY_GONE = {"document_references": frozenset({"commits", "file_changes"})}
"""Derived table -> the evidence of which it needs no more than which paths are gone."""

OF_CONTENTS = ("blob_id", "size_bytes", "is_executable")
"""Columns of `files` that change with a content."""
OWN_ANALYSES = "trueline.analyses."


@dataclass(frozen=True)
class TreeJudged:
    """What the tree rules say of one tree."""

    results: tuple[CheckResult, ...]
    findings: tuple[Finding, ...]
    owners: Mapping[str, PathOwner]
    """By path, of the touched ones and those with findings; a path without owner is left out."""


def tree_checks(definitions: Definitions, checks: Iterable[Check]) -> tuple[Check, ...]:
    """Return the checks whose answer is a function of a tree alone."""
    return tuple(check for check in checks if _is_tree_rule(check, definitions))


def could_differ(check: Check, definitions: Definitions, touched: TouchedTables) -> bool:
    """Return False where all that a rule reads is the same at both ends of a change: then so is what it says."""
    reads = _reads(check)
    behind = _needed(reads, definitions.parts)
    texts = [text for text in (check.sql, check.examines, check.applies, *(part.sql for part in behind)) if text]
    is_foreign = any(part.build and not part.build.__module__.startswith(OWN_ANALYSES) for part in behind)
    looks = is_foreign or any(name in text for text in texts for name in OF_CONTENTS)
    parts = [part for part in definitions.parts if KINDS not in {table.name for table in part.writes}]
    return touched.any_of(deep_reads(reads, parts) - OWN_TABLES, looks_at_contents=looks)


def judge_tree(
    trusted: Trusted,
    side: Side,
    checks: Sequence[Check],
    moment: Moment,
    *,
    gone: Iterable[str] = (),
    touched: Iterable[str] = (),
) -> TreeJudged:
    """Run tree rules on one end of a change. `gone` are the paths that only its other end has."""
    looked = Looked(trusted.target, side.tree, side.commit_id, side.commit_id is not None)
    reading = TreeReading([looked], trusted.workspace, trusted.definitions)
    snapshot = _snapshot(trusted, reading, checks, moment, sorted(gone))
    worker = SealedWorker()
    try:
        benches = {is_own: _bench(snapshot, worker, trusted, is_own=is_own) for is_own in (True, False)}
        results = tuple(run_check(check, benches[check.practice in trusted.definitions.built_in]) for check in checks)
        paths = {v.path for result in results for v in result.violations if v.path} | set(touched)
        owners = _owners(snapshot, paths)
    finally:
        worker.close()
        snapshot.close()
    name = trusted.target.name
    findings = [f for result in results for f in findings_of(result, name, lambda _, path: owners.get(path))]
    return TreeJudged(results, tuple(findings), owners)


def _is_tree_rule(check: Check, definitions: Definitions) -> bool:
    try:
        reads = _reads(check)
    except QueryRefused:
        return False
    base: set[str] = set()
    for table in reads:
        base |= deep_reads([table], definitions.parts) - ONLY_GONE.get(table, frozenset())
    tables = definitions.tables
    if any(table.name in base for parser in CODE_PARSERS for table in parser.tables):
        return False  # what the change enforces is compared anyway, and to parse every test of the tree is slow
    return all(name in tables and tables[name].origin in ("tree", "record") for name in base - OWN_TABLES)


def _reads(check: Check) -> frozenset[str]:
    texts = [text for text in (check.sql, check.examines, check.applies) if text]
    return frozenset().union(*(parse(text).reads for text in texts)) - OWN_TABLES


def _snapshot(
    trusted: Trusted, reading: TreeReading, checks: Sequence[Check], moment: Moment, gone: Sequence[str]
) -> Snapshot:
    definitions = trusted.definitions
    wanted = {OWNERS}.union(*(_reads(check) for check in checks))
    parts = _needed(wanted, definitions.parts)
    base = deep_reads(wanted, parts)
    is_using_gone = bool(base & frozenset().union(*ONLY_GONE.values()))
    digest = hashlib.sha256("\n".join(gone).encode("utf-8", "surrogatepass")).hexdigest() if is_using_gone else ""
    key = snapshot_key(moment, (), parts, "internal", [*reading.ids, "gate", digest])

    def ingredients() -> Ingredients:
        own = tuple(rows for rows in reading.rows() if rows.table.name in base)
        evidence = tuple(_gone_rows(trusted, base, gone, moment)) if is_using_gone else ()
        trees = [(one.target.name, one.tree) for one in reading.looked]
        parsers = (parser for parser in PARSERS if any(table.name in base for table in parser.tables))
        return Ingredients(
            moment=moment,
            lake=trusted.workspace.lake.root,
            sources=(),
            trees=(*own, *evidence),
            parsed=tuple(parsed_rows(parser, trees, trusted.workspace) for parser in parsers),
            parts=parts,
        )

    workspace = trusted.workspace
    return snapshot_in(workspace.cache / "gate" / "snapshots", key, ingredients, workspace.report)


def _needed(tables: Iterable[str], parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts that make these tables, in their order."""
    makers = {table.name: part for part in parts for table in part.writes}
    waiting, needed = list(tables), set[str]()
    while waiting:
        part = makers.get(waiting.pop())
        if part is not None and part.name not in needed:
            needed.add(part.name)
            waiting.extend(part.reads)
    return tuple(part for part in parts if part.name in needed)


def _gone_rows(trusted: Trusted, base: frozenset[str], gone: Sequence[str], moment: Moment) -> Iterator[TreeRows]:
    """Yield the tables of history with no more in them than the paths that are gone."""
    tables = trusted.definitions.tables
    for name in sorted(base & frozenset().union(*ONLY_GONE.values())):
        rows = [_gone_row(tables[name], trusted.target.name, path, moment) for path in gone]
        yield TreeRows(tables[name], rows if name == "file_changes" else [], Status(name, "complete"))


def _gone_row(table: Table, repository: str, path: str, moment: Moment) -> Row:
    known = {
        "repository": repository,
        "path": path,
        "status": "D",
        "commit_id": "0" * 40,
        "committed_at": moment.known_at,
    }
    return tuple(known.get(column) for column in table.column_names)


def _bench(snapshot: Snapshot, worker: SealedWorker, trusted: Trusted, *, is_own: bool) -> Bench:
    def ask_here(sql: str, *, seconds: float, at_most: int | None = None) -> tuple[list[str], list[tuple[Any, ...]]]:
        return snapshot.database.table(sql, seconds=seconds, at_most=at_most)

    def ask_killable(
        sql: str, *, seconds: float, at_most: int | None = None
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        return worker.table(snapshot.path, sql, seconds=seconds, at_most=at_most)

    ask: Ask = ask_here if is_own else ask_killable
    return Bench(ask, snapshot.statuses, snapshot.basis, trusted.rule_settings)


def _owners(snapshot: Snapshot, paths: Iterable[str]) -> dict[str, PathOwner]:
    listed = ", ".join(text_literal(path) for path in sorted(paths))
    if not listed or OWNERS not in snapshot.tables:
        return {}
    rows = snapshot.database.rows(
        f"select path, owners, codeowners_path, line from {OWNERS} where len(owners) > 0 and path in ({listed})"
    )
    return {path: PathOwner(names, f"{file}:{line}") for path, names, file, line in rows}
